package org.entente.access;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.entente.base.Bulk;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Computes entitlements: one statement brings the table to what the rules say, for a few affiliations or for all. */
@Repository
class EntitlementStore {

    private static final String BRING = """
            WITH raw AS MATERIALIZED (
                SELECT DISTINCT ON (affiliation, service, role) person, affiliation, member, service, role, subscription
                FROM access.v_raw WHERE %1$s ORDER BY affiliation, service, role, subscription NULLS FIRST),
            lacking AS (
                SELECT DISTINCT r.affiliation, r.service FROM raw r JOIN catalog.v_need n ON n.service = r.service
                WHERE NOT EXISTS (SELECT FROM raw x WHERE x.affiliation = r.affiliation AND x.service = n.needs)),
            wanted AS MATERIALIZED (
                SELECT * FROM raw r WHERE NOT EXISTS (SELECT FROM lacking l WHERE l.affiliation = r.affiliation AND l.service = r.service)),
            gone AS (
                DELETE FROM access.entitlement e WHERE %1$s AND NOT EXISTS (
                    SELECT FROM wanted w WHERE w.affiliation = e.affiliation AND w.service = e.service AND w.role = e.role)
                RETURNING person, affiliation, service),
            come AS (
                INSERT INTO access.entitlement AS t (affiliation, service, role, person, member, subscription, since)
                SELECT affiliation, service, role, person, member, subscription, :now FROM wanted w WHERE NOT EXISTS (
                    SELECT FROM access.entitlement e WHERE e.affiliation = w.affiliation AND e.service = w.service AND e.role = w.role
                        AND e.person = w.person AND e.subscription IS NOT DISTINCT FROM w.subscription)
                ON CONFLICT (affiliation, service, role) DO UPDATE
                    SET person = EXCLUDED.person, subscription = EXCLUDED.subscription
                RETURNING person, affiliation, service)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    EntitlementStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a computation changed for one service. */
    record Difference(boolean gained, UUID person, String service) {}

    /** Brings the entitlements of the affiliations of a change set to what the rules say. Answers how many rows changed. */
    int bring(AffiliationsChanged change) {
        UUID changeSet = change.changeSet().value();
        int changed = change.many()
                ? bringAll()
                : count(
                        false,
                        "affiliation = ANY (ARRAY(SELECT c.affiliation FROM directory.v_change c WHERE c.change_set = :scope))",
                        changeSet);
        jdbc.sql(
                        "INSERT INTO access.computed SELECT ?, version FROM access.policy ON CONFLICT (change_set) DO UPDATE SET version = EXCLUDED.version")
                .param(changeSet)
                .update();
        return changed;
    }

    int bring(MemberId member) {
        return count(true, "member = :scope", member.value());
    }

    int bringAll() {
        return count(true, "true", null);
    }

    /** As {@link #bring(MemberId)}, telling what changed: for a preview, whose transaction is rolled back. */
    List<Difference> tell(MemberId member) {
        return Bulk.run(
                jdbc,
                true,
                () -> jdbc.sql(BRING.formatted("member = :scope") + """
                        SELECT true AS gained, person, service FROM come c
                        WHERE NOT EXISTS (SELECT FROM access.entitlement e WHERE e.person = c.person AND e.service = c.service AND e.member = :scope)
                        UNION
                        SELECT false, person, service FROM gone g WHERE NOT EXISTS (SELECT FROM wanted w WHERE w.person = g.person AND w.service = g.service)""")
                        .param("scope", member.value())
                        .param("now", OffsetDateTime.now(clock))
                        .query(Difference.class)
                        .list());
    }

    /** Says that the rules changed; holds every other change of them back until this transaction ends. */
    void rulesChange() {
        jdbc.sql("UPDATE access.policy SET version = version + 1").update();
    }

    /** Change sets that were computed while the rules were being changed by a transaction they could not see. */
    List<AffiliationsChanged> computedUnderOlderRules() {
        long version = jdbc.sql("SELECT version FROM access.policy FOR UPDATE")
                .query(Long.class)
                .single();
        List<AffiliationsChanged> older = jdbc.sql("""
                        SELECT o.change_set, (SELECT count(*) FROM directory.v_change c WHERE c.change_set = o.change_set) AS size
                        FROM access.computed o WHERE o.version < ?""")
                .param(version)
                .query((row, n) -> new AffiliationsChanged(
                        new ChangeSetId(row.getObject("change_set", UUID.class)), row.getLong("size")))
                .list();
        jdbc.sql("DELETE FROM access.computed").update();
        return older;
    }

    List<Entitlement> of(AffiliationId capacity) {
        return read("e.affiliation = ?", capacity.value());
    }

    List<Entitlement> of(PersonId person) {
        return read("e.person = ?", person.value());
    }

    private List<Entitlement> read(String where, UUID id) {
        return jdbc.sql("""
                        SELECT e.affiliation, e.member, e.service, array_agg(e.role ORDER BY e.role) AS roles
                        FROM access.entitlement e JOIN directory.v_affiliation a ON a.id = e.affiliation AND a.live
                        WHERE %s GROUP BY e.affiliation, e.member, e.service ORDER BY e.service""".formatted(where))
                .param(id)
                .query((row, n) -> new Entitlement(
                        new AffiliationId(row.getObject("affiliation", UUID.class)),
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getString("service"),
                        new LinkedHashSet<>(
                                Arrays.asList((String[]) row.getArray("roles").getArray()))))
                .list();
    }

    private int count(boolean many, String scope, @Nullable UUID id) {
        return Bulk.run(
                jdbc,
                many,
                () -> jdbc.sql(BRING.formatted(scope)
                                + "SELECT (SELECT count(*) FROM come) + (SELECT count(*) FROM gone)")
                        .param("scope", id)
                        .param("now", OffsetDateTime.now(clock))
                        .query(Integer.class)
                        .single());
    }
}
