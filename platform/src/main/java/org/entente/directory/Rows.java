package org.entente.directory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rows of the directory become its records. */
final class Rows {

    /** The columns of an {@link AffiliationCard}; to be followed by a WHERE on {@code a}, {@code p} or {@code m}. */
    static final String CARD = """
            SELECT a.id, a.person, a.member, m.name AS member_name, m.siren, m.colour, a.kind, a.function, a.unit, u.name AS unit_name,
                   u.full_name, a.address, a.phone, a.weekly_share, a.valid_from, a.valid_until, a.phase, a.source, a.reference, a.groups,
                   a.version, p.given_name, p.usual_name, p.birth_name, p.birth_date, p.version AS person_version,
                   ARRAY(SELECT r.role FROM directory.role_grant r WHERE r.affiliation = a.id ORDER BY 1) AS roles
            FROM directory.affiliation a
            JOIN directory.person p ON p.id = a.person
            JOIN directory.member m ON m.id = a.member
            LEFT JOIN directory.v_unit u ON u.id = a.unit
            """;

    private Rows() {}

    static AffiliationCard card(ResultSet row, int number) throws SQLException {
        UUID unit = row.getObject("unit", UUID.class);
        Instant from = instant(row, "valid_from");
        if (from == null) {
            throw new SQLException("valid_from is null");
        }
        return new AffiliationCard(
                new AffiliationId(row.getObject("id", UUID.class)),
                new PersonId(row.getObject("person", UUID.class)),
                member(row, "member", "member_name"),
                AffiliationKind.of(row.getString("kind")),
                row.getString("function"),
                unit == null
                        ? null
                        : new UnitRef(new UnitId(unit), row.getString("unit_name"), row.getString("full_name")),
                row.getString("address"),
                row.getString("phone"),
                row.getObject("weekly_share", Integer.class),
                from,
                instant(row, "valid_until"),
                Phase.of(row.getString("phase")),
                row.getString("source"),
                row.getString("reference"),
                texts(row.getArray("groups")),
                texts(row.getArray("roles")).stream().map(Role::of).collect(Collectors.toSet()),
                row.getInt("version"));
    }

    static MemberRef member(ResultSet row, String id, String name) throws SQLException {
        String siren = row.getString("siren");
        return new MemberRef(
                new MemberId(row.getObject(id, UUID.class)),
                row.getString(name),
                siren == null ? null : new Siren(siren),
                row.getString("colour"));
    }

    static PersonRef person(ResultSet row, String id) throws SQLException {
        return new PersonRef(
                new PersonId(row.getObject(id, UUID.class)), row.getString("given_name"), row.getString("usual_name"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    /** As the parameter of {@code ?::uuid[]}. */
    static String[] ids(java.util.Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
