package org.entente.office;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.entente.files.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * That a file is written in by several together, from when it was first opened so until all of it is saved and everybody has left.
 *
 * @param base SHA-256 of the content of the file that it stems from, or was last saved as
 * @param seq of its last entry
 * @param seeded whether the file as it was is in it
 * @param savedSeq the file holds every entry up to this one
 * @param writing SHA-256 of what is just being written to the file
 */
record Sitting(
        UUID id,
        NodeId node,
        String base,
        long seq,
        boolean seeded,
        long savedSeq,
        long saves,
        long bytes,
        @Nullable Instant savedAt,
        @Nullable UUID savedBy,
        @Nullable String writing,
        @Nullable Instant savingUntil) {

    /** Whether something is in it that the file does not hold. */
    boolean unsaved() {
        return seq > savedSeq;
    }

    /** Whether somebody is just writing it to the file. */
    boolean beingWritten(Instant now) {
        return writing != null && savingUntil != null && savingUntil.isAfter(now);
    }

    static Sitting of(ResultSet row, int number) throws SQLException {
        OffsetDateTime saved = row.getObject("saved_at", OffsetDateTime.class);
        OffsetDateTime saving = row.getObject("saving_until", OffsetDateTime.class);
        return new Sitting(
                row.getObject("id", UUID.class),
                new NodeId(row.getObject("node", UUID.class)),
                row.getString("base"),
                row.getLong("seq"),
                row.getBoolean("seeded"),
                row.getLong("saved_seq"),
                row.getLong("saves"),
                row.getLong("bytes"),
                saved == null ? null : saved.toInstant(),
                row.getObject("saved_by", UUID.class),
                row.getString("writing"),
                saving == null ? null : saving.toInstant());
    }
}
