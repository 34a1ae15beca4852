package org.entente.files;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * A space as one of its visitors sees it.
 *
 * @param name as it is shown: the unit's, the member's, the one it was given; empty for {@link Kind#MINE}, which each door calls in its language
 * @param member whose storage it is in
 * @param role what this visitor may do at its root
 * @param root its topmost folder, the one that holds all others
 * @param used bytes of everything in it, versions and bin too
 * @param quota bytes it may hold; null for no limit
 * @param changeNumber of its last change
 */
public record FileSpace(
        SpaceId id,
        Kind kind,
        String name,
        MemberId member,
        String memberName,
        SpaceRole role,
        NodeId root,
        long used,
        @Nullable Long quota,
        long changeNumber,
        Instant changedAt) {

    /** Whose it is. */
    public enum Kind {
        /** One capacity's own. */
        MINE,
        UNIT,
        MEMBER,
        /** Of several, by name. */
        SHARED,
        /** Somebody's own once, handed over when that capacity ended. */
        HANDED;

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
