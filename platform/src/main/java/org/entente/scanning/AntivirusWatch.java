package org.entente.scanning;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Whether the antivirus of this node answers, and what it knows. When it has learnt something, what came lately is scanned again. */
@Component
class AntivirusWatch {

    private static final Logger log = LoggerFactory.getLogger(AntivirusWatch.class);

    /** Enough for a temporary file of its own. */
    private static final long LITTLE = 64;

    private static final Duration SOON = Duration.ofSeconds(20);

    /** @param since when it began or ceased to answer; null before it was first asked */
    record Seen(boolean answers, String detail, @Nullable Instant since) {}

    private final Clamd clamd;
    private final ScanSettings settings;
    private final ScanQueue queue;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private volatile Seen seen = new Seen(false, "", null);

    /** Bytes that are scanned to see whether it can: more while it failed at more. */
    private volatile long proof = LITTLE;

    AntivirusWatch(
            Clamd clamd,
            ScanSettings settings,
            ScanQueue queue,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.clamd = clamd;
        this.settings = settings;
        this.queue = queue;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    Seen seen() {
        return seen;
    }

    /** Whether it was asked and did not answer: nobody need wait for it. */
    boolean away() {
        return !seen.answers() && seen.since() != null;
    }

    @Scheduled(initialDelayString = "1s", fixedDelayString = "${entente.antivirus.watch:30s}")
    public void look() {
        if (settings.on()) {
            look(proof);
        }
    }

    private Trial look(long size) {
        try {
            String version = clamd.version();
            Clamd.Away failed = proved(size);
            proof = failed == null ? LITTLE : size;
            if (failed != null) {
                silent(failed);
                return Trial.SCANS_NOTHING;
            }
            answered(version);
            learnt(version);
        } catch (Clamd.Away away) {
            silent(away);
            return Trial.AWAY;
        } catch (DataAccessException database) {
            log.debug("The database is away: what the antivirus knows is compared later", database);
        }
        return Trial.SCANS;
    }

    /** What it does with bytes in which there is nothing to find. AWAY: it cannot even be asked. */
    enum Trial {
        SCANS,
        SCANS_NOTHING,
        AWAY
    }

    /**
     * Asked when a scan failed: whether the content is why. Where as many harmless bytes come to no end either (its disk is full, it may not write), the antivirus itself is, and
     * counts as not answering until it can again.
     */
    Trial trial(long size) {
        return look(Math.max(LITTLE, size));
    }

    /**
     * Whether it comes to an end with so many bytes, whatever it says of them.
     *
     * @return why it does not; null when it does
     */
    private Clamd.@Nullable Away proved(long size) throws Clamd.Away {
        try {
            ScanAnswer answer = clamd.scan(new Harmless(size), size > LITTLE ? settings.time() : SOON);
            return answer.outcome() == ScanAnswer.Outcome.FAILED ? nothing(answer.detail()) : null;
        } catch (Clamd.Away away) {
            if (!away.reached()) {
                throw away;
            }
            return nothing(String.valueOf(away.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("Bytes that are made here cannot fail", e);
        }
    }

    private static Clamd.Away nothing(String why) {
        return new Clamd.Away("it scans nothing, not even what is harmless: " + why, true);
    }

    private void answered(String version) {
        if (!seen.answers()) {
            log.info("The antivirus answers: {}", version);
            seen = new Seen(true, version, clock.instant());
        } else if (!seen.detail().equals(version)) {
            seen = new Seen(true, version, seen.since());
        }
    }

    void silent(Clamd.Away away) {
        String why = String.valueOf(away.getMessage());
        if (!away()) {
            log.warn("The antivirus does not answer ({}): files are kept, and served when it has scanned them", why);
            seen = new Seen(false, why, clock.instant());
        } else {
            seen = new Seen(false, why, seen.since());
        }
    }

    private void learnt(String version) {
        transaction.executeWithoutResult(status -> {
            int first = jdbc.sql(
                            "INSERT INTO scanning.antivirus (signatures, since) VALUES (?, now()) ON CONFLICT DO NOTHING")
                    .param(version)
                    .update();
            int changed = first > 0
                    ? 0
                    : jdbc.sql(
                                    "UPDATE scanning.antivirus SET signatures = :said, since = now() WHERE signatures <> :said")
                            .param("said", version)
                            .update();
            if (changed > 0) {
                int again = queue.again(settings.recent());
                log.info("The antivirus has learnt something ({}): {} contents are scanned again", version, again);
            }
        });
    }

    @Nullable
    String signatures() {
        return seen.answers() ? seen.detail() : null;
    }
}
