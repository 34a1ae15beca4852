package org.entente.directory.changes;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Every night, forgets change sets that nobody computes anew any more. Who changed what stays in the ledger. */
@Component
class ChangeRetention {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Period kept;

    ChangeRetention(JdbcClient jdbc, Clock clock, @Value("${entente.retention.changes:P3M}") Period kept) {
        if (kept.toTotalMonths() < 1 && kept.getDays() < 7) {
            throw new IllegalArgumentException("entente.retention.changes must be a week or more, such as P3M");
        }
        this.jdbc = jdbc;
        this.clock = clock;
        this.kept = kept;
    }

    @Scheduled(cron = "${entente.retention.cron:0 20 3 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "directory-retention", lockAtMostFor = "PT30M")
    void forget() {
        jdbc.sql("DELETE FROM directory.change_set WHERE made_at < ?")
                .param(OffsetDateTime.now(clock).minus(kept))
                .update();
    }
}
