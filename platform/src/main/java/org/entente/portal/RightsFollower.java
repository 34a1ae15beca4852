package org.entente.portal;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.access.EntitlementsChanged;
import org.entente.base.Bulk;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells persons which services and capacities came and went. The computation of rights only leaves a mark in its transaction; a few
 * seconds later all marks are told together, in one statement, one notice a person: an import of 30,000 costs the import nothing
 * and nobody gets a flood.
 */
@Component
class RightsFollower {

    /** Up to this many changes, looking each up is cheaper than reading everybody. */
    private static final int FEW = 500;

    private static final String TELL = """
            WITH scope AS MATERIALIZED (
                SELECT c.person FROM directory.v_change c WHERE c.change_set = ANY (:sets::uuid[])
                UNION SELECT a.person FROM directory.v_affiliation a WHERE :everyone OR a.member = ANY (:members::uuid[])),
            has AS MATERIALIZED (SELECT DISTINCT e.person, e.service FROM access.v_entitlement e JOIN scope USING (person)),
            gained AS (
                INSERT INTO portal.known_service (person, service) SELECT person, service FROM has
                ON CONFLICT DO NOTHING RETURNING person, service),
            lost AS (
                DELETE FROM portal.known_service k USING scope s
                WHERE k.person = s.person AND NOT EXISTS (SELECT FROM has h WHERE h.person = k.person AND h.service = k.service)
                RETURNING k.person, k.service),
            moved AS (
                SELECT c.person, CASE c.what WHEN 'ended' THEN 'ended' ELSE 'started' END AS what, a.function || ', ' || m.name AS label
                FROM directory.v_change c JOIN directory.v_affiliation a ON a.id = c.affiliation JOIN directory.v_member m ON m.id = a.member
                WHERE c.change_set = ANY (:untold::uuid[]) AND c.what IN ('started', 'ended', 'reopened')),
            fact (person, what, fact) AS (
                SELECT person, 'gained', service FROM gained UNION ALL SELECT person, 'lost', service FROM lost
                UNION ALL SELECT person, what, label FROM moved)
            INSERT INTO portal.notice (person, kind, facts, link, at)
            SELECT f.person,
                   CASE WHEN bool_or(what = 'started') AND bool_or(what = 'ended') THEN 'capacity.moved'
                        WHEN bool_or(what = 'started') THEN 'capacity.started'
                        WHEN bool_or(what = 'ended') THEN 'capacity.ended' ELSE 'services' END,
                   jsonb_strip_nulls(jsonb_build_object('started', array_agg(fact) FILTER (WHERE what = 'started'), 'ended', array_agg(fact) FILTER (WHERE what = 'ended'),
                       'gained', array_agg(fact) FILTER (WHERE what = 'gained'), 'lost', array_agg(fact) FILTER (WHERE what = 'lost'))),
                   '/', :now
            FROM fact f WHERE EXISTS (SELECT FROM directory.v_affiliation a WHERE a.person = f.person AND a.live)
            GROUP BY f.person
            """;

    private record Mark(
            long id, @Nullable UUID changeSet, @Nullable UUID member, boolean told) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    RightsFollower(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    public void entitlementsChanged(EntitlementsChanged change) {
        ChangeSetId set = change.changeSet();
        MemberId member = change.member();
        jdbc.sql("""
                INSERT INTO portal.stirred (change_set, member, at) VALUES (:set, :member, :now)
                ON CONFLICT (change_set) DO UPDATE SET waiting = true
                """)
                .param("set", set == null ? null : set.value())
                .param("member", member == null ? null : member.value())
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    /** What was left to tell, all together. */
    @Scheduled(initialDelayString = "${entente.notices.every:5s}", fixedDelayString = "${entente.notices.every:5s}")
    @SchedulerLock(name = "portal-rights", lockAtMostFor = "PT2M")
    @Transactional
    public void tell() {
        List<Mark> marks = jdbc.sql(
                        "SELECT id, change_set, member, told FROM portal.stirred WHERE waiting ORDER BY id LIMIT 1000 FOR UPDATE")
                .query(Mark.class)
                .list();
        if (marks.isEmpty()) {
            return;
        }
        Bulk.run(
                jdbc,
                many(marks),
                () -> jdbc.sql(TELL)
                        .param("sets", ids(marks.stream().map(Mark::changeSet)))
                        .param(
                                "untold",
                                ids(marks.stream().filter(mark -> !mark.told()).map(Mark::changeSet)))
                        .param("members", ids(marks.stream().map(Mark::member)))
                        .param(
                                "everyone",
                                marks.stream().anyMatch(mark -> mark.changeSet() == null && mark.member() == null))
                        .param("now", OffsetDateTime.now(clock))
                        .update());
        jdbc.sql("UPDATE portal.stirred SET waiting = false, told = true WHERE id = ANY (:ids)")
                .param("ids", marks.stream().map(Mark::id).toArray(Long[]::new))
                .update();
    }

    private boolean many(List<Mark> marks) {
        return marks.stream().anyMatch(mark -> mark.changeSet() == null)
                || jdbc.sql("SELECT count(*) FROM directory.v_change WHERE change_set = ANY (?::uuid[])")
                                .param(ids(marks.stream().map(Mark::changeSet)))
                                .query(Long.class)
                                .single()
                        > FEW;
    }

    private static String[] ids(Stream<@Nullable UUID> ids) {
        return ids.filter(Objects::nonNull).map(Objects::toString).toArray(String[]::new);
    }
}
