package org.entente.files;

import java.time.Instant;
import java.util.Set;
import org.entente.storage.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be written.
 *
 * @param mediaType as its sender says; null: told from its name
 * @param modifiedAt as its sender says; null: now
 * @param checksum what the bytes must add up to; null: not said
 * @param onlyIf which content may be replaced
 * @param byLink by somebody who came with a link, in the name of the one who made it
 */
public record Writing(
        @Nullable String mediaType,
        @Nullable Instant modifiedAt,
        @Nullable Checksum checksum,
        OnlyIf onlyIf,
        boolean byLink) {

    public Writing(
            @Nullable String mediaType, @Nullable Instant modifiedAt, @Nullable Checksum checksum, OnlyIf onlyIf) {
        this(mediaType, modifiedAt, checksum, onlyIf, false);
    }

    /** The same, over whatever is there or only where nothing is. */
    Writing only(boolean overwrite) {
        return new Writing(mediaType, modifiedAt, checksum, overwrite ? OnlyIf.ANYTHING : OnlyIf.ABSENT, byLink);
    }

    public static final Writing PLAIN = new Writing(null, null, null, OnlyIf.ANYTHING);

    /**
     * What must be there now, or nothing is written (RFC 9110, 13.1). Decided in the same transaction as the writing: of two who
     * replace the same content, the second is refused.
     *
     * @param etags one of these must be there; empty for whatever is there
     */
    public record OnlyIf(boolean absent, boolean present, Set<String> etags) {
        public static final OnlyIf ANYTHING = new OnlyIf(false, false, Set.of());
        /** Nothing of that name is there. */
        public static final OnlyIf ABSENT = new OnlyIf(true, false, Set.of());
        /** Something is there. */
        public static final OnlyIf PRESENT = new OnlyIf(false, true, Set.of());

        public OnlyIf {
            etags = Set.copyOf(etags);
        }

        public static OnlyIf etag(String... etags) {
            return new OnlyIf(false, true, Set.of(etags));
        }

        boolean allows(@Nullable FileNode there) {
            return there == null ? !present : !absent && (etags.isEmpty() || etags.contains(there.etag()));
        }
    }
}
