package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Collects what every source counted and keeps it as daily facts and sums of months. A source that fails keeps none of the others. */
@Component
class UsageKeeper {

    private static final Logger log = LoggerFactory.getLogger(UsageKeeper.class);

    private final List<UsageSource> sources;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final ZoneId zone;

    UsageKeeper(
            List<UsageSource> sources,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.sources = sources;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
    }

    @Scheduled(initialDelayString = "${entente.usage.first:1m}", fixedDelayString = "${entente.usage.every:15m}")
    @SchedulerLock(name = "pooling-usage", lockAtMostFor = "10m")
    public void collect() {
        LocalDate today = LocalDate.now(clock.withZone(zone));
        for (UsageSource source : sources) {
            try {
                keep(today.minusDays(1), source.measure(today.minusDays(1)));
                keep(today, source.measure(today));
            } catch (RuntimeException failure) {
                log.warn(
                        "{} could not say what was used; it is asked again later",
                        source.getClass().getSimpleName(),
                        failure);
            }
        }
        addUp(today.minusDays(1), today);
    }

    void keep(LocalDate day, List<UsageSource.Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> jdbc.sql("""
                INSERT INTO pooling.usage_fact (day, member, service, metric, value)
                SELECT ?, f.member, f.service, f.metric, f.value
                FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[]) AS f (member, service, metric, value)
                ON CONFLICT (day, member, service, metric) DO UPDATE
                SET value = CASE WHEN excluded.metric = ANY (?::text[]) THEN greatest(usage_fact.value, excluded.value) ELSE excluded.value END
                """)
                .params(
                        day,
                        facts.stream().map(f -> f.member().toString()).toArray(String[]::new),
                        facts.stream().map(UsageSource.Fact::service).toArray(String[]::new),
                        facts.stream().map(f -> f.metric().code()).toArray(String[]::new),
                        facts.stream().map(UsageSource.Fact::value).toArray(Long[]::new),
                        facts.stream()
                                .map(UsageSource.Fact::metric)
                                .filter(UsageSource.Metric::growsOverTheDay)
                                .map(UsageSource.Metric::code)
                                .distinct()
                                .toArray(String[]::new))
                .update());
    }

    void addUp(LocalDate since, LocalDate until) {
        jdbc.sql("SELECT pooling.add_up(?, ?)")
                .params(since, until)
                .query((row, n) -> 0)
                .list();
    }
}
