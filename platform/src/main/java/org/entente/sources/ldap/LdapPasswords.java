package org.entente.sources.ldap;

import java.util.List;
import org.entente.directory.PersonId;
import org.entente.identity.PasswordsElsewhere;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who signs in with the password of a member's directory, and would change another one here in vain. */
@Component
class LdapPasswords implements PasswordsElsewhere {

    private final JdbcClient jdbc;

    LdapPasswords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> of(PersonId person) {
        return jdbc.sql("""
                SELECT DISTINCT m.name FROM directory.v_source_key k
                JOIN sources.ldap l ON l.member = k.member AND l.sign_in = 'on' AND NOT l.passwords_too
                JOIN directory.v_member m ON m.id = k.member
                WHERE k.person = ? AND k.source = 'ldap' AND k.phase = 'current' ORDER BY 1
                """).param(person.value()).query(String.class).list();
    }
}
