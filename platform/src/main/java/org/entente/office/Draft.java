package org.entente.office;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.AffiliationId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** What was written and is not forgotten yet: entries in one order, added at the end, sealed as the files are. */
@Component
class Draft {

    /** @param update as Yjs writes it */
    record Entry(long seq, byte[] update) {}

    private static final int MOST_ENTRIES = 100_000; // they are numbered without a gap
    private static final int AT_ONCE = 50;
    private static final long AT_ONCE_BYTES = 2L * 1024 * 1024;

    private final JdbcClient jdbc;
    private final Sealed sealed;
    private final Clock clock;
    private final OfficeSettings settings;
    private final TransactionOperations transactions;
    private final DraftShares shares;

    Draft(
            JdbcClient jdbc,
            Sealed sealed,
            Clock clock,
            OfficeSettings settings,
            TransactionOperations transactions,
            DraftShares shares) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.clock = clock;
        this.settings = settings;
        this.transactions = transactions;
        this.shares = shares;
    }

    /** Durable when this returns. @return its number */
    @Transactional
    public long add(UUID sitting, AffiliationId by, byte[] update) {
        shares.take(by, update);
        Optional<Long> seq = jdbc.sql("""
                        UPDATE office.sitting SET seq = seq + 1, bytes = bytes + :bytes, written_at = :now
                        WHERE id = :id AND seeded AND bytes + :bytes <= :most
                            AND seq - (SELECT min(e.seq) FROM office.entry e WHERE e.sitting = :id) + 1 < :entries RETURNING seq""")
                .param("bytes", DraftShares.charge(update))
                .param("entries", MOST_ENTRIES)
                .param("now", SittingBook.at(clock.instant()))
                .param("id", sitting)
                .param("most", settings.largestDraft().toBytes())
                .query(Long.class)
                .optional();
        long number = seq.orElseThrow(() -> full(sitting));
        insert(sitting, number, false, by, update);
        return number;
    }

    private Refusal full(UUID sitting) {
        boolean there = jdbc.sql("SELECT EXISTS (SELECT FROM office.sitting WHERE id = ? AND seeded)")
                .param(sitting)
                .query(Boolean.class)
                .single();
        return there ? Refusal.of(Refusal.Kind.TOO_LARGE, "office.full") : SittingBook.gone();
    }

    /** The first entry: the file as it was. Nothing of it is unsaved. */
    @Transactional
    public void seed(UUID sitting, UUID lease, AffiliationId by, byte[] update) {
        shares.take(by, update);
        if (jdbc.sql("""
                        UPDATE office.sitting SET seq = 1, saved_seq = 1, bytes = :bytes, seeded = true, seeding = NULL, seeding_until = NULL, written_at = :now
                        WHERE id = :id AND seeding = :lease AND NOT seeded""")
                        .param("bytes", DraftShares.charge(update))
                        .param("now", SittingBook.at(clock.instant()))
                        .param("id", sitting)
                        .param("lease", lease)
                        .update()
                == 0) {
            throw Refusal.conflict("office.seeding");
        }
        insert(sitting, 1, true, by, update);
    }

    /** Some of those behind {@code after}, in their order; none at the end. */
    List<Entry> after(UUID sitting, long after) {
        return jdbc.sql("""
                        SELECT seq, body FROM (
                            SELECT seq, body, sum(length(body)) OVER (ORDER BY seq) - length(body) AS before FROM
                                (SELECT seq, body FROM office.entry WHERE sitting = :id AND seq > :after ORDER BY seq LIMIT :most) ahead) part
                        WHERE before < :bytes ORDER BY seq""")
                .param("id", sitting)
                .param("after", after)
                .param("most", AT_ONCE)
                .param("bytes", AT_ONCE_BYTES)
                .query((row, n) ->
                        new Entry(row.getLong("seq"), sealed.openBytes(purpose(sitting), row.getBytes("body"))))
                .list();
    }

    /** How many entries there are. */
    int length(UUID sitting) {
        return jdbc.sql("SELECT count(*) FROM office.entry WHERE sitting = ?")
                .param(sitting)
                .query(Integer.class)
                .single();
    }

    /**
     * One state in place of all entries up to {@code covers}: only of what the file holds already, and only by a state that knows all that these say was
     * written. What came later stays.
     */
    void replace(UUID sitting, UUID lease, long covers, AffiliationId by, byte[] state, YUpdate read)
            throws Bits.Broken {
        // Long work, and nothing is held meanwhile: what is saved does not change any more, and that it is saved is
        // asked again below.
        demandSaved(sitting, lease, covers, "");
        demandKnown(sitting, covers, read);
        transactions.executeWithoutResult(status -> {
            demandSaved(sitting, lease, covers, " FOR UPDATE");
            Set<AffiliationId> freed = free(sitting, covers);
            if (freed.isEmpty()) {
                throw Refusal.conflict("office.stale"); // in another state, by the same lease just now
            }
            shares.exchange(by, freed, state);
            insert(sitting, covers, true, by, state);
            jdbc.sql("""
                            UPDATE office.sitting SET bytes = (SELECT sum(greatest(length(body), :least)) FROM office.entry WHERE sitting = :id) WHERE id = :id""").param("least", DraftShares.LEAST).param("id", sitting).update();
        });
    }

    /** @return whose they were */
    private Set<AffiliationId> free(UUID sitting, long covers) {
        return jdbc
                .sql("DELETE FROM office.entry WHERE sitting = ? AND seq <= ? RETURNING by")
                .params(sitting, covers)
                .query(UUID.class)
                .stream()
                .map(AffiliationId::new)
                .collect(Collectors.toSet());
    }

    private void demandSaved(UUID sitting, UUID lease, long covers, String lock) {
        boolean saved = jdbc.sql("""
                        SELECT saving IS NOT DISTINCT FROM :lease AND saved_seq >= :covers AND EXISTS (SELECT FROM office.entry WHERE sitting = s.id AND seq = :covers)
                        FROM office.sitting s WHERE id = :id""" + lock)
                .param("lease", lease)
                .param("covers", covers)
                .param("id", sitting)
                .query(Boolean.class)
                .optional()
                .orElseThrow(SittingBook::gone);
        if (!saved) {
            throw Refusal.conflict("office.stale");
        }
    }

    private void demandKnown(UUID sitting, long covers, YUpdate read) throws Bits.Broken {
        for (long after = 0; after < covers; ) {
            List<Entry> some = after(sitting, after);
            if (some.isEmpty()) {
                break;
            }
            for (Entry entry : some) {
                if (entry.seq() <= covers && !read.covers(YUpdate.read(entry.update()))) {
                    throw Refusal.invalid("office.unknown-state");
                }
                after = entry.seq();
            }
        }
    }

    private void insert(UUID sitting, long seq, boolean state, AffiliationId by, byte[] update) {
        jdbc.sql("INSERT INTO office.entry (sitting, seq, state, body, by, at) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        sitting,
                        seq,
                        state,
                        sealed.seal(purpose(sitting), update),
                        by.value(),
                        SittingBook.at(clock.instant()))
                .update();
    }

    private static String purpose(UUID sitting) {
        return "office " + sitting;
    }
}
