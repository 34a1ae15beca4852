package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Departures as rows; whatever a member's people may see is bound by the member. */
@Repository
class DepartureStore {

    private static final String FROM = """
            FROM provisioning.departure d JOIN directory.v_person p ON p.id = d.person LEFT JOIN provisioning.certificate c ON c.departure = d.id
            LEFT JOIN directory.v_person s ON s.id = d.successor_person LEFT JOIN directory.v_unit u ON u.id = d.successor_unit
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DepartureStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The capacity as it was called when it ended. */
    record CapacityThen(
            @Nullable String kind,
            @Nullable String function,
            @Nullable String unit,
            @Nullable String address,
            @Nullable OffsetDateTime from) {}

    record Kept(
            UUID id,
            UUID affiliation,
            UUID person,
            UUID member,
            String givenName,
            String usualName,
            String state,
            Instant at,
            @Nullable Instant formerUntil,
            String cause,
            String reason,
            Author askedBy,
            Instant askedAt,
            @Nullable UUID successorPerson,
            @Nullable String successorGivenName,
            @Nullable String successorUsualName,
            @Nullable UUID successorUnit,
            @Nullable String successorUnitName,
            @Nullable String successorUnitFullName,
            @Nullable Instant cutAt,
            @Nullable Instant undoUntil,
            @Nullable Instant completedAt,
            @Nullable Instant undoneAt,
            String personName,
            String memberName,
            @Nullable String memberSiren,
            CapacityThen capacity,
            List<String> services,
            boolean certificate) {}

    /**
     * @param state waiting, done or failed (tried, and to be tried again)
     */
    record Act(
            UUID departure,
            String system,
            boolean ofAnEngine,
            String state,
            @Nullable Instant at,
            @Nullable Integer amount,
            String detail,
            int attempts,
            @Nullable Instant nextAttemptAt) {}

    Optional<Kept> find(UUID id) {
        return jdbc.sql(select() + "WHERE d.id = ?").param(id).query(this::kept).optional();
    }

    Optional<Kept> find(MemberId member, UUID id) {
        return find(id).filter(kept -> kept.member().equals(member.value()));
    }

    List<Kept> list(MemberId member, @Nullable String state, int offset, int limit) {
        return jdbc.sql(
                        select()
                                + "WHERE d.member = :member AND (:state::text IS NULL OR d.state = :state) ORDER BY d.at DESC, d.id LIMIT :limit OFFSET :offset")
                .param("member", member.value())
                .param("state", state)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::kept)
                .list();
    }

    long count(MemberId member, @Nullable String state) {
        return jdbc.sql(
                        "SELECT count(*) FROM provisioning.departure d WHERE d.member = :member AND (:state::text IS NULL OR d.state = :state)")
                .param("member", member.value())
                .param("state", state)
                .query(Long.class)
                .single();
    }

    List<Act> acts(List<UUID> departures) {
        return jdbc.sql("""
                        SELECT t.departure, t.system, t.account IS NOT NULL AS of_an_engine,
                            CASE WHEN t.state = 'done' THEN 'done' WHEN a.error IS NOT NULL THEN 'failed' ELSE 'waiting' END AS state,
                            t.at, t.amount, CASE WHEN t.state <> 'done' AND a.error IS NOT NULL THEN a.error ELSE t.detail END AS detail,
                            coalesce(a.attempts, 0) AS attempts, CASE WHEN t.state <> 'done' THEN a.next_attempt_at END AS next_attempt_at
                        FROM provisioning.departure_act t LEFT JOIN provisioning.account a ON a.id = t.account
                        WHERE t.departure = ANY (?::uuid[]) ORDER BY t.departure, t.position""")
                .param(departures.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> new Act(
                        row.getObject("departure", UUID.class),
                        row.getString("system"),
                        row.getBoolean("of_an_engine"),
                        row.getString("state"),
                        instant(row, "at"),
                        (Integer) row.getObject("amount"),
                        row.getString("detail"),
                        row.getInt("attempts"),
                        instant(row, "next_attempt_at")))
                .list();
    }

    /** Opens a departure that somebody asks for; none when there is one already. */
    Optional<UUID> ask(
            UUID affiliation,
            OffsetDateTime at,
            @Nullable OffsetDateTime formerUntil,
            String reason,
            Author by,
            OffsetDateTime now,
            @Nullable UUID successorPerson,
            @Nullable UUID successorUnit) {
        return jdbc.sql("""
                        INSERT INTO provisioning.departure (affiliation, person, member, state, at, former_until, cause, reason, asked_by, asked_at,
                            successor_person, successor_unit, person_name, member_name, member_siren, capacity)
                        SELECT a.id, a.person, a.member, 'scheduled', :at, :former, 'manual', :reason, :by::jsonb, :now, :successorPerson::uuid,
                            :successorUnit::uuid, p.given_name || ' ' || p.usual_name, m.name, m.siren,
                            jsonb_build_object('kind', a.kind, 'function', a.function, 'unit', u.full_name, 'address', a.address, 'from', a.valid_from)
                        FROM directory.v_affiliation a JOIN directory.v_person p ON p.id = a.person JOIN directory.v_member m ON m.id = a.member
                        LEFT JOIN directory.v_unit u ON u.id = a.unit
                        WHERE a.id = :affiliation
                        ON CONFLICT (affiliation) WHERE state IN ('scheduled', 'cutting', 'complete') DO NOTHING RETURNING id""")
                .param("affiliation", affiliation)
                .param("at", at)
                .param("former", formerUntil, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", reason)
                .param("by", json.writeValueAsString(by))
                .param("now", now)
                .param("successorPerson", successorPerson == null ? null : successorPerson.toString())
                .param("successorUnit", successorUnit == null ? null : successorUnit.toString())
                .query(UUID.class)
                .optional();
    }

    /** Moves a departure on if it still is in {@code from}: of two who act on it, one does. */
    boolean move(UUID id, List<String> from, String to) {
        return jdbc.sql("UPDATE provisioning.departure SET state = ? WHERE id = ? AND state = ANY (?::text[])")
                        .param(to)
                        .param(id)
                        .param(from.toArray(String[]::new))
                        .update()
                > 0;
    }

    private static String select() {
        return """
                SELECT d.*, c.departure IS NOT NULL AS certificate, p.given_name, p.usual_name, s.given_name AS successor_given_name, s.usual_name AS successor_usual_name,
                    u.name AS successor_unit_name, u.full_name AS successor_unit_full_name
                """ + FROM;
    }

    private Kept kept(ResultSet row, int n) throws SQLException {
        return new Kept(
                row.getObject("id", UUID.class),
                row.getObject("affiliation", UUID.class),
                row.getObject("person", UUID.class),
                row.getObject("member", UUID.class),
                row.getString("given_name"),
                row.getString("usual_name"),
                row.getString("state"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                instant(row, "former_until"),
                row.getString("cause"),
                row.getString("reason"),
                json.readValue(row.getString("asked_by"), Author.class),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getObject("successor_person", UUID.class),
                row.getString("successor_given_name"),
                row.getString("successor_usual_name"),
                row.getObject("successor_unit", UUID.class),
                row.getString("successor_unit_name"),
                row.getString("successor_unit_full_name"),
                instant(row, "cut_at"),
                instant(row, "undo_until"),
                instant(row, "completed_at"),
                instant(row, "undone_at"),
                row.getString("person_name"),
                row.getString("member_name"),
                row.getString("member_siren"),
                json.readValue(row.getString("capacity"), CapacityThen.class),
                Arrays.asList((String[]) row.getArray("services").getArray()),
                row.getBoolean("certificate"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
