package org.entente.identity.session;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.ChangeSetId;
import org.entente.identity.CapacityCut;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The cut as one statement. It runs after the affiliations ended in the same transaction, so {@code live} already says no: whoever has
 * no other capacity left is signed out, whoever has must choose.
 */
@Component
class SqlCapacityCut implements CapacityCut {

    private final JdbcClient jdbc;
    private final Clock clock;

    SqlCapacityCut(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Cut> cutEndedIn(ChangeSetId changeSet) {
        return jdbc.sql("""
                        WITH ended AS MATERIALIZED (
                            SELECT c.affiliation, c.person,
                                   EXISTS (SELECT 1 FROM directory.v_affiliation a WHERE a.person = c.person AND a.live) AS elsewhere
                            FROM directory.v_change c WHERE c.change_set = :set AND c.what = 'ended'),
                        gone AS (
                            DELETE FROM identity.session s USING (SELECT DISTINCT person FROM ended WHERE NOT elsewhere) e
                            WHERE s.person = e.person RETURNING s.acting),
                        lost AS (
                            UPDATE identity.session s SET acting = NULL FROM ended e
                            WHERE s.acting = e.affiliation AND e.elsewhere RETURNING e.affiliation),
                        revoked AS (
                            UPDATE identity.app_password w SET revoked_at = :now, revoked_by = 'cut' FROM ended e
                            WHERE w.capacity = e.affiliation AND w.revoked_at IS NULL RETURNING w.capacity)
                        SELECT e.affiliation, coalesce(s.sessions, 0) AS sessions, coalesce(w.passwords, 0) AS passwords
                        FROM ended e
                        LEFT JOIN (SELECT affiliation, count(*) AS sessions
                                   FROM (SELECT acting AS affiliation FROM gone UNION ALL SELECT affiliation FROM lost) x
                                   GROUP BY affiliation) s ON s.affiliation = e.affiliation
                        LEFT JOIN (SELECT capacity, count(*) AS passwords FROM revoked GROUP BY capacity) w ON w.capacity = e.affiliation""")
                .param("set", changeSet.value())
                .param("now", SessionStore.at(clock.instant()))
                .query((row, number) -> new Cut(
                        new AffiliationId(row.getObject("affiliation", UUID.class)),
                        row.getInt("sessions"),
                        row.getInt("passwords")))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int restore(AffiliationId capacity) {
        return jdbc.sql("""
                        UPDATE identity.app_password SET revoked_at = NULL, revoked_by = NULL
                        WHERE capacity = ? AND revoked_by = 'cut'""").param(capacity.value()).update();
    }
}
