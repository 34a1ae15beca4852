package org.entente.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files on their way, in parts: every part that was received is durable, whichever node received it and however its request ended, and the file shows only
 * once it is whole and named. An upload nobody goes on with is forgotten after {@link #LASTING}.
 */
@Component
class FileUploads {

    static final Duration LASTING = Duration.ofDays(3);

    /** As the storage cuts its content, so that parts that come whole are kept whole. A broken line loses none of what came before. */
    private static final int PART = 4 * 1024 * 1024;

    /** Parts that are in memory at a time on this node, whoever sends them however slowly. */
    private final Semaphore rooms = new Semaphore(24, true);

    /** 10 TiB: beyond any quota, and within what a browser counts exactly. */
    static final long MOST = 10L * 1024 * 1024 * 1024 * 1024;

    /** How many one capacity may have on their way, and of how many parts each: a limit to what a broken client leaves behind. */
    private static final int AT_ONCE = 500;

    private static final int PARTS = 100_000;

    /** @param member with whose keys the parts are kept @param node what it has become; null on the way */
    record Upload(
            UUID id,
            NodeId folder,
            MemberId member,
            String name,
            @Nullable String mediaType,
            @Nullable Instant modifiedAt,
            long size,
            long received,
            Instant expiresAt,
            @Nullable NodeId node) {}

    /** What is announced. */
    record Asked(
            NodeId folder,
            String name,
            @Nullable String mediaType,
            @Nullable Instant modifiedAt,
            long size) {}

    private final JdbcClient jdbc;
    private final Files files;
    private final Contents contents;
    private final Putting putting;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FileUploads(
            JdbcClient jdbc,
            Files files,
            Contents contents,
            Putting putting,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.contents = contents;
        this.putting = putting;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws Refusal TOO_LARGE {@code file.quota} when it cannot fit, counting what is on its way; FORBIDDEN for who may only read */
    Upload begin(Visitor visitor, Asked asked) {
        FileNode folder = files.node(visitor, asked.folder());
        if (!folder.folder()) {
            throw Refusal.conflict("file.not-folder");
        }
        if (!folder.role().allows(SpaceRole.EDIT)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.read-only");
        }
        Files.Room room = files.room(visitor, folder.id());
        if (asked.size() > MOST || asked.size() > room.bytes() - coming(folder.space())) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.quota");
        }
        Integer mine = jdbc.sql("SELECT count(*) FROM files.upload WHERE capacity = :capacity AND node IS NULL")
                .param("capacity", visitor.capacity().value())
                .query(Integer.class)
                .single();
        if (mine >= AT_ONCE) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.uploads", AT_ONCE);
        }
        UUID id = jdbc.sql("""
                INSERT INTO files.upload (capacity, space, member, folder, name, media_type, modified_at, size, expires_at)
                VALUES (:capacity, :space, :member, :folder, :name, :type, :modified, :size, :expires) RETURNING id""")
                .param("capacity", visitor.capacity().value())
                .param("space", folder.space().value())
                .param("member", room.member().value())
                .param("folder", folder.id().value())
                .param("name", asked.name())
                .param("type", asked.mediaType())
                .param("modified", utc(asked.modifiedAt()))
                .param("size", asked.size())
                .param("expires", utc(expiry()))
                .query(UUID.class)
                .single();
        return find(visitor, id);
    }

    /** @throws Refusal NOT_FOUND {@code file.upload-unknown} when it is another capacity's, was given up, or is too old */
    Upload find(Visitor visitor, UUID id) {
        return jdbc.sql("""
                        SELECT id, folder, member, name, media_type, modified_at, size, received, expires_at, node
                        FROM files.upload WHERE id = :id AND capacity = :capacity AND expires_at > :now""")
                .param("id", id)
                .param("capacity", visitor.capacity().value())
                .param("now", utc(clock.instant()))
                .query((row, n) -> new Upload(
                        row.getObject(1, UUID.class),
                        new NodeId(row.getObject(2, UUID.class)),
                        new MemberId(row.getObject(3, UUID.class)),
                        row.getString(4),
                        row.getString(5),
                        instant(row.getObject(6, OffsetDateTime.class)),
                        row.getLong(7),
                        row.getLong(8),
                        row.getObject(9, OffsetDateTime.class).toInstant(),
                        node(row.getObject(10, UUID.class))))
                .optional()
                .orElseThrow(() -> Refusal.notFound("file.upload-unknown"));
    }

    /**
     * Takes the bytes that come, as many as do: when the line breaks, those before it stay.
     *
     * @param offset of the first of them
     * @throws Refusal CONFLICT {@code file.upload-offset} when that is not where the upload stands; TOO_LARGE {@code file.upload-size} for more than announced
     */
    Upload append(Visitor visitor, UUID id, long offset, InputStream body) {
        Upload upload = find(visitor, id);
        if (upload.received() != offset || upload.node() != null) {
            throw Refusal.conflict("file.upload-offset");
        }
        if (!waits(rooms)) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy");
        }
        try {
            return append(visitor, upload, body);
        } finally {
            rooms.release();
        }
    }

    private Upload append(Visitor visitor, Upload upload, InputStream body) {
        long at = upload.received();
        byte[] buffer = new byte[(int) Math.min(PART, upload.size() - at + 1)];
        boolean more = true;
        while (more) {
            int filled = 0;
            try {
                filled = fill(body, buffer);
                more = filled == buffer.length;
            } catch (Broken broken) {
                filled = broken.filled;
                more = false;
            }
            if (at + filled > upload.size()) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.upload-size");
            }
            if (filled > 0) {
                keep(upload, at, buffer, filled);
                at += filled;
            }
        }
        return find(visitor, upload.id());
    }

    private static boolean waits(Semaphore rooms) {
        try {
            return rooms.tryAcquire(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void keep(Upload upload, long at, byte[] bytes, int length) {
        Kept kept;
        try {
            kept = contents.keep(upload.member(), new ByteArrayInputStream(bytes, 0, length), length);
        } catch (IOException e) {
            throw new IllegalStateException(e); // nothing but memory was read
        }
        transaction.executeWithoutResult(status -> {
            // Whoever was first at this place goes on; of two requests for one upload only one does.
            int moved = jdbc.sql("""
                            UPDATE files.upload SET received = received + :length, parts = parts + 1, expires_at = :expires
                            WHERE id = :id AND received = :at AND node IS NULL AND parts < :most""")
                    .param("length", length)
                    .param("expires", utc(expiry()))
                    .param("id", upload.id())
                    .param("at", at)
                    .param("most", PARTS)
                    .update();
            if (moved == 0) {
                throw Refusal.conflict("file.upload-offset");
            }
            contents.refer(kept.id());
            jdbc.sql("INSERT INTO files.upload_part (upload, start, content) VALUES (?, ?, ?)")
                    .params(upload.id(), at, kept.id().value())
                    .update();
        });
    }

    /**
     * Makes the file of what was received. When that is refused, the parts stay: somebody may choose another answer, or make room, and ask again. Asked again
     * once it is done, it tells the file.
     */
    FileNode finish(Visitor visitor, UUID id, OnConflict conflict) throws IOException {
        Upload upload = find(visitor, id);
        if (upload.node() != null) {
            return files.node(visitor, upload.node());
        }
        if (upload.received() < upload.size()) {
            throw Refusal.conflict("file.upload-incomplete");
        }
        Kept kept = joined(upload);
        Writing how = new Writing(upload.mediaType(), upload.modifiedAt(), null, Writing.OnlyIf.ANYTHING);
        FileNode made = putting.put(
                visitor,
                upload.folder(),
                upload.name(),
                conflict,
                (free, overwrite) -> files.write(visitor, upload.folder(), free, kept, how.only(overwrite)));
        transaction.executeWithoutResult(status -> {
            drop(List.of(id));
            jdbc.sql("UPDATE files.upload SET node = :node WHERE id = :id")
                    .param("node", made.id().value())
                    .param("id", id)
                    .update();
        });
        return made;
    }

    /** Gives it up. */
    void end(Visitor visitor, UUID id) {
        find(visitor, id);
        forget(List.of(id));
    }

    /** Forgets those nobody went on with, and those that are done. */
    int forgetExpired() {
        List<UUID> expired = jdbc.sql("SELECT id FROM files.upload WHERE expires_at <= :now LIMIT 1000")
                .param("now", utc(clock.instant()))
                .query(UUID.class)
                .list();
        forget(expired);
        return expired.size();
    }

    private void forget(List<UUID> uploads) {
        if (uploads.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            drop(uploads);
            jdbc.sql("DELETE FROM files.upload WHERE id = ANY(:ids)")
                    .param("ids", uploads.toArray(UUID[]::new))
                    .update();
        });
    }

    private void drop(List<UUID> uploads) {
        contents.release(jdbc
                .sql("DELETE FROM files.upload_part WHERE upload = ANY(:ids) RETURNING content")
                .param("ids", uploads.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .stream()
                .map(ContentId::new)
                .toList());
    }

    /** One content of all parts: no byte is stored a second time. */
    private Kept joined(Upload upload) throws IOException {
        List<ContentId> parts = jdbc.sql("SELECT content FROM files.upload_part WHERE upload = :id ORDER BY start")
                .param("id", upload.id())
                .query((row, n) -> new ContentId(row.getObject(1, UUID.class)))
                .list();
        return parts.isEmpty()
                ? contents.keep(upload.member(), InputStream.nullInputStream(), 0)
                : contents.join(upload.member(), parts, null);
    }

    /** What is announced for a space already and not there yet. */
    private long coming(SpaceId space) {
        return jdbc.sql(
                        "SELECT coalesce(sum(size), 0) FROM files.upload WHERE space = :space AND node IS NULL AND expires_at > :now")
                .param("space", space.value())
                .param("now", utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** Until the buffer is full or nothing comes any more. */
    private static int fill(InputStream body, byte[] buffer) throws Broken {
        int filled = 0;
        while (filled < buffer.length) {
            int read;
            try {
                read = body.read(buffer, filled, buffer.length - filled);
            } catch (IOException line) {
                throw new Broken(filled, line);
            }
            if (read < 0) {
                return filled;
            }
            filled += read;
        }
        return filled;
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final int filled;

        Broken(int filled, IOException cause) {
            super(cause);
            this.filled = filled;
        }
    }

    private Instant expiry() {
        return clock.instant().plus(LASTING);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable NodeId node(@Nullable UUID id) {
        return id == null ? null : new NodeId(id);
    }
}
