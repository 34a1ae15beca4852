package org.entente.testing;

import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * People to act as in tests of endpoints: {@code @Import({TestPostgres.class, TestActors.class})}, then
 * {@code mvc.perform(get("/api/me").with(actors.actingAs(actors.affiliation(actors.member("Givors"), Role.MEMBER_HR))))}.
 * Sessions are real rows with real cookies; people are written straight into the directory's tables.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestActors {

    private final JdbcClient jdbc;

    public TestActors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new member, without a SIREN. */
    public MemberId member(String name) {
        return new MemberId(jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                .param(name)
                .query(UUID.class)
                .single());
    }

    /** The operator of the territory; one only, so made once. */
    public MemberId operator() {
        return new MemberId(jdbc.sql("SELECT id FROM directory.member WHERE is_operator")
                .query(UUID.class)
                .optional()
                .orElseGet(() -> jdbc.sql("""
                                INSERT INTO directory.member (kind, name, is_operator) VALUES ('syndicat', 'Opérateur', true)
                                RETURNING id""").query(UUID.class).single()));
    }

    public PersonId person(String givenName, String usualName) {
        return new PersonId(jdbc.sql("INSERT INTO directory.person (given_name, usual_name) VALUES (?, ?) RETURNING id")
                .params(givenName, usualName)
                .query(UUID.class)
                .single());
    }

    /** A new person with one live affiliation. */
    public AffiliationId affiliation(MemberId member, Role... roles) {
        return affiliation(person("Camille", "Test"), member, roles);
    }

    /** One more live affiliation of a person. */
    public AffiliationId affiliation(PersonId person, MemberId member, Role... roles) {
        AffiliationId affiliation = new AffiliationId(jdbc.sql("""
                        INSERT INTO directory.affiliation (person, member, kind, function, valid_from, phase)
                        VALUES (?, ?, 'agent', 'Agent', '2020-01-01', 'current') RETURNING id""")
                .params(person.value(), member.value())
                .query(UUID.class)
                .single());
        for (Role role : roles) {
            jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, ?)")
                    .params(affiliation.value(), role.code())
                    .update();
        }
        return affiliation;
    }

    /** Ends it a moment ago, behind everybody's back: no event, no cut. */
    public void ended(AffiliationId affiliation) {
        jdbc.sql(
                        "UPDATE directory.affiliation SET valid_until = now() - interval '1 second', phase = 'ended' WHERE id = ?")
                .param(affiliation.value())
                .update();
    }

    public PersonId personOf(AffiliationId affiliation) {
        return new PersonId(jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?")
                .param(affiliation.value())
                .query(UUID.class)
                .single());
    }

    /** Signs the person in, acting in this capacity; the same session may be used for many requests. */
    public TestSession signIn(AffiliationId capacity) {
        return TestSession.start(jdbc, personOf(capacity), capacity);
    }

    /** For MockMvc: a new session in this capacity. */
    public RequestPostProcessor actingAs(AffiliationId capacity) {
        return signIn(capacity);
    }
}
