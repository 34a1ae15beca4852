package org.entente.storage;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of contents and of their pieces. */
@Component
class ContentRows {

    private static final Refusal.Kind CONFLICT = Refusal.Kind.CONFLICT;

    private final JdbcClient jdbc;

    ContentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sealed all of it when it is small; {@code key} is of what is sealed */
    record Row(
            MemberId member,
            Sha256 sha256,
            long size,
            byte @Nullable [] sealed,
            @Nullable UUID key) {}

    /** A chunk, and where its first byte is in the content. */
    record Piece(long start, UUID chunk) {}

    /** What reading a piece takes. */
    record StoredPiece(long start, int size, UUID chunk, UUID key, byte[] hash) {}

    /** A small content, and what it is kept as. */
    record Sealed(Sha256 sha256, int size, byte[] sealed) {}

    /** The contents of these bytes, made where there are none; their day before they may be collected begins anew. In one order, so that two who keep the same do not wait for each other. */
    Map<Sha256, ContentId> small(MemberId member, UUID key, Collection<Sealed> all) {
        List<Sealed> distinct = List.copyOf(all.stream()
                .collect(Collectors.toMap(Sealed::sha256, one -> one, (one, same) -> one))
                .values());
        Map<Sha256, ContentId> kept = new HashMap<>();
        jdbc.sql("""
                INSERT INTO storage.content AS c (member, sha256, size, key, sealed)
                SELECT :member, n.sha256, n.size, :key, n.sealed FROM unnest(:hashes::bytea[], :sizes::int[], :sealed::bytea[]) AS n (sha256, size, sealed)
                ORDER BY n.sha256
                ON CONFLICT (member, sha256) DO UPDATE SET idle_since = CASE WHEN c.idle_since IS NULL THEN NULL ELSE now() END
                RETURNING c.id, c.sha256""")
                .param("member", member.value())
                .param("key", key)
                .param(
                        "hashes",
                        distinct.stream().map(one -> one.sha256().bytes()).toArray(byte[][]::new))
                .param("sizes", distinct.stream().map(Sealed::size).toArray(Integer[]::new))
                .param("sealed", distinct.stream().map(Sealed::sealed).toArray(byte[][]::new))
                .query(row -> {
                    kept.put(Sha256.of(row.getBytes("sha256")), new ContentId(row.getObject("id", UUID.class)));
                });
        return kept;
    }

    /**
     * The content of these pieces: with it its chunks are in use.
     *
     * @throws Refusal when a chunk was collected meanwhile, as happens when keeping took more than a day
     */
    @Transactional
    public ContentId large(MemberId member, Sha256 sha256, long size, List<Piece> pieces) {
        ContentId content = claim(member, sha256, size);
        if (whole(content)) {
            return content; // it is there already: what was claimed for it again is nobody's
        }
        Set<UUID> chunks = new HashSet<>(pieces.stream().map(Piece::chunk).toList());
        // In one order, so that two who have chunks in common do not wait for each other.
        int there = jdbc.sql("""
                SELECT id FROM storage.chunk WHERE id = ANY(:ids) AND member = :member AND state = 'stored'
                ORDER BY id FOR NO KEY UPDATE""")
                .param("ids", chunks.toArray(UUID[]::new))
                .param("member", member.value())
                .query(UUID.class)
                .list()
                .size();
        if (there != chunks.size()) {
            throw Refusal.of(CONFLICT, "storage.gone");
        }
        // Written even when it is null already: the collector, which may be looking at this row, then looks again.
        jdbc.sql("UPDATE storage.chunk SET idle_since = NULL WHERE id = ANY(:ids)")
                .param("ids", chunks.toArray(UUID[]::new))
                .update();
        jdbc.sql("""
                INSERT INTO storage.piece (content, start, chunk)
                SELECT :content, start, chunk FROM unnest(:starts::bigint[], :chunks::uuid[]) AS p (start, chunk)""")
                .param("content", content.value())
                .param("starts", pieces.stream().map(Piece::start).toArray(Long[]::new))
                .param("chunks", pieces.stream().map(Piece::chunk).toArray(UUID[]::new))
                .update();
        return content;
    }

    private ContentId claim(MemberId member, Sha256 sha256, long size) {
        return jdbc.sql("""
                INSERT INTO storage.content AS c (member, sha256, size) VALUES (:member, :sha256, :size)
                ON CONFLICT (member, sha256) DO UPDATE SET idle_since = CASE WHEN c.idle_since IS NULL THEN NULL ELSE now() END
                RETURNING id""")
                .param("member", member.value())
                .param("sha256", sha256.bytes())
                .param("size", size)
                .query((row, n) -> new ContentId(row.getObject(1, UUID.class)))
                .single();
    }

    private boolean whole(ContentId content) {
        return jdbc.sql("""
                SELECT c.sealed IS NOT NULL OR EXISTS (SELECT FROM storage.piece p WHERE p.content = c.id)
                FROM storage.content c WHERE c.id = :id""").param("id", content.value()).query(Boolean.class).single();
    }

    /** Begins its day before it may be collected anew. */
    boolean touch(ContentId content) {
        return jdbc.sql("""
                UPDATE storage.content SET idle_since = CASE WHEN idle_since IS NULL THEN NULL ELSE now() END WHERE id = :id""").param("id", content.value()).update() == 1;
    }

