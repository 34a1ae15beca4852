package org.entente.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares rows and objects: every stored chunk has an object of the right length, every content is whole, and what is in the store has a row. While people work:
 * what changes meanwhile is looked at twice before it is told.
 */
@Component
class StorageVerifier {

    /** An object is younger than its row; this long a listing may have been on its way. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final int TOLD = 100;
    private static final int BATCH = 200;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ObjectStore objects;
    private final Storage storage;

    StorageVerifier(JdbcClient jdbc, TransactionOperations transaction, ObjectStore objects, Storage storage) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.objects = objects;
        this.storage = storage;
    }

    /** @param code {@code lost}, {@code length}, {@code broken}, {@code damaged}: bytes that cannot be given; {@code stray}: an object that no row knows */
    record Finding(String code, String what) {}

    static final class Report {
        long chunks;
        long strays;
        long wrong;
        final List<Finding> findings = new ArrayList<>();

        void add(String code, String what) {
            if (code.equals("stray")) {
                strays++;
            } else {
                wrong++;
            }
            if (findings.size() < TOLD) {
                findings.add(new Finding(code, what));
            }
        }
    }

    /** @param deep whether every byte is fetched and its hash compared */
    Report verify(boolean deep, boolean removeStrays) {
        Report report = new Report();
        transaction.executeWithoutResult(status -> compare(report, removeStrays));
        contents(report);
        if (deep) {
            chunks(report);
            small(report);
        }
        return report;
    }

    private void compare(Report report, boolean removeStrays) {
        // What is to be there is written down before the store is asked: what is stored meanwhile is nobody's business.
        jdbc.sql(
                        "CREATE TEMP TABLE expected ON COMMIT DROP AS SELECT id, member, size FROM storage.chunk WHERE state = 'stored'")
                .update();
        jdbc.sql("ALTER TABLE expected ADD PRIMARY KEY (id)").update();
        report.chunks =
                jdbc.sql("SELECT count(*) FROM expected").query(Long.class).single();
        objects.list(some -> compare(some, report, removeStrays));
        jdbc
                .sql("SELECT e.id, e.member FROM expected e JOIN storage.chunk c ON c.id = e.id AND c.state = 'stored'")
                .query((row, n) -> new Chunk(row.getObject(1, UUID.class), new MemberId(row.getObject(2, UUID.class))))
                .list()
                .stream()
                .filter(chunk -> !objects.has(chunk.member(), chunk.id()))
                .forEach(chunk -> report.add("lost", chunk.toString()));
    }

    private record Chunk(UUID id, MemberId member) {
        @Override
        public String toString() {
            return member + "/" + id;
        }
    }

    private void compare(List<ObjectStore.Listed> some, Report report, boolean removeStrays) {
        UUID[] ids = some.stream()
                .map(ObjectStore.Listed::chunk)
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
        Long[] sizes = some.stream()
                .filter(one -> one.chunk() != null)
                .map(one -> one.size() - ContentKey.HEAD - ContentKey.TAG)
                .toArray(Long[]::new);
        jdbc.sql("""
                SELECT l.id FROM unnest(:ids::uuid[], :sizes::bigint[]) AS l (id, size) JOIN expected e USING (id) WHERE e.size <> l.size""")
                .param("ids", ids)
                .param("sizes", sizes)
                .query(UUID.class)
                .list()
                .forEach(id -> report.add("length", id.toString()));
        List<UUID> known = jdbc.sql("SELECT c.id FROM storage.chunk c JOIN unnest(:ids::uuid[]) AS l (id) USING (id)")
                .param("ids", ids)
                .query(UUID.class)
                .list();
        java.util.Set<UUID> rows = new java.util.HashSet<>(known);
        Instant fresh = Instant.now().minus(FRESH);
        some.stream()
                .filter(one -> one.chunk() == null || !rows.contains(one.chunk()))
                .filter(one -> one.modified().isBefore(fresh))
                .forEach(one -> stray(one, report, removeStrays));
        jdbc.sql("DELETE FROM expected USING unnest(:ids::uuid[]) AS l (id) WHERE expected.id = l.id")
                .param("ids", ids)
                .update();
    }

    /** What is not named as ours are is told, never touched. */
    private void stray(ObjectStore.Listed stray, Report report, boolean remove) {
        report.add("stray", stray.name());
        if (remove && stray.member() != null && stray.chunk() != null) {
            objects.remove(stray.member(), stray.chunk());
        }
    }

    private void contents(Report report) {
        jdbc.sql("""
                SELECT c.id FROM storage.content c LEFT JOIN (
                    SELECT p.content, p.start, k.size, k.state, lag(p.start + k.size, 1, 0::bigint) OVER (PARTITION BY p.content ORDER BY p.start) AS due
                    FROM storage.piece p JOIN storage.chunk k ON k.id = p.chunk) q ON q.content = c.id
                WHERE c.sealed IS NULL GROUP BY c.id, c.size
                HAVING sum(q.size) IS DISTINCT FROM c.size OR bool_or(q.start <> q.due OR q.state <> 'stored')
                LIMIT 1000""").query(UUID.class).list().forEach(id -> report.add("broken", id.toString()));
    }

    private record Fetched(Chunk chunk, ContentRows.StoredPiece piece) {}

    private void chunks(Report report) {
        UUID last = new UUID(0, 0);
        List<Fetched> batch;
        do {
            batch = jdbc.sql("""
                    SELECT c.id, c.member, c.size, c.key, c.hash FROM storage.chunk c
                    JOIN storage.member_key k ON k.id = c.key AND k.sealed IS NOT NULL
                    WHERE c.id > :last AND c.state = 'stored' ORDER BY c.id LIMIT :batch""")
                    .param("last", last)
                    .param("batch", BATCH)
                    .query((row, n) -> new Fetched(
                            new Chunk(row.getObject(1, UUID.class), new MemberId(row.getObject(2, UUID.class))),
                            new ContentRows.StoredPiece(
                                    0,
                                    row.getInt(3),
                                    row.getObject(1, UUID.class),
                                    row.getObject(4, UUID.class),
                                    row.getBytes(5))))
                    .list();
            for (Fetched one : batch) {
                intact(
                        report,
                        one.chunk().toString(),
                        () -> storage.openChunk(one.chunk().member(), one.piece()));
                last = one.chunk().id();
            }
        } while (batch.size() == BATCH);
    }

    private void small(Report report) {
        UUID last = new UUID(0, 0);
        List<ContentId> batch;
        do {
            batch = jdbc.sql("""
                    SELECT c.id FROM storage.content c JOIN storage.member_key k ON k.id = c.key AND k.sealed IS NOT NULL
                    WHERE c.id > :last AND c.sealed IS NOT NULL ORDER BY c.id LIMIT :batch""")
                    .param("last", last)
                    .param("batch", BATCH)
                    .query((row, n) -> new ContentId(row.getObject(1, UUID.class)))
                    .list();
            for (ContentId one : batch) {
                intact(
                        report,
                        one.toString(),
                        () -> storage.contents().find(one).ifPresent(row -> storage.openSmall(row, "content " + one)));
                last = one.value();
            }
        } while (batch.size() == BATCH);
    }

    private static void intact(Report report, String what, Runnable opening) {
        try {
            opening.run();
        } catch (Refusal refusal) {
            if (!refusal.code().equals("storage.damaged")) {
                throw refusal;
            }
            report.add("damaged", what);
        }
    }
}
