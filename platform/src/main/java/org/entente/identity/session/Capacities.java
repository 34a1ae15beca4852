package org.entente.identity.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The capacities that a person may act in now, and the one that they begin with. */
@Component
class Capacities {

    private static final String CAPACITY = """
            SELECT a.id, a.kind, a.function, a.address, a.valid_from, a.valid_until,
                   m.id AS member, m.name, m.siren, m.colour, u.id AS unit, u.name AS unit_name, u.full_name,
                   ARRAY(SELECT r.role FROM directory.v_role_grant r WHERE r.affiliation = a.id ORDER BY r.role) AS roles
            FROM directory.v_affiliation a
            JOIN directory.v_member m ON m.id = a.member
            LEFT JOIN directory.v_unit u ON u.id = a.unit
            """;

    private final JdbcClient jdbc;

    Capacities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Capacity> of(PersonId person) {
        return jdbc.sql(CAPACITY + "WHERE a.person = ? AND a.live ORDER BY m.name, a.valid_from, a.id")
                .param(person.value())
                .query(Capacities::capacity)
                .list();
    }

    /** These affiliations, live or not: to say in which capacity something was made. */
    List<Capacity> of(List<UUID> affiliations) {
        return jdbc.sql(CAPACITY + "WHERE a.id = ANY(?)")
                .param(affiliations.toArray(UUID[]::new))
                .query(Capacities::capacity)
                .list();
    }

    /** The one used last when it still is one, else the main one: the largest share of the week, then the oldest. */
    Optional<AffiliationId> toBeginWith(PersonId person, Reach reach) {
        return jdbc.sql("""
                        SELECT a.id FROM directory.v_affiliation a
                        LEFT JOIN identity.preference f ON f.person = a.person
                        WHERE a.person = :person AND a.live AND (:only::uuid[] IS NULL OR a.member = ANY(:only::uuid[]))
                        ORDER BY (a.id = f.last_capacity) DESC NULLS LAST, a.weekly_share DESC NULLS LAST, a.valid_from, a.id
                        LIMIT 1""")
                .param("person", person.value())
                .param("only", reach.array())
                .query(UUID.class)
                .optional()
                .map(AffiliationId::new);
    }

    /**
     * Refuses what is not a live capacity of the person at this very moment, and one for which the session does not count.
     */
    void mustBeOf(PortalSession session, AffiliationId capacity) {
        MemberId member = jdbc.sql("SELECT member FROM directory.v_affiliation WHERE id = ? AND person = ? AND live")
                .params(capacity.value(), session.person().value())
                .query(UUID.class)
                .optional()
                .map(MemberId::new)
                .orElseThrow(() -> Refusal.notFound("capacity.unknown"));
        if (!session.reach().includes(member)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "session.limited");
        }
    }

    private static Capacity capacity(ResultSet row, int number) throws SQLException {
        UUID unit = row.getObject("unit", UUID.class);
        OffsetDateTime until = row.getObject("valid_until", OffsetDateTime.class);
        return new Capacity(
                row.getObject("id", UUID.class),
                new Capacity.MemberRef(
                        row.getObject("member", UUID.class),
                        row.getString("name"),
                        row.getString("siren"),
                        row.getString("colour")),
                row.getString("kind"),
                row.getString("function"),
                unit == null
                        ? null
                        : new Capacity.UnitRef(unit, row.getString("unit_name"), row.getString("full_name")),
                row.getString("address"),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant(),
                Stream.of((String[]) row.getArray("roles").getArray())
                        .map(Role::of)
                        .toList());
    }
}