    void refer(Collection<ContentId> contents) {
        if (contents.size() == 1) {
            refer(contents.iterator().next());
            return;
        }
        UUID[] ids = contents.stream().map(ContentId::value).toArray(UUID[]::new);
        // Locked in the order in which they are kept and released, so that two who have contents in common do not wait
        // for each other; and each looked up by itself.
        int found = jdbc.sql("""
                WITH n AS MATERIALIZED (
                    SELECT g.id, g.times FROM (SELECT id, count(*) AS times FROM unnest(:ids::uuid[]) AS id GROUP BY id) g
                    CROSS JOIN LATERAL (SELECT sha256 FROM storage.content WHERE id = g.id OFFSET 0) c ORDER BY c.sha256, g.id),
                held AS MATERIALIZED (SELECT c.id FROM n CROSS JOIN LATERAL (SELECT id FROM storage.content WHERE id = n.id FOR NO KEY UPDATE) c)
                UPDATE storage.content c SET uses = c.uses + (SELECT n.times FROM n WHERE n.id = c.id), idle_since = NULL
                WHERE c.id = ANY(ARRAY(SELECT id FROM held))""").param("ids", ids).update();
        if (found != distinct(ids)) {
            throw Refusal.of(CONFLICT, "storage.gone");
        }
    }

    /** As nearly always, and where others wait for it. */
    private void refer(ContentId content) {
        int found = jdbc.sql("UPDATE storage.content SET uses = uses + 1, idle_since = NULL WHERE id = ?")
                .param(content.value())
                .update();
        if (found == 0) {
            throw Refusal.of(CONFLICT, "storage.gone");
        }
    }

    /** @return those that are in use no more */
    List<ContentId> release(Collection<ContentId> contents) {
        UUID[] ids = lock(contents);
        record Left(UUID id, long uses) {}
        List<Left> found = jdbc.sql("""
                UPDATE storage.content c SET uses = c.uses - n.times, idle_since = CASE WHEN c.uses = n.times THEN now() END
                FROM (SELECT id, count(*) AS times FROM unnest(:ids::uuid[]) AS id GROUP BY id) n WHERE c.id = n.id
                RETURNING c.id, c.uses""").param("ids", ids).query(Left.class).list();
        if (found.size() != distinct(ids)) {
            throw new IllegalStateException("released what is not kept: " + contents);
        }
        return found.stream()
                .filter(left -> left.uses() == 0)
                .map(left -> new ContentId(left.id()))
                .toList();
    }

    /** Those of these that nobody uses, or that are not kept at all. */
    List<ContentId> unused(Collection<ContentId> contents) {
        return jdbc
                .sql("""
                SELECT n.id FROM unnest(:ids::uuid[]) AS n (id) LEFT JOIN storage.content c ON c.id = n.id
                WHERE c.id IS NULL OR c.uses = 0""")
                .param("ids", contents.stream().map(ContentId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .stream()
                .map(ContentId::new)
                .toList();
    }

    List<Contents.Used> used(ContentId after, int limit) {
        return jdbc.sql("SELECT id, member, size FROM storage.content WHERE id > ? AND uses > 0 ORDER BY id LIMIT ?")
                .params(after.value(), limit)
                .query((row, n) -> new Contents.Used(
                        new ContentId(row.getObject(1, UUID.class)),
                        new MemberId(row.getObject(2, UUID.class)),
                        row.getLong(3)))
                .list();
    }

    /** In one order, so that two who have contents in common do not wait for each other. */
    private UUID[] lock(Collection<ContentId> contents) {
        UUID[] ids = contents.stream().map(ContentId::value).toArray(UUID[]::new);
        if (ids.length > 1) {
            jdbc.sql(
                            "SELECT c.id FROM storage.content c JOIN (SELECT DISTINCT id FROM unnest(:ids::uuid[]) AS id) n USING (id)"
                                    + " ORDER BY c.sha256, c.id FOR NO KEY UPDATE OF c")
                    .param("ids", ids)
                    .query(UUID.class)
                    .list();
        }
        return ids;
    }

    private static int distinct(UUID[] ids) {
        return new HashSet<>(List.of(ids)).size();
    }

    Optional<Row> find(ContentId content) {
        return jdbc.sql("SELECT member, sha256, size, sealed, key FROM storage.content WHERE id = :id")
                .param("id", content.value())
                .query((row, n) -> new Row(
                        new MemberId(row.getObject(1, UUID.class)),
                        Sha256.of(row.getBytes(2)),
                        row.getLong(3),
                        row.getBytes(4),
                        row.getObject(5, UUID.class)))
                .optional();
    }

    /** Those that have bytes of {@code [from, to)}, in order. */
    List<StoredPiece> pieces(ContentId content, long from, long to) {
        return jdbc.sql("""
                SELECT p.start, c.size, c.id, c.key, c.hash FROM storage.piece p JOIN storage.chunk c ON c.id = p.chunk
                WHERE p.content = :content AND p.start < :to AND p.start + c.size > :from ORDER BY p.start""")
                .param("content", content.value())
                .param("from", from)
                .param("to", to)
                .query((row, n) -> new StoredPiece(
                        row.getLong(1),
                        row.getInt(2),
                        row.getObject(3, UUID.class),
                        row.getObject(4, UUID.class),
                        row.getBytes(5)))
                .list();
    }
}
