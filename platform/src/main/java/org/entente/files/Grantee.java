package org.entente.files;

import java.util.Objects;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * To whom something is shared.
 *
 * @param id of the capacity, the unit, or the member (also that of a group or of administrators); null for everyone
 * @param group the name of a member's group; null for the others
 */
public record Grantee(
        Kind kind, @Nullable UUID id, @Nullable String group) {

    /** A share is to a capacity, never to a person: it ends with it. */
    public enum Kind {
        CAPACITY('c'),
        /** And the units below it. */
        UNIT('u'),
        /** Its own people only, not those of the units below it. */
        UNIT_ONLY('x'),
        /** Its people, partners apart. */
        MEMBER('m'),
        GROUP('g'),
        /** A member's administrators. */
        ADMINS('a'),
        /** The people of the whole territory, partners apart. */
        EVERYONE('t');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    public Grantee {
        if ((kind == Kind.EVERYONE) != (id == null) || (kind == Kind.GROUP) != (group != null && !group.isBlank())) {
            throw Refusal.invalidField("to", "file.share.to");
        }
    }

    /** As {@code files.share} keeps it. */
    String key() {
        return switch (kind) {
            case EVERYONE -> "t";
            case GROUP -> "g:" + id + ":" + group;
            default -> kind.letter + ":" + id;
        };
    }

    static Grantee of(String key) {
        if (key.equals("t")) {
            return new Grantee(Kind.EVERYONE, null, null);
        }
        UUID id = UUID.fromString(key.substring(2, 38));
        for (Kind kind : Kind.values()) {
            if (kind.letter == key.charAt(0)) {
                return new Grantee(kind, id, kind == Kind.GROUP ? key.substring(39) : null);
            }
        }
        throw new IllegalArgumentException(Objects.requireNonNull(key));
    }
}
