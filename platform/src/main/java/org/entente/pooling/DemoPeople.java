package org.entente.pooling;

import java.util.Set;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who acts in the worked year of a demonstration. */
@Component
class DemoPeople {

    private final JdbcClient jdbc;

    DemoPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The operator's admin; of a territory without one, anybody. */
    Actor operator(MemberId otherwise) {
        return jdbc.sql("""
                SELECT a.id, a.person, a.member, p.given_name || ' ' || p.usual_name AS name FROM directory.v_affiliation a
                JOIN directory.v_role_grant g ON g.affiliation = a.id AND g.role = 'operator_admin' JOIN directory.v_person p ON p.id = a.person
                ORDER BY a.id LIMIT 1
                """)
                .query((row, n) -> actor(row, true))
                .optional()
                .orElseGet(() -> java.util.Objects.requireNonNull(delegate(otherwise)));
    }

    /** An élu of the member when there is one; rather one with several mandates, whom the demo lets one try. */
    @Nullable
    Actor delegate(MemberId member) {
        return jdbc.sql("""
                SELECT a.id, a.person, a.member, p.given_name || ' ' || p.usual_name AS name FROM directory.v_affiliation a
                JOIN directory.v_person p ON p.id = a.person WHERE a.member = ? AND a.live ORDER BY a.kind <> 'elu',
                    (SELECT count(*) FROM directory.v_affiliation o WHERE o.person = a.person AND o.live AND o.kind = 'elu') DESC, a.id LIMIT 1
                """)
                .param(member.value())
                .query((row, n) -> actor(row, false))
                .optional()
                .orElse(null);
    }

    private static Actor actor(java.sql.ResultSet row, boolean operator) throws java.sql.SQLException {
        return new Actor(
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                new AffiliationId(row.getObject("id", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                operator,
                operator ? Set.of(Role.OPERATOR_ADMIN) : Set.of(),
                null);
    }
}
