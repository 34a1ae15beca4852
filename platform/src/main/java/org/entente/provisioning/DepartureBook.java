package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.entente.identity.CapacityCut;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a departure of every affiliation that ends, whatever ended it, in the transaction that ends it: what is ours is cut at
 * once, what is an engine's becomes an act to be done. Opened before entitlements are computed, so that it knows what is lost;
 * filled after accounts are planned.
 */
@Component
class DepartureBook {

    private static final String OPEN = """
            INSERT INTO provisioning.departure AS d (affiliation, person, member, state, at, cause, reason, asked_by, asked_at, change_set, cut_at,
                undo_until, person_name, member_name, member_siren, capacity, services)
            SELECT c.affiliation, c.person, c.member, 'cutting', coalesce(a.valid_until, :now), c.cause, '', c.author, :now, c.change_set, :now,
                :undo, p.given_name || ' ' || p.usual_name, m.name, m.siren,
                jsonb_build_object('kind', a.kind, 'function', a.function, 'unit', u.full_name, 'address', a.address, 'from', a.valid_from),
                ARRAY(SELECT DISTINCT e.service FROM access.v_entitlement e WHERE e.affiliation = a.id ORDER BY e.service)
            FROM directory.v_change c
            JOIN directory.v_affiliation a ON a.id = c.affiliation
            JOIN directory.v_person p ON p.id = a.person
            JOIN directory.v_member m ON m.id = a.member
            LEFT JOIN directory.v_unit u ON u.id = a.unit
            WHERE c.change_set = :changeSet AND c.what = 'ended'
            ON CONFLICT (affiliation) WHERE state IN ('scheduled', 'cutting', 'complete') DO UPDATE
                SET (state, at, change_set, cut_at, undo_until, person_name, member_name, member_siren, capacity, services)
                  = ('cutting', EXCLUDED.at, EXCLUDED.change_set, EXCLUDED.cut_at, EXCLUDED.undo_until, EXCLUDED.person_name, EXCLUDED.member_name,
                    EXCLUDED.member_siren, EXCLUDED.capacity, EXCLUDED.services)
                WHERE d.state = 'scheduled'""";

    private static final String OWN_ACTS = """
            INSERT INTO provisioning.departure_act (departure, position, system, state, at, amount)
            SELECT d.id, s.position, s.system, 'done', :now, CASE s.system WHEN 'entitlements' THEN cardinality(d.services)
                WHEN 'portal-sessions' THEN coalesce(c.sessions, 0) ELSE coalesce(c.passwords, 0) END
            FROM provisioning.departure d
            LEFT JOIN unnest(:capacities::uuid[], :sessions::int[], :passwords::int[]) AS c(capacity, sessions, passwords) ON c.capacity = d.affiliation
            CROSS JOIN (VALUES (0, 'entitlements'), (1, 'portal-sessions'), (2, 'app-passwords')) AS s(position, system)
            WHERE d.change_set = :changeSet AND d.state = 'cutting'""";

    private static final String LEAVING = """
            SELECT d.affiliation, d.member, d.person, d.person_name, coalesce(d.successor_unit, a.unit) AS unit,
                (SELECT s.id FROM directory.v_affiliation s WHERE s.person = d.successor_person AND s.member = d.member AND s.live AND s.id <> d.affiliation
                    ORDER BY s.valid_from, s.id LIMIT 1) AS successor
            FROM provisioning.departure d JOIN directory.v_affiliation a ON a.id = d.affiliation
            WHERE d.change_set = ? AND d.state = 'cutting'""";

    private static final String STEP_ACTS = """
            INSERT INTO provisioning.departure_act (departure, position, system, state, at, amount)
            SELECT d.id, :position, :system, 'done', :now, c.amount
            FROM provisioning.departure d JOIN unnest(:capacities::uuid[], :amounts::int[]) AS c(capacity, amount) ON c.capacity = d.affiliation
            WHERE d.change_set = :changeSet AND d.state = 'cutting'""";

    /** After those of engines. */
    private static final int FIRST_STEP = 1000;

    private static final String ENGINE_ACTS = """
            INSERT INTO provisioning.departure_act (departure, position, system, account, state)
            SELECT d.id, 2 + row_number() OVER (PARTITION BY d.id ORDER BY a.service), a.service, a.id, 'waiting'
            FROM provisioning.departure d JOIN provisioning.account a ON a.affiliation = d.affiliation
            WHERE d.change_set = :changeSet AND d.state = 'cutting' AND a.desired = 'suspended' AND a.revision > a.applied""";

    private final JdbcClient jdbc;
    private final CapacityCut capacityCut;
    private final List<DepartureStep> steps;
    private final DepartureActs acts;
    private final DepartureApps apps;
    private final Ledger ledger;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration undo;

    DepartureBook(
            JdbcClient jdbc,
            CapacityCut capacityCut,
            List<DepartureStep> steps,
            DepartureActs acts,
            DepartureApps apps,
            Ledger ledger,
            JsonMapper json,
            Clock clock,
            @Value("${entente.departures.undo:7d}") Duration undo) {
        this.jdbc = jdbc;
        this.capacityCut = capacityCut;
        this.steps = steps;
        this.acts = acts;
        this.apps = apps;
        this.ledger = ledger;
        this.json = json;
        this.clock = clock;
        this.undo = undo;
    }

