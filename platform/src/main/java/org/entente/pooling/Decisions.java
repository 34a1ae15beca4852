package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Closes ballots at their hour, and lets what was adopted take effect by itself on its day, each exactly once. */
@Component
class Decisions {

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);
    private static final Author DECISIONS = Author.system("decisions");

    private record Due(
            UUID ballot,
            String kind,
            @Nullable UUID costKey,
            @Nullable UUID agreement,
            @Nullable String service,
            @Nullable Integer year,
            LocalDate effectiveOn,
            String question) {}

    private final JdbcClient jdbc;
    private final Ballots ballots;
    private final Keys keys;
    private final Agreements agreements;
    private final Budget budget;
    private final KeyWords words;
    private final Ledger ledger;
    private final TransactionOperations transaction;
    private final Clock clock;

    Decisions(
            JdbcClient jdbc,
            Ballots ballots,
            Keys keys,
            Agreements agreements,
            Budget budget,
            KeyWords words,
            Ledger ledger,
            TransactionOperations transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.ballots = ballots;
        this.keys = keys;
        this.agreements = agreements;
        this.budget = budget;
        this.words = words;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${entente.decisions.every:3s}")
    @SchedulerLock(name = "pooling-decisions", lockAtMostFor = "5m")
    public void run() {
        for (UUID due : ballots.due()) {
            try {
                ballots.close(due, DECISIONS);
            } catch (Refusal closedByHand) {
                log.debug("Ballot {} was closed meanwhile", due);
            }
        }
        for (UUID ballot : jdbc.sql(
                        "SELECT ballot FROM pooling.effect WHERE state = 'waiting' AND effective_on <= ? ORDER BY effective_on, ballot")
                .param(LocalDate.now(clock))
                .query(UUID.class)
                .list()) {
            takeEffect(ballot);
        }
    }

    /** What failed is tried once more. */
    void retry(UUID ballot, Author by) {
        transaction.executeWithoutResult(status -> {
            int waiting = jdbc.sql(
                            "UPDATE pooling.effect SET state = 'waiting', error = NULL WHERE ballot = ? AND state = 'failed'")
                    .param(ballot)
                    .update();
            if (waiting == 0) {
                throw Refusal.conflict("pooling.effect.not-failed");
            }
            ledger.record(new Entry(
                    by, "decision.retried", null, "ballot", ballot.toString(), question(ballot), Map.of(), Map.of()));
        });
        run();
    }

    private void takeEffect(UUID ballot) {
        try {
            transaction.executeWithoutResult(status -> {
                List<Due> locked = jdbc.sql("""
                        SELECT e.ballot, e.kind, e.cost_key, e.agreement, e.service, e.year, e.effective_on, b.question
                        FROM pooling.effect e JOIN pooling.ballot b ON b.id = e.ballot
                        WHERE e.ballot = ? AND e.state = 'waiting' FOR UPDATE OF e SKIP LOCKED
                        """).param(ballot).query(Due.class).list();
                locked.forEach(this::bringAbout);
            });
        } catch (Refusal refused) {
            String error = words.refusal(refused, Locale.FRENCH);
            transaction.executeWithoutResult(status -> {
                jdbc.sql("UPDATE pooling.effect SET state = 'failed', error = ? WHERE ballot = ? AND state = 'waiting'")
                        .params(error, ballot)
                        .update();
                ledger.record(new Entry(
                        DECISIONS,
                        "decision.failed",
                        null,
                        "ballot",
                        ballot.toString(),
                        question(ballot),
                        Map.of(),
                        Map.of("error", error)));
            });
        }
    }

    private void bringAbout(Due due) {
        UUID agreement = due.agreement();
        switch (due.kind()) {
            case "key" -> {
                UUID key = java.util.Objects.requireNonNull(due.costKey());
                if (keys.get(key).status().equals("draft")) {
                    keys.adopt(key, DECISIONS);
                }
                if (agreement != null) {
                    agreements.amendFrom(
                            agreement,
                            due.effectiveOn(),
                            due.question(),
                            terms -> new Terms(
                                    terms.title(),
                                    terms.endsOn(),
                                    terms.noticeMonths(),
                                    terms.renewal(),
                                    key,
                                    terms.services()),
                            DECISIONS);
                }
            }
            case "agreement" -> agreements.adopt(java.util.Objects.requireNonNull(agreement), DECISIONS);
            case "budget" -> budget.adopt(java.util.Objects.requireNonNull(due.year()), DECISIONS);
            case "service" ->
                agreements.amendFrom(
                        java.util.Objects.requireNonNull(agreement),
                        due.effectiveOn(),
                        due.question(),
                        terms -> with(terms, java.util.Objects.requireNonNull(due.service())),
                        DECISIONS);
            default -> throw new IllegalStateException(due.kind());
        }
        jdbc.sql("UPDATE pooling.effect SET state = 'done', done_at = ? WHERE ballot = ?")
                .params(Ballots.at(clock.instant()), due.ballot())
                .update();
        ledger.record(new Entry(
                DECISIONS,
                "decision.took-effect",
                null,
                "ballot",
                due.ballot().toString(),
                due.question(),
                Map.of(),
                Map.of()));
    }

    private static Terms with(Terms terms, String service) {
        List<Terms.AgreedService> services = new ArrayList<>(terms.services());
        if (services.stream().noneMatch(s -> s.service().equals(service))) {
            services.add(new Terms.AgreedService(service, null, null));
        }
        return new Terms(
                terms.title(), terms.endsOn(), terms.noticeMonths(), terms.renewal(), terms.costKey(), services);
    }

    private String question(UUID ballot) {
        return jdbc.sql("SELECT question FROM pooling.ballot WHERE id = ?")
                .param(ballot)
                .query(String.class)
                .optional()
                .orElse("");
    }
}
