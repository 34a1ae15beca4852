package org.entente.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
@Import(TestPostgres.class)
class LedgerTest {

    @Autowired
    Ledger ledger;

    @Autowired
    Sealer sealer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    static Entry entry(String label) {
        return new Entry(
                new Author(UUID.randomUUID(), UUID.randomUUID(), "Nadia Benali", "192.0.2.7"),
                "affiliation.ended",
                null,
                "affiliation",
                UUID.randomUUID().toString(),
                label,
                Map.of("until", "", "share", 80),
                Map.of("until", "2026-11-24"));
    }

    @Test
    void anActThatIsRolledBackLeavesNoTrace() {
        transaction.executeWithoutResult(status -> {
            ledger.record(entry("rolled back"));
            status.setRollbackOnly();
        });

        assertThat(count("SELECT count(*) FROM audit.entry WHERE subject_label = 'rolled back'"))
                .isZero();
    }

    @Test
    void thereIsNoTraceWithoutATransaction() {
        assertThatThrownBy(() -> ledger.record(entry("outside"))).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void anEntryIsVisibleBeforeItIsSealedAndHasAPositionAfter() {
        transaction.executeWithoutResult(status -> {
            ledger.record(entry("not yet sealed"));
            assertThat(
                            count(
                                    "SELECT count(*) FROM audit.v_entry WHERE subject_label = 'not yet sealed' AND position IS NULL"))
                    .isEqualTo(1);
        });

        sealEverything();

        assertThat(
                        count(
                                "SELECT count(*) FROM audit.v_entry WHERE subject_label = 'not yet sealed' AND position IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void aTransactionThatCommitsLateIsSealedAfterOthersAndPositionsHaveNoGap() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Thread late = Thread.ofVirtual()
                .start(() -> transaction.executeWithoutResult(status -> {
                    ledger.record(List.of(entry("late 1"), entry("late 2")));
                    written.countDown();
                    try {
                        mayCommit.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        written.await();
        transaction.executeWithoutResult(status -> {
            ledger.record(entry("given up"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> ledger.record(entry("early")));
        sealEverything();
        mayCommit.countDown();
        late.join();
        sealEverything();

        assertThat(jdbc.sql(
                                "SELECT subject_label FROM audit.v_entry WHERE subject_label ~ '^(late|early)' ORDER BY position")
                        .query(String.class)
                        .list())
                .containsExactly("early", "late 1", "late 2");
        List<Long> positions = jdbc.sql("SELECT position FROM audit.seal ORDER BY position")
                .query(Long.class)
                .list();
        assertThat(positions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, positions.size()).boxed().toList());
    }

    @Test
    void manyEntriesOfOneActKeepTheirOrder() {
        transaction.executeWithoutResult(status -> ledger.record(
                IntStream.range(0, 12_000).mapToObj(i -> entry("bulk " + i)).toList()));
        sealEverything();

        assertThat(jdbc.sql(
                                "SELECT subject_label FROM audit.v_entry WHERE subject_label LIKE 'bulk %' ORDER BY position")
                        .query(String.class)
                        .list())
                .containsExactlyElementsOf(
                        IntStream.range(0, 12_000).mapToObj(i -> "bulk " + i).toList());
    }

    @Test
    void aHostileNameIsTracedToo() {
        transaction.executeWithoutResult(status -> ledger.record(entry("nul \u0000 and half \ud83d a pair")));

        assertThat(count("SELECT count(*) FROM audit.entry WHERE subject_label LIKE 'nul % and half % a pair'"))
                .isEqualTo(1);
    }

    @Test
    void theDatabaseRefusesToChangeOrRemoveWhatWasWritten() {
        transaction.executeWithoutResult(status -> ledger.record(entry("kept")));

        for (String change : List.of(
                "UPDATE audit.entry SET author = 'x'",
                "DELETE FROM audit.entry",
                "TRUNCATE audit.entry CASCADE",
                "UPDATE audit.seal SET hash = hash",
                "DELETE FROM audit.seal",
                "TRUNCATE audit.seal",
                "DELETE FROM audit.anchor",
                "UPDATE audit.ledger SET id = gen_random_uuid()",
                "SET LOCAL session_replication_role = replica; DELETE FROM audit.seal")) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(
                            status -> jdbc.sql(change).update()))
                    .as(change)
                    .hasStackTraceContaining("append-only");
        }
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    /** The scheduled sealer may hold the lock right now: then it seals instead. */
    private void sealEverything() {
        org.awaitility.Awaitility.await().until(() -> {
            sealer.seal();
            return count("SELECT count(*) FROM audit.waiting") == 0;
        });
    }
}