    @EventListener
    @Order(-100)
    @Transactional
    public void open(AffiliationsChanged change) {
        jdbc.sql(OPEN)
                .param("changeSet", change.changeSet().value())
                .param("now", now())
                .param("undo", now().plus(undo))
                .update();
        // HR moved or took back the date of a departure that was only planned: the plan follows.
        jdbc.sql("""
                        UPDATE provisioning.departure d
                        SET at = coalesce(a.valid_until, d.at), state = CASE WHEN a.valid_until IS NULL THEN 'cancelled' ELSE d.state END
                        FROM directory.v_change c JOIN directory.v_affiliation a ON a.id = c.affiliation
                        WHERE c.change_set = ? AND c.what = 'changed' AND d.affiliation = a.id AND d.state = 'scheduled'
                            AND a.valid_until IS DISTINCT FROM d.at""").param(change.changeSet().value()).update();
    }

    @EventListener
    @Order(100)
    @Transactional
    public void cut(AffiliationsChanged change) {
        reopened(change.changeSet());
        boolean ended = jdbc.sql(
                        "SELECT EXISTS (SELECT FROM provisioning.departure WHERE change_set = ? AND state = 'cutting')")
                .param(change.changeSet().value())
                .query(Boolean.class)
                .single();
        if (!ended) {
            return;
        }
        List<CapacityCut.Cut> cuts = capacityCut.cutEndedIn(change.changeSet());
        jdbc.sql(OWN_ACTS)
                .param("changeSet", change.changeSet().value())
                .param("now", now())
                .param(
                        "capacities",
                        cuts.stream().map(cut -> cut.capacity().toString()).toArray(String[]::new))
                .param(
                        "sessions",
                        cuts.stream().map(CapacityCut.Cut::portalSessions).toArray(Integer[]::new))
                .param(
                        "passwords",
                        cuts.stream().map(CapacityCut.Cut::appPasswords).toArray(Integer[]::new))
                .update();
        carryOut(change.changeSet());
        apps.keep(change.changeSet());
        jdbc.sql(ENGINE_ACTS).param("changeSet", change.changeSet().value()).update();
        List<Entry> entries = new ArrayList<>(begun(change.changeSet()));
        entries.addAll(acts.complete());
        ledger.record(entries);
    }

    private void carryOut(ChangeSetId changeSet) {
        if (steps.isEmpty()) {
            return;
        }
        List<DepartureStep.Leaving> leaving = jdbc.sql(LEAVING)
                .param(changeSet.value())
                .query((row, n) -> leaving(row))
                .list();
        for (int i = 0; i < steps.size(); i++) {
            Map<AffiliationId, Integer> done = steps.get(i).carryOut(leaving);
            jdbc.sql(STEP_ACTS)
                    .param("changeSet", changeSet.value())
                    .param("now", now())
                    .param("position", FIRST_STEP + i)
                    .param("system", steps.get(i).system())
                    .param(
                            "capacities",
                            done.keySet().stream().map(AffiliationId::toString).toArray(String[]::new))
                    .param("amounts", done.values().toArray(Integer[]::new))
                    .update();
        }
    }

    private static DepartureStep.Leaving leaving(ResultSet row) throws SQLException {
        UUID successor = row.getObject("successor", UUID.class);
        UUID unit = row.getObject("unit", UUID.class);
        return new DepartureStep.Leaving(
                new AffiliationId(row.getObject("affiliation", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("person_name"),
                successor == null ? null : new AffiliationId(successor),
                unit == null ? null : new UnitId(unit));
    }

    /** Whoever reopens an affiliation undoes its departure; app passwords that the cut revoked are given back. */
    private void reopened(ChangeSetId changeSet) {
        List<UUID> affiliations = jdbc.sql("""
                        UPDATE provisioning.departure d SET state = 'undone', undone_at = :now
                        FROM directory.v_change c WHERE c.change_set = :changeSet AND c.what = 'reopened' AND d.affiliation = c.affiliation
                            AND d.state IN ('cutting', 'complete') RETURNING d.affiliation""")
                .param("now", now())
                .param("changeSet", changeSet.value())
                .query(UUID.class)
                .list();
        affiliations.stream().map(AffiliationId::new).forEach(affiliation -> {
            capacityCut.restore(affiliation);
            steps.forEach(step -> step.undo(affiliation));
        });
        // Who is back has new sessions: nobody is told of the old ones any more.
        jdbc.sql("""
                        DELETE FROM provisioning.departure_notice n USING provisioning.departure d
                        WHERE d.id = n.departure AND d.state = 'undone' AND n.state = 'waiting' AND d.affiliation = ANY (?::uuid[])""")
                .param(affiliations.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    private List<Entry> begun(ChangeSetId changeSet) {
        return jdbc.sql(
                        "SELECT id, member, person_name, services, asked_by, cause FROM provisioning.departure WHERE change_set = ? AND state = 'cutting'")
                .param(changeSet.value())
                .query((row, n) -> new Entry(
                        json.readValue(row.getString("asked_by"), Author.class),
                        "departure.cut",
                        row.getObject("member", UUID.class),
                        "departure",
                        row.getString("id"),
                        row.getString("person_name"),
                        Map.of("services", List.of((String[])
                                row.getArray("services").getArray())),
                        Map.of("cause", row.getString("cause"))))
                .list();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
