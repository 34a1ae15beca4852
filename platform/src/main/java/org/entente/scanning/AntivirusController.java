package org.entente.scanning;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the operator sees of the antivirus. */
@RestController
@RequestMapping("/api/operator/antivirus")
class AntivirusController {

    /**
     * @param on whether there is one
     * @param answers whether it answered when this node last asked; {@code detail} why not
     * @param since when it began or ceased to answer
     * @param signatures what it says it knows; {@code signaturesSince} when it was first seen to say so
     * @param waiting contents that are served when they have been scanned
     * @param again those that are scanned again with new signatures, and served meanwhile
     * @param servesLarge whether those that are too large are served
     * @param most bytes that are sent to it
     */
    record Shown(
            boolean on,
            boolean answers,
            @Nullable String detail,
            @Nullable Instant since,
            @Nullable String signatures,
            @Nullable Instant signaturesSince,
            long waiting,
            long again,
            long clean,
            long found,
            long failed,
            long large,
            long released,
            boolean servesLarge,
            long most) {}

    private final ScanSettings settings;
    private final ScanQueue queue;
    private final ScanWork work;
    private final AntivirusWatch watch;
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final TransactionOperations transaction;

    AntivirusController(
            ScanSettings settings,
            ScanQueue queue,
            ScanWork work,
            AntivirusWatch watch,
            JdbcClient jdbc,
            Ledger ledger,
            TransactionOperations transaction) {
        this.settings = settings;
        this.queue = queue;
        this.work = work;
        this.watch = watch;
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    @GetMapping
    @Needs(Right.READ_TERRITORY)
    Shown get() {
        Map<String, Long> counts = new HashMap<>();
        long[] again = {0};
        jdbc.sql(
                        "SELECT state, count(*), count(*) FILTER (WHERE due IS NOT NULL AND state <> 'waiting') FROM scanning.content GROUP BY state")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                    again[0] += row.getLong(3);
                });
        record Known(String signatures, OffsetDateTime since) {}
        Known known = jdbc.sql("SELECT signatures, since FROM scanning.antivirus")
                .query(Known.class)
                .optional()
                .orElse(null);
        AntivirusWatch.Seen seen = watch.seen();
        return new Shown(
                settings.on(),
                seen.answers(),
                seen.answers() || seen.detail().isEmpty() ? null : seen.detail(),
                seen.since(),
                known == null ? null : known.signatures(),
                known == null ? null : known.since().toInstant(),
                counts.getOrDefault("waiting", 0L),
                again[0],
                counts.getOrDefault("clean", 0L),
                counts.getOrDefault("found", 0L),
                counts.getOrDefault("failed", 0L),
                counts.getOrDefault("large", 0L),
                counts.getOrDefault("released", 0L),
                settings.tooLarge() == ScanSettings.TooLarge.SERVE,
                settings.most().toBytes());
    }

    /** Everything anew, as after signatures of one's own were added, of which the antivirus does not tell. */
    @PostMapping("/rescan")
    @Needs(Right.OPERATE)
    Shown rescan(Actor actor) {
        if (!settings.on()) {
            throw Refusal.conflict("antivirus.off");
        }
        transaction.executeWithoutResult(status -> {
            int again = queue.againAll(settings.most().toBytes());
            ledger.record(new Entry(
                    actor.author(),
                    "antivirus.rescan",
                    null,
                    "territory",
                    "antivirus",
                    Integer.toString(again),
                    Map.of(),
                    Map.of("contents", again)));
        });
        work.ring();
        return get();
    }
}
