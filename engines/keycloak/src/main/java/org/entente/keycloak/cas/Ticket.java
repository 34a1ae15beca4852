package org.entente.keycloak.cas;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * What a service ticket stands for (CAS protocol 3.0, 3.1): one entry of one person into one application at one address, good once and for
 * {@link #SECONDS}.
 *
 * @param client the id of the client within Keycloak
 * @param capacity in which the person enters; null in clients that are used in none
 * @param fresh whether the person proved who they are for this very ticket
 */
record Ticket(
        String userSession,
        String client,
        String service,
        @Nullable String capacity,
        boolean fresh) {

    /** The browser takes it to the application, which asks at once: none needs longer. */
    static final int SECONDS = 15;

    private static final String KEPT = "entente.cas.";
    private static final String PREFIX = "ST-";
    /** Only letters, digits and hyphens are allowed, and every application takes 32 of them: 172 bits of chance. */
    private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final int LENGTH = 29;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Keeps it, and answers the ticket. */
    String give(KeycloakSession session) {
        StringBuilder text = new StringBuilder(PREFIX);
        RANDOM.ints(LENGTH, 0, SIGNS.length()).forEach(sign -> text.append(SIGNS.charAt(sign)));
        Map<String, String> notes = new HashMap<>();
        notes.put("session", userSession);
        notes.put("client", client);
        notes.put("service", service);
        notes.put("fresh", Boolean.toString(fresh));
        notes.put("until", Integer.toString(Time.currentTime() + SECONDS));
        if (capacity != null) {
            notes.put("capacity", capacity);
        }
        session.singleUseObjects().put(KEPT + text, SECONDS, notes);
        return text.toString();
    }

    /** Takes it away, whatever comes of it: a ticket is asked about once. */
    static Optional<Ticket> take(KeycloakSession session, String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        Map<String, String> notes = session.singleUseObjects().remove(KEPT + text);
        if (notes == null || Time.currentTime() > Integer.parseInt(notes.getOrDefault("until", "0"))) {
            return Optional.empty();
        }
        return Optional.of(new Ticket(
                notes.getOrDefault("session", ""),
                notes.getOrDefault("client", ""),
                notes.getOrDefault("service", ""),
                notes.get("capacity"),
                Boolean.parseBoolean(notes.get("fresh"))));
    }
}
