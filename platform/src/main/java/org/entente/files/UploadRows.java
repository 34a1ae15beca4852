package org.entente.files;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is kept of files on their way, and of the parts of each. */
@Component
class UploadRows {

    /** How long an upload waits for its next part. */
    static final Duration LASTING = Duration.ofDays(3);

    private static final int PARTS = 100_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    UploadRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    UUID add(Visitor visitor, FileNode folder, MemberId member, FileUploads.Asked asked) {
        return jdbc.sql("""
                INSERT INTO files.upload (capacity, space, member, folder, name, media_type, modified_at, size, made_at, expires_at)
                VALUES (:capacity, :space, :member, :folder, :name, :type, :modified, :size, :now, :expires) RETURNING id""")
                .param("capacity", visitor.capacity().value())
                .param("space", folder.space().value())
                .param("member", member.value())
                .param("folder", folder.id().value())
                .param("name", asked.name())
                .param("type", asked.mediaType())
                .param("modified", asked.modifiedAt() == null ? null : utc(asked.modifiedAt()))
                .param("size", asked.size())
                .param("now", now())
                .param("expires", now().plus(LASTING))
                .query(UUID.class)
                .single();
    }

    Optional<FileUploads.Upload> find(Visitor visitor, UUID id) {
        return jdbc.sql("""
                        SELECT id, folder, member, name, media_type, modified_at, size, received, expires_at, node
                        FROM files.upload WHERE id = :id AND capacity = :capacity AND expires_at > :now""")
                .param("id", id)
                .param("capacity", visitor.capacity().value())
                .param("now", now())
                .query((row, n) -> new FileUploads.Upload(
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
                .optional();
    }

    /** How many a capacity has on their way. */
    int of(Visitor visitor) {
        return jdbc.sql("SELECT count(*) FROM files.upload WHERE capacity = :capacity AND node IS NULL")
                .param("capacity", visitor.capacity().value())
                .query(Integer.class)
                .single();
    }

    /** Bytes announced for a space already and not there yet. */
    long coming(SpaceId space) {
        return jdbc.sql(
                        "SELECT coalesce(sum(size), 0) FROM files.upload WHERE space = :space AND node IS NULL AND expires_at > :now")
                .param("space", space.value())
                .param("now", now())
                .query(Long.class)
                .single();
    }

    /** Whoever was first at this place goes on: of two requests for one upload only one does. */
    boolean advance(UUID upload, long at, int length) {
        return jdbc.sql("""
                        UPDATE files.upload SET received = received + :length, parts = parts + 1, expires_at = :expires
                        WHERE id = :id AND received = :at AND node IS NULL AND parts < :most""")
                        .param("length", length)
                        .param("expires", now().plus(LASTING))
                        .param("id", upload)
                        .param("at", at)
                        .param("most", PARTS)
                        .update()
                > 0;
    }

    void addPart(UUID upload, long at, ContentId content) {
        jdbc.sql("INSERT INTO files.upload_part (upload, start, content) VALUES (?, ?, ?)")
                .params(upload, at, content.value())
                .update();
    }

    /** In their order. */
    List<ContentId> parts(UUID upload) {
        return contents(jdbc.sql("SELECT content FROM files.upload_part WHERE upload = ? ORDER BY start")
                .param(upload));
    }

    /** @return what nobody refers to here any more */
    List<ContentId> dropParts(UUID upload) {
        return contents(jdbc.sql("DELETE FROM files.upload_part WHERE upload = ? RETURNING content")
                .param(upload));
    }

    void became(UUID upload, NodeId node) {
        jdbc.sql("UPDATE files.upload SET node = ? WHERE id = ?")
                .params(node.value(), upload)
                .update();
    }

    void remove(UUID upload) {
        jdbc.sql("DELETE FROM files.upload WHERE id = ?").param(upload).update();
    }

    /** Those nobody went on with, and those that are done. */
    List<UUID> expired() {
        return jdbc.sql("SELECT id FROM files.upload WHERE expires_at <= ? ORDER BY expires_at")
                .param(now())
                .query(UUID.class)
                .list();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static List<ContentId> contents(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, n) -> new ContentId(row.getObject(1, UUID.class)))
                .list();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable NodeId node(@Nullable UUID id) {
        return id == null ? null : new NodeId(id);
    }
}
