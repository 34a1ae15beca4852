package org.entente.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Every night, forgets what the portal need not know any longer. The ledger is not the portal's: it is kept. */
@Component
@EnableConfigurationProperties(Retention.Periods.class)
class Retention {

    /**
     * How long things are kept; docs/operators/ledger.md says why.
     *
     * @param notices from the day they were made, read or not
     * @param openings use counted per day and member, the base of shared costs
     */
    @ConfigurationProperties("entente.retention")
    record Periods(
            @DefaultValue("P6M") Period notices,
            @DefaultValue("P5Y") Period openings) {

        Periods {
            if (notices.toTotalMonths() < 1 && notices.getDays() < 1) {
                throw new IllegalArgumentException("entente.retention.notices must be a day or more, such as P6M");
            }
            if (openings.toTotalMonths() < 1) {
                throw new IllegalArgumentException("entente.retention.openings must be a month or more, such as P5Y");
            }
        }
    }

    private final JdbcClient jdbc;
    private final Periods periods;
    private final Clock clock;

    Retention(JdbcClient jdbc, Periods periods, Clock clock) {
        this.jdbc = jdbc;
        this.periods = periods;
        this.clock = clock;
    }

    @Scheduled(cron = "${entente.retention.cron:0 20 3 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "portal-retention", lockAtMostFor = "PT30M")
    @Transactional
    public void forget() {
        jdbc.sql("DELETE FROM portal.notice WHERE at < :before")
                .param("before", OffsetDateTime.now(clock).minus(periods.notices()))
                .update();
        jdbc.sql("DELETE FROM portal.opening WHERE day < :before")
                .param("before", LocalDate.now(clock).minus(periods.openings()))
                .update();
        // Marks that were told long ago; a change set is not computed anew after a day.
        jdbc.sql("DELETE FROM portal.stirred WHERE NOT waiting AND at < :before")
                .param("before", OffsetDateTime.now(clock).minusDays(1))
                .update();
        jdbc.sql(
                        "DELETE FROM portal.known_service k WHERE NOT EXISTS (SELECT FROM directory.v_person p WHERE p.id = k.person)")
                .update();
    }
}
