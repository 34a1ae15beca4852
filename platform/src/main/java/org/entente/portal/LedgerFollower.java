package org.entente.portal;

import java.time.Clock;
import java.time.OffsetDateTime;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns acts of the ledger into notices for those whom they concern. The ledger's positions have no gaps and no latecomers, so each
 * act is told exactly once, whatever crashes. Acts of one kind for one person within some minutes share one notice.
 */
@Component
class LedgerFollower {

    /**
     * Which act is told to whom: to its author, to the person it is about, to the member's admins, to those of the other
     * members that somebody is with, to whoever asked for the departure,
     * to those whom the pooling says it concerns, or to those whom a comment names. The link may name
     * the member, the subject where that is its own id, or the file it is about.
     */
    private static final String FOLLOWED = """
            (VALUES ('import.applied', 'author', '/members/{member}/imports'),
                    ('import.failed', 'author', '/members/{member}/imports'),
                    ('certificate.signed', 'asker', '/members/{member}/departures'),
                    ('account.failing', 'admins', '/members/{member}/people/failing'),
                    ('ldap.waiting', 'admins', '/members/{member}/imports/{subject}'),
                    ('ldap.failed', 'admins', '/members/{member}/imports/ldap'),
                    ('scim-unit.unknown', 'admins', '/members/{member}/settings'),
                    ('person.changed-elsewhere', 'admins', '/members/{member}/people/{subject}'),
                    ('affiliation.started', 'others', '/directory'),
                    ('person.link-issued', 'subject', '/account'),
                    ('app-password.made', 'author', '/account/app-passwords'),
                    ('antivirus.found', 'admins', '/members/{member}/quarantine'),
                    ('antivirus.withheld', 'subject', '/files'),
                    ('antivirus.unscanned', 'subject', '/files'),
                    ('meeting.convened', 'concerned', '/pooling/meetings/{subject}'),
                    ('meeting.moved', 'concerned', '/pooling/meetings/{subject}'),
                    ('meeting.cancelled', 'concerned', '/pooling/meetings/{subject}'),
                    ('file-comment.named', 'named', '/files/about/{node}'),
                    ('ballot.opened', 'concerned', '/pooling/votes'),
                    ('request.answered', 'concerned', '/pooling/requests/{subject}'),
                    ('request.taken-back', 'concerned', '/pooling/requests/{subject}')) AS f (act, audience, link)
            """;

    private static final String TELL = """
            WITH act AS MATERIALIZED (
                SELECT e.*, f.audience, f.link FROM audit.v_entry e JOIN %s ON f.act = e.act
                WHERE e.position > :after AND e.position <= :upto),
            told AS (
                SELECT a.*, CASE a.audience
                    WHEN 'author' THEN ARRAY[a.person]
                    WHEN 'subject' THEN ARRAY(SELECT p.id FROM directory.v_person p WHERE p.id::text = a.subject)
                    WHEN 'concerned' THEN ARRAY(SELECT c.person FROM pooling.v_concerned c WHERE c.subject = a.subject)
                    WHEN 'named' THEN ARRAY(SELECT n.person FROM files.v_mention n WHERE n.comment::text = a.subject AND n.person IS DISTINCT FROM a.person)
                    WHEN 'admins' THEN ARRAY(SELECT DISTINCT l.person FROM directory.v_role_grant g
                        JOIN directory.v_affiliation l ON l.id = g.affiliation AND l.live
                        WHERE l.member = a.member AND g.role = 'member_admin')
                    WHEN 'others' THEN ARRAY(SELECT DISTINCT l.person FROM directory.v_affiliation j
                        JOIN directory.v_affiliation o ON o.person = j.person AND o.member <> j.member AND o.live
                        JOIN directory.v_affiliation l ON l.member = o.member AND l.live
                        JOIN directory.v_role_grant g ON g.affiliation = l.id AND g.role = 'member_admin'
                        WHERE j.id = CASE WHEN a.subject ~ '^[0-9a-f-]{36}$' THEN a.subject::uuid END AND l.person IS DISTINCT FROM a.person AND NOT EXISTS (
                            SELECT FROM directory.v_affiliation b WHERE b.person = j.person AND b.member = j.member AND b.live AND b.id <> j.id))
                    WHEN 'asker' THEN ARRAY(SELECT b.person FROM audit.v_entry b WHERE b.subject = a.subject AND b.person IS NOT NULL ORDER BY b.id LIMIT 1)
                    END AS readers
                FROM act a),
            fresh AS MATERIALIZED (
                SELECT reader AS person, act AS kind, replace(replace(replace(link, '{member}', coalesce(member::text, '')), '{subject}', coalesce(subject, '')), '{node}', CASE WHEN strpos(link, '{node}') > 0 THEN coalesce(after::jsonb ->> 'node', '') ELSE '' END) AS link, count(*) AS count,
                       (array_agg(subject_label ORDER BY position DESC))[1] AS label, (array_agg(author ORDER BY position DESC))[1] AS author
                FROM told, unnest(readers) reader WHERE reader IS NOT NULL GROUP BY 1, 2, 3),
            grown AS (
                UPDATE portal.notice n SET at = :now, facts = jsonb_build_object('subject', f.label, 'author', f.author,
                    'count', coalesce((n.facts ->> 'count')::bigint, 1) + f.count)
                FROM fresh f WHERE n.person = f.person AND n.kind = f.kind AND n.link = f.link AND n.read_at IS NULL AND n.at > :recent
                RETURNING n.person, n.kind, n.link)
            INSERT INTO portal.notice (person, kind, facts, link, at)
            SELECT person, kind, jsonb_build_object('subject', label, 'author', author, 'count', count), link, :now FROM fresh f
            WHERE NOT EXISTS (SELECT FROM grown g WHERE g.person = f.person AND g.kind = f.kind AND g.link = f.link)
            """.formatted(FOLLOWED);

    private static final int TOGETHER_MINUTES = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    LedgerFollower(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${entente.notices.every:5s}", fixedDelayString = "${entente.notices.every:5s}")
    @SchedulerLock(name = "portal-ledger", lockAtMostFor = "PT2M")
    @Transactional
    public void tell() {
        long after = jdbc.sql("SELECT position FROM portal.followed FOR UPDATE")
                .query(Long.class)
                .single();
        long upto = jdbc.sql(
                        "SELECT position FROM audit.v_entry WHERE position > :after ORDER BY position DESC LIMIT 1")
                .param("after", after)
                .query(Long.class)
                .optional()
                .orElse(after);
        if (upto == after) {
            return;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql(TELL)
                .param("after", after)
                .param("upto", upto)
                .param("now", now)
                .param("recent", now.minusMinutes(TOGETHER_MINUTES))
                .update();
        jdbc.sql("UPDATE portal.followed SET position = :upto")
                .param("upto", upto)
                .update();
    }
}
