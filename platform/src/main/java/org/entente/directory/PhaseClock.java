package org.entente.directory;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.directory.changes.ChangeSets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A date that passes starts and ends affiliations. The phase is moved by the statement that finds the row, so each start and
 * each end is told exactly once, whatever the number of nodes and however late the clock is.
 */
@Component
class PhaseClock {

    private static final Author CLOCK = Author.system("clock");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ChangeSets changes;
    private final Trace trace;

    PhaseClock(JdbcClient jdbc, Clock clock, ChangeSets changes, Trace trace) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.changes = changes;
        this.trace = trace;
    }

    /** The lock only spares work, so it is short: whoever dies while holding it delays ends by no more. */
    @Scheduled(fixedDelayString = "${entente.directory.clock.every:PT1S}")
    @SchedulerLock(name = "directory-clock", lockAtMostFor = "PT15S")
    @Transactional
    public void tick() {
        OffsetDateTime now = Sql.at(clock.instant().truncatedTo(ChronoUnit.MICROS));
        List<UUID> ended = move("""
                UPDATE directory.affiliation SET phase = 'ended', end_reason = coalesce(end_reason, 'term'), version = version + 1
                WHERE phase IN ('planned', 'current') AND valid_until <= ? RETURNING id""", now);
        List<UUID> started = move("""
                UPDATE directory.affiliation SET phase = 'current', version = version + 1
                WHERE phase = 'planned' AND valid_from <= ? RETURNING id""", now);
        if (ended.isEmpty() && started.isEmpty()) {
            return;
        }
        trace.affiliations("affiliation.ended", ended, CLOCK);
        trace.affiliations("affiliation.started", started, CLOCK);
        ChangeSetId set = changes.open("clock", CLOCK);
        changes.add(set, ended, "ended");
        changes.add(set, started, "started");
        changes.tell(set);
    }

    private List<UUID> move(String sql, @org.jspecify.annotations.Nullable OffsetDateTime now) {
        return jdbc.sql(sql).param(now).query(UUID.class).list();
    }
}
