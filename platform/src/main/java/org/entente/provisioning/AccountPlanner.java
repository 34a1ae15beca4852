package org.entente.provisioning;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.entente.access.EntitlementsChanged;
import org.entente.base.Bulk;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans accounts from entitlements, in the transaction that changed them and whatever their number in two statements: one puts
 * the people concerned in a row, so that plans of one person follow one another; one writes the difference. An account that ends
 * is a cut, and so is one of a whole person whose capacity gives an application less: both have a lane of their own.
 */
@Component
class AccountPlanner {

    /** Up to this many people, looking each up is cheaper than reading everybody. */
    private static final int FEW = 300;

    private static final String QUEUE = """
            INSERT INTO provisioning.person AS p (person, revision)
            SELECT person, 1 FROM (%s) AS concerned GROUP BY person ORDER BY person
            ON CONFLICT (person) DO UPDATE SET revision = p.revision + 1""";

    private static final String PLAN = """
            WITH concerned AS MATERIALIZED (
                SELECT p.person, p.revision FROM provisioning.person p WHERE p.person IN (%1$s)),
            capacity AS MATERIALIZED (
                SELECT v.person, v.affiliation, v.card FROM provisioning.v_capacity v
                WHERE v.current AND v.person %2$s),
            whole AS (
                SELECT c.person, jsonb_agg(c.card ORDER BY c.affiliation)::text AS cards FROM capacity c GROUP BY c.person),
            entitled AS (
                SELECT e.person, e.affiliation, e.member, e.service, array_agg(e.role ORDER BY e.role) AS roles
                FROM access.v_entitlement e WHERE e.person %2$s
                GROUP BY e.person, e.affiliation, e.member, e.service),
            wanted AS MATERIALIZED (
                SELECT e.*, s.connector,
                    CASE WHEN s.connector = ANY (:wholes::text[]) THEN ARRAY(SELECT jsonb_object_keys(c.card->'services')) END AS gives,
                    md5(concat_ws(chr(31), d.given_name, d.usual_name, d.language, e.roles::text,
                    CASE WHEN s.connector = ANY (:wholes::text[]) THEN w.cards ELSE (c.card - 'services')::text END)) AS content
                FROM entitled e
                JOIN catalog.v_service s ON s.id = e.service AND s.connector IS NOT NULL
                JOIN capacity c ON c.affiliation = e.affiliation
                JOIN whole w ON w.person = e.person
                JOIN directory.v_person d ON d.id = e.person),
            up AS (
                INSERT INTO provisioning.account AS t (service, connector, affiliation, person, member, desired, roles, gives, content, revision,
                    since, next_attempt_at)
                SELECT w.service, w.connector, w.affiliation, w.person, w.member, 'active', w.roles, w.gives, w.content, q.revision, :now, :now
                FROM wanted w JOIN concerned q ON q.person = w.person
                WHERE NOT EXISTS (SELECT FROM provisioning.account a WHERE a.service = w.service AND a.affiliation = w.affiliation
                    AND a.desired = 'active' AND a.content = w.content AND a.connector = w.connector)
                ON CONFLICT (service, affiliation) DO UPDATE
                SET (connector, desired, roles, gives, content, revision, urgent, attempts, next_attempt_at, error)
                    = (EXCLUDED.connector, 'active', EXCLUDED.roles, EXCLUDED.gives, EXCLUDED.content, EXCLUDED.revision,
                        t.desired = 'active' AND (NOT coalesce(t.gives <@ EXCLUDED.gives, true) OR (t.urgent AND t.revision > t.applied)),
                        0, EXCLUDED.next_attempt_at, NULL)
                RETURNING t.service, t.urgent),
            down AS (
                UPDATE provisioning.account a
                SET desired = 'suspended', content = '', revision = q.revision, urgent = true, attempts = 0, next_attempt_at = :now, error = NULL
                FROM concerned q WHERE a.person = q.person AND a.desired = 'active'
                    AND NOT EXISTS (SELECT FROM wanted w WHERE w.service = a.service AND w.affiliation = a.affiliation)
                RETURNING a.service, true AS urgent)
            SELECT DISTINCT service, urgent FROM (SELECT * FROM up UNION ALL SELECT * FROM down) AS planned""";

    private static final String OF_CHANGE_SET = "SELECT c.person FROM directory.v_change c WHERE c.change_set = :scope";
    private static final String OF_MEMBER = """
            SELECT a.person FROM directory.v_affiliation a WHERE a.member = :scope AND a.phase = 'current'
            UNION SELECT person FROM provisioning.account WHERE member = :scope""";
    private static final String OF_ALL =
            "SELECT person FROM access.v_entitlement UNION SELECT person FROM provisioning.account";

    private final JdbcClient jdbc;
    private final Connectors connectors;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    AccountPlanner(JdbcClient jdbc, Connectors connectors, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.connectors = connectors;
        this.clock = clock;
        this.events = events;
    }

    /** Accounts of this service have to be brought to their engine; {@code urgent} when some are to be cut. */
    record AccountsPlanned(String service, boolean urgent) {}

    @EventListener
    @Transactional
    public void entitlementsChanged(EntitlementsChanged change) {
        ChangeSetId changeSet = change.changeSet();
        MemberId member = change.member();
        if (changeSet != null) {
            plan(OF_CHANGE_SET, changeSet.value());
        } else if (member != null) {
            plan(OF_MEMBER, member.value());
        } else {
            planAll();
        }
    }

    /** Plans everybody anew; changes nothing where the plan stands. */
    @Transactional
    public void planAll() {
        plan(OF_ALL, null);
    }

    private void plan(String scope, @Nullable UUID id) {
        int people = jdbc.sql(QUEUE.formatted(scope)).param("scope", id).update();
        boolean many = people > FEW;
        String theirs = many ? "IN (SELECT person FROM concerned)" : "= ANY (ARRAY(SELECT person FROM concerned))";
        List<AccountsPlanned> planned = Bulk.run(
                jdbc,
                many,
                () -> jdbc.sql(PLAN.formatted(scope, theirs))
                        .param("scope", id)
                        .param("wholes", connectors.ofWholePersons())
                        .param("now", OffsetDateTime.now(clock))
                        .query(AccountsPlanned.class)
                        .list());
        planned.forEach(events::publishEvent);
    }
}
