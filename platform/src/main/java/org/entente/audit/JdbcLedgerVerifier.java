package org.entente.audit;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.entente.audit.Verification.Finding;
import org.entente.audit.Witness.Seen;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcLedgerVerifier implements LedgerVerifier {

    private static final int PAGE = 5_000;

    private static final int TRIGGERS = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;
    private final Sealer sealer;
    private final Witness witness;
    private final Anchors anchors;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();

    JdbcLedgerVerifier(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Sealer sealer,
            Witness witness,
            Anchors anchors,
            Clock clock) {
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
        this.sealer = sealer;
        this.witness = witness;
        this.anchors = anchors;
        this.clock = clock;
    }

    @Override
    public Verification verify() {
        if (!running.tryLock()) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "ledger.verifying");
        }
        try {
            Instant start = clock.instant();
            // Before the snapshot: what is noted outside is then always within it, unless the end was cut off.
            List<String> unreadable = new ArrayList<>();
            List<Seen> seen = new ArrayList<>();
            try {
                seen.addAll(witness.head());
                seen.addAll(witness.anchors());
            } catch (IOException | IllegalArgumentException e) {
                unreadable.add(e.toString());
            }
            Reading reading = Objects.requireNonNull(snapshot.execute(status -> read(seen)));
            unreadable.forEach(why -> reading.find(null, "witness-unreadable", why));
            return reading.result(Duration.between(start, clock.instant()));
        } finally {
            running.unlock();
        }
    }

    private Reading read(List<Seen> outside) {
        Reading reading = new Reading(sealer.head(), outside, anchors.inDatabase());
        protection(reading);
        long size;
        do {
            size = page(reading);
        } while (size == PAGE);
        reading.end();
        unchained(reading);
        return reading;
    }

    private long page(Reading reading) {
        long[] rows = {0};
        jdbc.sql("SELECT s.position, s.hash, s.entry, " + Chain.COLUMNS
                        + " FROM audit.seal s LEFT JOIN audit.entry e ON e.id = s.entry"
                        + " WHERE s.position > :last ORDER BY s.position LIMIT :limit")
                .param("last", reading.last)
                .param("limit", PAGE)
                .query(row -> {
                    rows[0]++;
                    reading.take(row);
                });
        return rows[0];
    }

    private void protection(Reading reading) {
        long on = jdbc.sql("""
                SELECT count(*) FROM pg_trigger
                WHERE tgname IN ('append_only', 'enqueue') AND tgenabled = 'A'
                  AND tgrelid IN ('audit.ledger'::regclass, 'audit.entry'::regclass, 'audit.seal'::regclass, 'audit.anchor'::regclass)
                """).query(Long.class).single();
        if (on != TRIGGERS) {
            reading.find(null, "unprotected", TRIGGERS - on);
        }
    }

    /** Entries that the chain does not hold although no sealer will ever see them, and the reverse. */
    private void unchained(Reading reading) {
        reading.waiting =
                jdbc.sql("SELECT count(*) FROM audit.waiting").query(Long.class).single();
        jdbc.sql("""
                SELECT count(*), min(id) FROM audit.entry e
                WHERE NOT EXISTS (SELECT FROM audit.seal s WHERE s.entry = e.id)
                  AND NOT EXISTS (SELECT FROM audit.waiting w WHERE w.entry = e.id) HAVING count(*) > 0
                """).query(row -> {
            reading.find(null, "unchained", row.getLong(1), row.getLong(2));
        });
        jdbc.sql("""
                SELECT count(*) FROM audit.waiting w
                WHERE NOT EXISTS (SELECT FROM audit.entry e WHERE e.id = w.entry) HAVING count(*) > 0
                """).query(row -> {
            reading.find(null, "waiting-removed", row.getLong(1));
        });
    }

    /** One pass over the chain. */
    private final class Reading {

        private final UUID ledger;
        private final Chain chain;
        private final Map<Long, List<Seen>> heads = new HashMap<>();
        private final int kept;
        private final @Nullable Instant lastAnchorAt;
        private final long lastSeen;
        private final List<Finding> findings = new ArrayList<>();
        private long found;
        private long last;
        private long lastGoodHead;
        private long waiting;

        Reading(Sealer.Head head, List<Seen> outside, List<Seen> inside) {
            this.ledger = head.ledger();
            this.chain = Chain.of(ledger);
            List<Seen> own = new ArrayList<>();
            for (Seen seen : outside) {
                if (seen.ledger().equals(ledger)) {
                    own.add(seen);
                } else {
                    find(null, "other-ledger", seen.ledger().toString());
                }
            }
            this.kept = own.size();
            own.addAll(inside);
            own.stream()
                    .filter(seen -> seen.position() > 0)
                    .forEach(seen -> heads.computeIfAbsent(seen.position(), p -> new ArrayList<>())
                            .add(seen));
            this.lastSeen = own.stream().mapToLong(Seen::position).max().orElse(0);
            this.lastAnchorAt = own.stream()
                    .map(Seen::at)
                    .max(Instant::compareTo)
                    .filter(at -> at.isAfter(Instant.EPOCH))
                    .orElse(null);
            own.stream()
                    .filter(seen -> seen.signature() != null && !anchors.genuine(seen))
                    .forEach(seen -> find(seen.position(), "signature", seen.position()));
            unsignedAfterSigned(own);
        }

        /** Since anchors are signed, one without a signature is one that somebody else made. */
        private void unsignedAfterSigned(List<Seen> own) {
            long firstSigned = own.stream()
                    .filter(seen -> seen.signature() != null)
                    .mapToLong(Seen::position)
                    .min()
                    .orElse(Long.MAX_VALUE);
            own.stream()
                    .filter(seen -> seen.at().isAfter(Instant.EPOCH)) // the noted head is no anchor
                    .filter(seen -> seen.signature() == null && seen.position() > firstSigned)
                    .forEach(seen -> find(seen.position(), "signature", seen.position()));
        }

        void take(ResultSet row) throws SQLException {
            long position = row.getLong("position");
            byte[] stored = row.getBytes("hash");
            if (position != last + 1) {
                find(last + 1, "missing", last + 1, position - 1);
                chain.continueFrom(stored);
            } else if (row.getObject("id") == null) {
                find(position, "removed", position, row.getLong("entry"));
                chain.continueFrom(stored);
            } else if (!Arrays.equals(chain.next(position, row), stored)) {
                find(position, "changed", position, row.getLong("entry"));
                chain.continueFrom(stored);
            }
            for (Seen head : heads.getOrDefault(position, List.of())) {
                if (Arrays.equals(head.hash(), stored)) {
                    lastGoodHead = position;
                } else {
                    find(position, "rewritten", lastGoodHead + 1, position);
                }
            }
            last = position;
        }

        void end() {
            if (last < lastSeen) {
                find(last + 1, "cut", last + 1, lastSeen);
            }
        }

        void find(@Nullable Long position, String code, Object... args) {
            found++;
            if (findings.size() < Verification.MOST_FINDINGS) {
                findings.add(new Finding(position, code, List.of(args)));
            }
        }

        Verification result(Duration took) {
            return new Verification(ledger, last, waiting, kept, lastAnchorAt, List.copyOf(findings), found, took);
        }
    }
}
