package org.entente.files;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Every night, space by space: empties the bin of what lies in it long enough, and thins out versions as they grow old. */
@Component
class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    /** Of versions older than a day the last of each day stays, of those older than a month the last of each month. */
    private static final String THIN = """
            WITH ranked AS (
                SELECT v.id, v.made_at, row_number() OVER (PARTITION BY v.node,
                    date_trunc(CASE WHEN v.made_at < :month THEN 'month' ELSE 'day' END, v.made_at, 'Europe/Paris') ORDER BY v.made_at DESC, v.id DESC) AS place
                FROM files.version v JOIN files.node n ON n.id = v.node WHERE n.space = :space AND v.made_at < :day)
            DELETE FROM files.version v USING ranked r WHERE r.id = v.id AND r.place > 1 RETURNING v.content, v.size""";

    private final JdbcClient jdbc;
    private final Turn turns;
    private final Eraser eraser;
    private final Contents contents;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration bin;
    private final Duration gone;

    Housekeeping(
            JdbcClient jdbc,
            Turn turns,
            Eraser eraser,
            Contents contents,
            TransactionOperations transaction,
            Clock clock,
            @Value("${entente.files.bin:30d}") Duration bin,
            @Value("${entente.files.changes:90d}") Duration gone) {
        this.jdbc = jdbc;
        this.turns = turns;
        this.eraser = eraser;
        this.contents = contents;
        this.transaction = transaction;
        this.clock = clock;
        this.bin = bin;
        this.gone = gone;
    }

    @Scheduled(cron = "${entente.files.cron:0 40 3 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "files-housekeeping", lockAtMostFor = "PT2H")
    public void tidy() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("DELETE FROM files.lock WHERE expires_at < ?").param(now).update();
        spaces("""
                        SELECT DISTINCT space FROM files.node WHERE trashed_at < ?""", now.minus(bin)).forEach(space -> each(space, () -> empty(space, now.minus(bin))));
        spaces("""
                        SELECT DISTINCT n.space FROM files.version v JOIN files.node n ON n.id = v.node WHERE v.made_at < ?""", now.minusDays(1)).forEach(space -> each(space, () -> thin(space, now)));
        spaces("""
                        SELECT DISTINCT n.space FROM files.gone g JOIN files.node n ON n.id = g.parent WHERE g.at < ?""", now.minus(gone)).forEach(space -> each(space, () -> forget(space, now.minus(gone))));
    }

    /** One space that cannot be tidied keeps no other from it. */
    private void each(SpaceId space, Runnable tidying) {
        try {
            transaction.executeWithoutResult(status -> tidying.run());
        } catch (RuntimeException e) {
            log.error("Space {} was not tidied", space, e);
        }
    }

    private List<SpaceId> spaces(String sql, OffsetDateTime before) {
        return jdbc.sql(sql).param(before).query(UUID.class).list().stream()
                .map(SpaceId::new)
                .toList();
    }

    private void empty(SpaceId space, OffsetDateTime before) {
        Turn.Taken turn = turns.take(space);
        eraser.erase(turn, eraser.bin(space, before));
    }

    private void thin(SpaceId space, OffsetDateTime now) {
        Turn.Taken turn = turns.take(space);
        long[] bytes = {0};
        List<ContentId> free = jdbc.sql(THIN)
                .param("space", space.value())
                .param("day", now.minusDays(1))
                .param("month", now.minusDays(30))
                .query((row, n) -> {
                    bytes[0] += row.getLong("size");
                    return new ContentId(row.getObject("content", UUID.class));
                })
                .list();
        turns.charge(turn, -bytes[0]);
        contents.release(free);
    }

    /** Who last asked before that reads the folder anew. */
    private void forget(SpaceId space, OffsetDateTime before) {
        jdbc.sql("""
                        WITH old AS (DELETE FROM files.gone g USING files.node n WHERE n.id = g.parent AND n.space = :space AND g.at < :before RETURNING g.seq)
                        UPDATE files.space SET oldest_seq = greatest(oldest_seq, (SELECT max(seq) FROM old)) WHERE id = :space AND EXISTS (SELECT FROM old)""").param("space", space.value()).param("before", before).update();
    }
}
