package org.entente.identity;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an app password opens, and nothing else: mail, files, or one application that checks it by LDAP.
 *
 * @param service the application's id in the catalogue; null where the door is none of a single application
 */
public record Door(Kind kind, @Nullable String service) {

    /** What one speaks at it. */
    public enum Kind {
        MAIL,
        FILES,
        LDAP
    }

    /** Mail, calendars and address books of a device. */
    public static final Door MAIL = new Door(Kind.MAIL, null);

    /** Files, by WebDAV. */
    public static final Door FILES = new Door(Kind.FILES, null);

    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final String BEFORE_LDAP = "ldap:";

    public Door {
        if ((kind == Kind.LDAP) != (service != null)
                || (service != null && !SERVICE.matcher(service).matches())) {
            throw new IllegalArgumentException("No such door: " + kind + " " + service);
        }
    }

    /** The tree of one application: what another application is told opens nothing here. */
    public static Door ldap(String service) {
        return new Door(Kind.LDAP, service);
    }

    /** Of its text; empty when it names none. */
    public static Optional<Door> of(String text) {
        return switch (text) {
            case "mail" -> Optional.of(MAIL);
            case "files" -> Optional.of(FILES);
            default ->
                text.startsWith(BEFORE_LDAP)
                        ? Optional.of(text.substring(BEFORE_LDAP.length()))
                                .filter(service -> SERVICE.matcher(service).matches())
                                .map(Door::ldap)
                        : Optional.empty();
        };
    }

    /** {@code mail}, {@code files}, {@code ldap:SERVICE}. */
    public String text() {
        return switch (kind) {
            case MAIL -> "mail";
            case FILES -> "files";
            case LDAP -> BEFORE_LDAP + Objects.requireNonNull(service);
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
