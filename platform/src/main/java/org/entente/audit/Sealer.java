package org.entente.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chains what has been committed, about once a second. One sealer at a time in the whole territory: it holds an advisory lock until its
 * own commit, which a lock with a time-out could not promise; whoever does not get it has nothing to do.
 */
@Component
class Sealer {

    /** Any constant will do; it only has to be this one everywhere. */
    private static final long LOCK = 0x5ea1_1ed9L;

    private static final int MOST = 5_000;

    /** Where the chain ends. */
    record Head(UUID ledger, long position, byte[] hash) {}

    private record Batch(Head head, int size) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Witness witness;

    Sealer(JdbcClient jdbc, TransactionTemplate transaction, Witness witness) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.witness = witness;
    }

    /** Seals everything that is committed by now. Answers how many entries this call has sealed. */
    @Scheduled(fixedDelay = 1_000)
    public int seal() {
        int sealed = 0;
        Batch batch;
        do {
            batch = Objects.requireNonNull(transaction.execute(status -> sealBatch()));
            if (batch.size() > 0) {
                witness.saw(batch.head());
            }
            sealed += batch.size();
        } while (batch.size() == MOST);
        return sealed;
    }

    /** The end of the chain as it is committed now. */
    Head head() {
        UUID ledger = jdbc.sql("SELECT id FROM audit.ledger").query(UUID.class).single();
        return jdbc.sql("SELECT position, hash FROM audit.seal ORDER BY position DESC LIMIT 1")
                .query((row, n) -> new Head(ledger, row.getLong(1), row.getBytes(2)))
                .optional()
                .orElseGet(() -> new Head(ledger, 0, Chain.of(ledger).head()));
    }

    private Batch sealBatch() {
        if (!jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single()) {
            return new Batch(head(), 0);
        }
        Head last = head();
        Chain chain = Chain.from(last.hash());
        List<Long> entries = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        jdbc.sql(
                        "SELECT " + Chain.COLUMNS
                                + " FROM audit.entry WHERE id IN (SELECT entry FROM audit.waiting ORDER BY entry LIMIT :batch) ORDER BY id")
                .param("batch", MOST)
                .query(row -> {
                    entries.add(row.getLong("id"));
                    hashes.add(HexFormat.of().formatHex(chain.next(last.position() + entries.size(), row)));
                });
        if (entries.isEmpty()) {
            return new Batch(last, 0);
        }
        Long[] ids = entries.toArray(Long[]::new);
        jdbc.sql("""
                INSERT INTO audit.seal (position, entry, hash)
                SELECT :last + nth, entry, decode(hash, 'hex')
                FROM unnest(:entries::bigint[], :hashes::text[]) WITH ORDINALITY AS t (entry, hash, nth) ORDER BY nth
                """)
                .param("last", last.position())
                .param("entries", ids)
                .param("hashes", hashes.toArray(String[]::new))
                .update();
        jdbc.sql("DELETE FROM audit.waiting WHERE entry = ANY (:entries)")
                .param("entries", ids)
                .update();
        return new Batch(new Head(last.ledger(), last.position() + entries.size(), chain.head()), entries.size());
    }
}
