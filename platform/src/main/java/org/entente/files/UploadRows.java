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

    /** The same of one that comes by a link, where nobody is known who would come back to it. */
    static final Duration BY_LINK = Duration.ofDays(1);

    /** Before anything has come of it: what is only announced keeps no room from others for long. */
    private static final Duration ANNOUNCED = Duration.ofMinutes(10);

    /** After which whoever made the file of an upload is taken to have died meanwhile. */
    private static final Duration FINISHING = Duration.ofMinutes(10);

    /** The most of one upload; of one by a link fewer, so that no stranger leaves a crowd of crumbs. */
    private static final int PARTS = 100_000;

    private static final String FOUND = """
            SELECT id, folder, member, name, media_type, modified_at, size, received, expires_at, node
            FROM files.upload WHERE id = :id AND expires_at > :now AND NOT given_up AND\s""";

    /** The next part may come {@code :at} where the upload stands. */
    private static final String STANDS = """
            id = :id AND received = :at AND node IS NULL AND NOT given_up
            AND parts < CASE WHEN link IS NULL THEN :most ELSE least(:most, 1000 + size / 1048576) END""";

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

    /** Announced by somebody who came with a link, in the name of whoever made that. */
    UUID addByLink(UUID link, Visitor maker, FileNode folder, MemberId member, FileUploads.Asked asked) {
        UUID id = UUID.randomUUID(); // no part of it is told by when it was made
        jdbc.sql("""
                INSERT INTO files.upload (id, link, capacity, space, member, folder, name, media_type, size, made_at, expires_at)
                VALUES (:id, :link, :capacity, :space, :member, :folder, :name, :type, :size, :now, :expires)""")
                .param("id", id)
                .param("link", link)
                .param("capacity", maker.capacity().value())
                .param("space", folder.space().value())
                .param("member", member.value())
                .param("folder", folder.id().value())
                .param("name", asked.name())
                .param("type", asked.mediaType())
                .param("size", asked.size())
                .param("now", now())
                .param("expires", now().plus(ANNOUNCED))
                .update();
        return id;
    }

    Optional<FileUploads.Upload> find(Visitor visitor, UUID id) {
        return found(
                jdbc.sql(FOUND + "capacity = :capacity AND link IS NULL")
                        .param("capacity", visitor.capacity().value()),
                id);
    }

    Optional<FileUploads.Upload> findByLink(UUID link, UUID id) {
        return found(jdbc.sql(FOUND + "link = :link").param("link", link), id);
    }

    private Optional<FileUploads.Upload> found(JdbcClient.StatementSpec statement, UUID id) {
        return statement
                .param("id", id)
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
        return jdbc.sql(
                        "SELECT count(*) FROM files.upload WHERE capacity = :capacity AND link IS NULL AND node IS NULL")
                .param("capacity", visitor.capacity().value())
                .query(Integer.class)
                .single();
    }

    /** How many are on their way by a link. */
    int by(UUID link) {
        return jdbc.sql("SELECT count(*) FROM files.upload WHERE link = :link AND node IS NULL")
                .param("link", link)
                .query(Integer.class)
                .single();
    }

    /** Bytes announced for a space already and not there yet; of what strangers announce, only those that came: words keep no room from anybody. */
    long coming(SpaceId space) {
        return jdbc.sql("""
                        SELECT coalesce(sum(CASE WHEN link IS NULL THEN size ELSE received END), 0) FROM files.upload
                        WHERE space = :space AND node IS NULL AND expires_at > :now""")
                .param("space", space.value())
                .param("now", now())
                .query(Long.class)
                .single();
    }

    /** Asked before a part is kept: what would be refused afterwards lies in the store for days. */
    boolean stands(UUID upload, long at) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM files.upload WHERE " + STANDS + ")")
                .param("id", upload)
                .param("at", at)
                .param("most", PARTS)
                .query(Boolean.class)
                .single();
    }

    /** Whoever was first at this place goes on: of two requests for one upload only one does. */
    boolean advance(UUID upload, long at, int length) {
        return jdbc.sql("""
                        UPDATE files.upload SET received = received + :length, parts = parts + 1, expires_at = CASE WHEN link IS NULL THEN :expires ELSE :sooner END
                        WHERE\s""" + STANDS)
                        .param("length", length)
                        .param("expires", now().plus(LASTING))
                        .param("sooner", now().plus(BY_LINK))
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

    /** Whether it had become nothing before. */
    boolean became(UUID upload, NodeId node) {
        return jdbc.sql("UPDATE files.upload SET node = ? WHERE id = ? AND node IS NULL AND NOT given_up")
                        .params(node.value(), upload)
                        .update()
                == 1;
    }

    /** Whether it is the caller who makes the file of it, and nobody else at this moment. */
    boolean claim(UUID upload) {
        return jdbc.sql("""
                        UPDATE files.upload SET finishing_at = :now, expires_at = :expires
                        WHERE id = :id AND node IS NULL AND (finishing_at IS NULL OR finishing_at < :dead)""")
                        .param("now", now())
                        .param("expires", now().plus(BY_LINK))
                        .param("id", upload)
                        .param("dead", now().minus(FINISHING))
                        .update()
                > 0;
    }

    void unclaim(UUID upload) {
        jdbc.sql("UPDATE files.upload SET finishing_at = NULL WHERE id = ? AND node IS NULL")
                .param(upload)
                .update();
    }

    /** What a link counted for an upload that came to nothing. */
    record Counted(UUID link, int files, long bytes) {}

    /**
     * Of an upload by a link of which something came: what did counts until it expires, so that giving up again and again fills no store.
     *
     * @return what its link may count again at once; empty where nothing came, and where its file is there or being made
     */
    Optional<Counted> giveUp(UUID upload) {
        return jdbc.sql("""
                        UPDATE files.upload u SET given_up = true, size = u.received, expires_at = :expires
                        FROM (SELECT id, size FROM files.upload WHERE id = :id FOR UPDATE) was
                        WHERE u.id = was.id AND u.received > 0 AND u.node IS NULL AND u.finishing_at IS NULL AND NOT u.given_up
                        RETURNING u.link, was.size - u.received""")
                .param("expires", now().plus(BY_LINK))
                .param("id", upload)
                .query((row, n) -> new Counted(row.getObject(1, UUID.class), 1, row.getLong(2)))
                .optional();
    }

    /** @return what its link may count again; empty where it has none, and where its file is there or being made */
    Optional<Counted> remove(UUID upload) {
        return jdbc.sql(
                        "DELETE FROM files.upload WHERE id = ? RETURNING link, size, node IS NULL AND finishing_at IS NULL, given_up")
                .param(upload)
                .query((row, n) -> row.getObject(1) == null || !row.getBoolean(3)
                        ? Optional.<Counted>empty()
                        : Optional.of(
                                new Counted(row.getObject(1, UUID.class), row.getBoolean(4) ? 0 : 1, row.getLong(2))))
                .optional()
                .flatMap(counted -> counted);
    }

    /** Those nobody went on with, those that are done, and those whose link has ended. */
    List<UUID> expired() {
        return jdbc.sql("""
                        SELECT u.id FROM files.upload u WHERE u.expires_at <= ?
                            OR u.link IS NOT NULL AND NOT EXISTS (SELECT FROM files.link l WHERE l.id = u.link) ORDER BY u.expires_at""").param(now()).query(UUID.class).list();
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
