package org.entente.storage;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Removes what nobody refers to, in three steps that may each break off anywhere. A content without use for a day goes, and leaves its chunks idle. A chunk that
 * was idle for a day is {@code going}: from then on nothing refers to it, and the same bytes are kept under another name. Its object is removed, then its row.
 */
@Component
class ContentCollector {

    private static final Logger log = LoggerFactory.getLogger(ContentCollector.class);
    private static final int BATCH = 1000;
    private static final int REMOVALS_AT_ONCE = 8;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ObjectStore objects;
    private final Storage storage;
    private final double grace;

    ContentCollector(
            JdbcClient jdbc,
            TransactionOperations transaction,
            ObjectStore objects,
            Storage storage,
            @Value("${entente.storage.grace:1d}") Duration grace) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.objects = objects;
        this.storage = storage;
        this.grace = grace.toSeconds();
    }

    @Scheduled(
            initialDelayString = "${entente.storage.collect.first:10m}",
            fixedDelayString = "${entente.storage.collect.every:1h}")
    @SchedulerLock(name = "storage-collector", lockAtMostFor = "6h")
    public void collect() {
        try {
            dropContents();
            sendOffChunks();
            removeObjects();
        } catch (Refusal down) {
            log.warn("The object store does not answer: what is to be removed from it is removed later");
        }
    }

    void dropContents() {
        while (Objects.requireNonNull(transaction.execute(status -> dropSome())) == BATCH) {
            log.debug("Contents that nobody uses: {} more are gone", BATCH);
        }
    }

    /** One that is being referred to now is skipped; one that was, since this statement began, is looked at again by PostgreSQL. */
    private int dropSome() {
        List<UUID> contents = jdbc.sql("""
                SELECT id FROM storage.content WHERE idle_since < now() - make_interval(secs => :grace)
                ORDER BY idle_since LIMIT :batch FOR UPDATE SKIP LOCKED""")
                .param("grace", grace)
                .param("batch", BATCH)
                .query(UUID.class)
                .list();
        if (contents.isEmpty()) {
            return 0;
        }
        UUID[] ids = contents.toArray(UUID[]::new);
        UUID[] chunks = jdbc
                .sql("DELETE FROM storage.piece WHERE content = ANY(:ids) RETURNING chunk")
                .param("ids", ids)
                .query(UUID.class)
                .list()
                .stream()
                .distinct()
                .toArray(UUID[]::new);
        // In the order in which contents that are being kept lock theirs.
        jdbc.sql("SELECT id FROM storage.chunk WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
                .param("ids", chunks)
                .query(UUID.class)
                .list();
        jdbc.sql("""
                UPDATE storage.chunk c SET idle_since = now()
                WHERE id = ANY(:ids) AND NOT EXISTS (SELECT FROM storage.piece p WHERE p.chunk = c.id)""").param("ids", chunks).update();
        jdbc.sql("DELETE FROM storage.content WHERE id = ANY(:ids)")
                .param("ids", ids)
                .update();
        return contents.size();
    }

    void sendOffChunks() {
        // Taken for idle by a collector that did not see yet who began to use it.
        jdbc.sql("""
                UPDATE storage.chunk c SET idle_since = NULL
                WHERE c.idle_since < now() - make_interval(secs => :grace) AND c.state = 'stored'
                AND EXISTS (SELECT FROM storage.piece p WHERE p.chunk = c.id)""").param("grace", grace).update();
        int sent;
        do {
            sent = jdbc.sql("""
                    UPDATE storage.chunk SET state = 'going' WHERE id IN (
                        SELECT c.id FROM storage.chunk c
                        WHERE c.idle_since < now() - make_interval(secs => :grace) AND c.state <> 'going'
                        AND NOT EXISTS (SELECT FROM storage.piece p WHERE p.chunk = c.id)
                        ORDER BY c.idle_since LIMIT :batch FOR UPDATE SKIP LOCKED)""").param("grace", grace).param("batch", BATCH).update();
        } while (sent == BATCH);
    }

    private record Going(UUID id, MemberId member) {}

    void removeObjects() {
        List<Going> batch;
        do {
            batch = jdbc.sql("SELECT id, member FROM storage.chunk WHERE state = 'going' ORDER BY id LIMIT :batch")
                    .param("batch", BATCH)
                    .query((row, n) ->
                            new Going(row.getObject(1, UUID.class), new MemberId(row.getObject(2, UUID.class))))
                    .list();
            remove(batch);
        } while (batch.size() == BATCH);
    }

    /** The row last: until then another try finds it. */
    private void remove(List<Going> batch) {
        List<FutureTask<?>> removals = batch.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        going -> Math.floorMod(going.id().hashCode(), REMOVALS_AT_ONCE)))
                .values()
                .stream()
                .<FutureTask<?>>map(some -> new FutureTask<>(() -> some.forEach(this::remove), null))
                .toList();
        removals.forEach(storage::run);
        removals.forEach(Writing::result);
    }

    private void remove(Going going) {
        objects.remove(going.member(), going.id());
        jdbc.sql("DELETE FROM storage.chunk WHERE id = :id AND state = 'going'")
                .param("id", going.id())
                .update();
    }
}
