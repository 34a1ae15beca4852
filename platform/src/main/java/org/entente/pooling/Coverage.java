package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.access.SubscriptionRule;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Words;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Subscriptions stand under agreements: a service that is shared by agreement is taken only by its parties, and a subscription ends the
 * day after nothing covers it any more. Services in no agreement are free.
 */
@Component
class Coverage implements SubscriptionRule {

    private static final Logger log = LoggerFactory.getLogger(Coverage.class);

    /** @param withinNotice whether the agreement's notice is kept; said as a warning, not refused */
    record EndPreview(LocalDate until, boolean withinNotice, List<Loss> losses, List<String> budgetLines) {}

    record Loss(UUID member, String name, String service, Words serviceName, int people) {}

    private final JdbcClient jdbc;
    private final AgreementReader reader;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final Clock clock;

    Coverage(JdbcClient jdbc, AgreementReader reader, Catalog catalog, Subscriptions subscriptions, Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public void check(MemberId member, org.entente.catalog.Service service) {
        List<UUID> covered = jdbc.sql("SELECT member FROM pooling.cover_at(?) WHERE service = ?")
                .params(LocalDate.now(clock), service.id())
                .query(UUID.class)
                .list();
        if (!covered.isEmpty() && !covered.contains(member.value())) {
            throw Refusal.conflict(
                    "pooling.subscription.no-agreement", service.name().fr());
        }
    }

    /** Who would lose what if the agreement ended, or if one party left it, at the end of {@code until}. */
    EndPreview preview(UUID agreement, @Nullable UUID party, LocalDate until) {
        AgreementReader.Agreement ending = reader.get(agreement);
        Texts.requiredDay("until", until);
        List<Loss> losses = jdbc.sql("""
                SELECT c.member, m.name, c.service, count(DISTINCT e.person)::int AS people
                FROM pooling.cover_at(:until) c
                JOIN directory.v_member m ON m.id = c.member
                JOIN access.v_subscription s ON s.member = c.member AND s.service = c.service
                LEFT JOIN access.v_entitlement e ON e.subscription = s.id
                WHERE c.agreement = :agreement AND (:party::uuid IS NULL OR c.member = :party::uuid)
                  AND NOT EXISTS (SELECT FROM pooling.cover_at(:after) o
                                  WHERE o.member = c.member AND o.service = c.service AND o.agreement <> c.agreement)
                GROUP BY c.member, m.name, c.service ORDER BY m.name, c.service
                """)
                .param("until", until)
                .param("after", until.plusDays(1))
                .param("agreement", agreement)
                .param("party", party)
                .query((row, n) -> new Loss(
                        row.getObject("member", UUID.class),
                        row.getString("name"),
                        row.getString("service"),
                        name(row.getString("service")),
                        row.getInt("people")))
                .list();
        List<String> lines = party != null
                ? List.of()
                : jdbc.sql("""
                SELECT label FROM pooling.budget_line WHERE agreement = ? AND first_year + years - 1 > ? ORDER BY label
                """)
                        .params(agreement, until.getYear())
                        .query(String.class)
                        .list();
        boolean withinNotice = !LocalDate.now(clock).isAfter(until.minusMonths(ending.noticeMonths()));
        return new EndPreview(until, withinNotice, losses, lines);
    }

    private record Uncovered(UUID member, String service) {}

    /** Ends what stood under an agreement and stands under none today. */
    @Scheduled(fixedDelayString = "${entente.agreements.every:1m}")
    @SchedulerLock(name = "pooling-coverage", lockAtMostFor = "5m")
    public void endUncovered() {
        LocalDate today = LocalDate.now(clock);
        for (Uncovered over :
                jdbc.sql("""
                SELECT s.member, s.service FROM access.v_subscription s
                WHERE EXISTS (SELECT FROM pooling.party p JOIN pooling.amendment_service a ON a.agreement = p.agreement
                              JOIN pooling.agreement g ON g.id = p.agreement
                              JOIN pooling.terms_at(:today) t ON t.agreement = p.agreement
                              WHERE p.member = s.member AND a.service = s.service AND greatest(p.since, g.starts_on) < :today
                                AND coalesce(least(p.until, t.last_on), 'infinity') >= s.since::date)
                  AND NOT EXISTS (SELECT FROM pooling.cover_at(:today) c WHERE c.member = s.member AND c.service = s.service)
                """).param("today", today).query(Uncovered.class).list()) {
            try {
                subscriptions.unsubscribe(new MemberId(over.member()), over.service(), Author.system("agreements"));
            } catch (Refusal alreadyGone) {
                log.info("{} of {} was given up meanwhile", over.service(), over.member());
            }
        }
    }

    Words name(String service) {
        return catalog.name(service).orElse(new Words(service, service));
    }
}
