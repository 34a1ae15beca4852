package org.entente.files;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much may still be put with a link, counted as it comes. */
@Component
class LinkRoom {

    /** What a form holds beside its files: their names and what parts them. */
    private static final long AROUND = 64 * 1024;

    /** @param files how many @param bytes how many in all of them */
    record Left(int files, long bytes) {
        boolean none() {
            return files == 0 || bytes == 0;
        }
    }

    private final JdbcClient jdbc;

    /** Bytes of forms that come in at this moment on this node: they are on its disk before they are files. */
    private final Map<UUID, Long> underWay = new HashMap<>();

    LinkRoom(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Left left(UUID link) {
        return jdbc.sql("SELECT most_files - put_files, most_bytes - put_bytes FROM files.link WHERE id = ? AND upload")
                .param(link)
                .query((row, n) -> new Left(row.getInt(1), row.getLong(2)))
                .optional()
                .orElse(new Left(0, 0));
    }

    /** Whether a form of that many bytes may come in; who is told so tells when it {@link #ends}. */
    boolean begins(UUID link, long bytes) {
        Left left = left(link);
        synchronized (underWay) {
            long all = underWay.getOrDefault(link, 0L) + bytes;
            if (left.none() || all - AROUND > left.bytes()) {
                return false;
            }
            underWay.put(link, all);
            return true;
        }
    }

    void ends(UUID link, long bytes) {
        synchronized (underWay) {
            underWay.computeIfPresent(link, (same, all) -> all <= bytes ? null : all - bytes);
        }
    }

    /** Counts a file before it is there; false when it is too many or too large. */
    boolean take(UUID link, long bytes) {
        return jdbc.sql("""
                                UPDATE files.link SET put_files = put_files + 1, put_bytes = put_bytes + :bytes
                                WHERE id = :link AND put_files < most_files AND put_bytes + :bytes <= most_bytes""").param("link", link).param("bytes", bytes).update() == 1;
    }

    /** It did not come to be. */
    void giveBack(UUID link, int files, long bytes) {
        jdbc.sql(
                        "UPDATE files.link SET put_files = put_files - :files, put_bytes = put_bytes - :bytes WHERE id = :link")
                .param("link", link)
                .param("files", files)
                .param("bytes", bytes)
                .update();
    }
}
