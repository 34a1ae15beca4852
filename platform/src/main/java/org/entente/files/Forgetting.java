package org.entente.files;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Every night forgets what was done and opened long ago, what those marked whose capacity has long been over, and invitations that are. */
@Component
class Forgetting {

    private static final String MARKS_OF_OLD = """
            DELETE FROM files.favourite f USING (SELECT capacity FROM (SELECT DISTINCT capacity FROM files.favourite) c
                WHERE NOT EXISTS (SELECT FROM directory.v_affiliation a WHERE a.id = c.capacity AND (a.valid_until IS NULL OR a.valid_until > :before))) old
            WHERE f.capacity = old.capacity""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration activity;

    Forgetting(JdbcClient jdbc, Clock clock, @Value("${entente.files.activity:365d}") Duration activity) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.activity = activity;
    }

    @Scheduled(cron = "${entente.files.forget-cron:0 20 4 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "files-forgetting", lockAtMostFor = "PT2H")
    public void forget() {
        OffsetDateTime before = OffsetDateTime.now(clock).minus(activity);
        jdbc.sql("DELETE FROM files.act WHERE at < ?").param(before).update();
        jdbc.sql("DELETE FROM files.opened WHERE at < ?").param(before).update();
        jdbc.sql("DELETE FROM files.invitation WHERE coalesce(ended_at, until) < ?")
                .param(before)
                .update();
        jdbc.sql(MARKS_OF_OLD).param("before", before).update();
    }
}
