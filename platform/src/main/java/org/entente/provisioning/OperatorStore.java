package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the operator watches: accounts by state, engines' circuits, what fails. */
@Repository
class OperatorStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    OperatorStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Counted(String service, String state, int accounts, int failing) {}

    record Compared(String service, Instant at, int repaired) {}

    record CircuitState(
            String service,
            int failures,
            Instant since,
            @Nullable String error) {}

    record Failing(
            UUID id,
            String service,
            String personName,
            String desired,
            String error,
            Instant since,
            int attempts,
            Instant next) {}

    record Report(
            UUID id,
            String service,
            Instant at,
            boolean finished,
            int checked,
            int repaired,
            int orphans,
            @Nullable String error) {}

    List<Counted> counts() {
        return jdbc.sql("""
                        SELECT service, state, count(*)::int AS accounts, count(error)::int AS failing
                        FROM provisioning.account GROUP BY service, state""").query(Counted.class).list();
    }

    Map<String, Compared> lastComparisons() {
        return jdbc
                .sql("""
                        SELECT DISTINCT ON (service) service, finished_at, missing + reactivated + changed AS repaired
                        FROM provisioning.reconciliation WHERE finished_at IS NOT NULL ORDER BY service, started_at DESC""")
                .query((row, n) -> new Compared(row.getString(1), at(row, "finished_at"), row.getInt(3)))
                .list()
                .stream()
                .collect(Collectors.toMap(Compared::service, one -> one));
    }

    Map<String, CircuitState> circuits() {
        return jdbc
                .sql("SELECT service, failures, since, error FROM provisioning.engine")
                .query((row, n) ->
                        new CircuitState(row.getString(1), row.getInt(2), at(row, "since"), row.getString(4)))
                .list()
                .stream()
                .collect(Collectors.toMap(CircuitState::service, one -> one));
    }

    long failing() {
        return jdbc.sql("SELECT count(*) FROM provisioning.account WHERE error IS NOT NULL")
                .query(Long.class)
                .single();
    }

    List<Failing> failing(int offset, int limit) {
        return jdbc.sql("""
                        SELECT a.id, a.service, p.given_name || ' ' || p.usual_name AS person_name, a.desired, a.error, a.since, a.attempts,
                            a.next_attempt_at
                        FROM provisioning.account a JOIN directory.v_person p ON p.id = a.person
                        WHERE a.error IS NOT NULL ORDER BY a.urgent DESC, a.next_attempt_at, a.id LIMIT ? OFFSET ?""")
                .param(limit)
                .param(offset)
                .query((row, n) -> new Failing(
                        row.getObject("id", UUID.class),
                        row.getString("service"),
                        row.getString("person_name"),
                        row.getString("desired"),
                        row.getString("error"),
                        at(row, "since"),
                        row.getInt("attempts"),
                        at(row, "next_attempt_at")))
                .list();
    }

    List<Report> reports(int limit) {
        return jdbc.sql("SELECT * FROM provisioning.reconciliation ORDER BY started_at DESC LIMIT ?")
                .param(limit)
                .query((row, n) -> new Report(
                        row.getObject("id", UUID.class),
                        row.getString("service"),
                        at(row, "started_at"),
                        row.getObject("finished_at") != null,
                        row.getInt("checked"),
                        row.getInt("missing") + row.getInt("reactivated") + row.getInt("changed"),
                        ((String[]) row.getArray("orphans").getArray()).length,
                        row.getString("error")))
                .list();
    }

    boolean comparing(String service) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM provisioning.reconciliation WHERE service = ? AND finished_at IS NULL AND started_at > ?)""")
                .param(service)
                .param(OffsetDateTime.now(clock).minusHours(1))
                .query(Boolean.class)
                .single();
    }

    /** Makes an account due now, with its engine's circuit. Answers the service. */
    Optional<String> retry(UUID account) {
        Optional<String> service = jdbc.sql("""
                        UPDATE provisioning.account SET next_attempt_at = ?, attempts = 0 WHERE id = ? AND revision > applied RETURNING service""")
                .param(OffsetDateTime.now(clock))
                .param(account)
                .query(String.class)
                .optional();
        service.ifPresent(
                id -> jdbc.sql("UPDATE provisioning.engine SET open_until = ? WHERE service = ? AND failures > 0")
                        .param(OffsetDateTime.now(clock))
                        .param(id)
                        .update());
        return service;
    }

    String databaseVersion() {
        return jdbc.sql("SHOW server_version").query(String.class).single();
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
