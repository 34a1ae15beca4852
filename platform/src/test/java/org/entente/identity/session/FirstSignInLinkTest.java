package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.SignInAccounts;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Who may hand out the link. That Keycloak's link works, and once, is shown with a real Keycloak elsewhere. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, FirstSignInLinkTest.Links.class})
class FirstSignInLinkTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Links links;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    TestSession hr;

    @BeforeEach
    void aTownWithItsHr() {
        givors = actors.member("Givors");
        hr = actors.signIn(actors.affiliation(givors, Role.MEMBER_HR));
        links.issued.clear();
    }

    @Test
    void hrHandsANewcomerALinkAndTheLedgerTellsWhoDid() throws Exception {
        PersonId newcomer = actors.personOf(actors.affiliation(givors));

        ask(hr, newcomer).andExpect(status().isOk()).andExpect(jsonPath("$.url").isNotEmpty());

        assertThat(links.issued).containsExactly(newcomer);
        List<String> before = jdbc.sql(
                        "SELECT coalesce(before::text, '') || after::text FROM audit.entry WHERE act = 'person.link-issued' AND subject = ?")
                .param(newcomer.toString())
                .query(String.class)
                .list();
        assertThat(before)
                .singleElement()
                .satisfies(kept -> assertThat(kept).contains("expiresAt").doesNotContain("secret-of-the-link"));
    }

    @Test
    void aPersonWhoAlsoWorksElsewhereIsNotGivenAwayByOneMember() throws Exception {
        PersonId both = actors.personOf(actors.affiliation(givors));
        actors.affiliation(both, actors.member("Corbas"));

        ask(hr, both).andExpect(status().isForbidden());
        assertThat(links.issued).isEmpty();

        TestSession operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
        ask(operator, both).andExpect(status().isOk());
    }

    @Test
    void hrDoesNotOpenTheAccountOfAnAdmin() throws Exception {
        PersonId admin = actors.personOf(actors.affiliation(givors, Role.MEMBER_ADMIN));

        ask(hr, admin).andExpect(status().isForbidden());

        TestSession other = actors.signIn(actors.affiliation(givors, Role.MEMBER_ADMIN));
        ask(other, admin).andExpect(status().isOk());
    }

    @Test
    void aDelegatedAdminOfTheOperatorDoesNotOpenAnOperatorsAccount() throws Exception {
        MemberId operator = actors.operator();
        PersonId engineer = actors.personOf(actors.affiliation(operator, Role.OPERATOR_ADMIN));
        TestSession delegated = actors.signIn(actors.affiliation(operator, Role.MEMBER_ADMIN));

        mvc.perform(post("/api/members/{m}/people/{p}/first-sign-in-link", operator, engineer)
                        .with(delegated))
                .andExpect(status().isForbidden());
        assertThat(links.issued).isEmpty();
    }

    @Test
    void somebodyOfAnotherMemberOrWhoHasLeftIsUnknownHere() throws Exception {
        ask(hr, actors.personOf(actors.affiliation(actors.member("Corbas")))).andExpect(status().isNotFound());
        AffiliationId left = actors.affiliation(givors);
        actors.ended(left);
        ask(hr, actors.personOf(left)).andExpect(status().isNotFound());
    }

    @Test
    void hrDoesNotMoveTheMailOfAnAdmin() throws Exception {
        AffiliationId admin = actors.affiliation(givors, Role.MEMBER_ADMIN);
        int version = jdbc.sql("SELECT version FROM directory.affiliation WHERE id = ?")
                .param(admin.value())
                .query(Integer.class)
                .single();

        mvc.perform(patch("/api/members/{m}/affiliations/{a}", givors, admin)
                        .with(hr)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\": %d, \"address\": \"mine@elsewhere.example\"}".formatted(version)))
                .andExpect(status().isForbidden());
    }

    private ResultActions ask(TestSession who, PersonId person) throws Exception {
        return mvc.perform(post("/api/members/{m}/people/{p}/first-sign-in-link", givors, person)
                .with(who));
    }

    /** A sign-in service that only remembers for whom a link was asked. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Links {

        final List<PersonId> issued = new ArrayList<>();

        @Bean
        @Primary
        SignInAccounts remembering() {
            return new SignInAccounts() {
                @Override
                public Link firstSignInLink(PersonId person, Duration lifespan) {
                    issued.add(person);
                    return new Link(
                            "https://sign-in.example/secret-of-the-link",
                            Instant.now().plus(lifespan));
                }

                @Override
                public void setInitialPassword(PersonId person, String password, boolean temporary) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void mailFirstSignInLink(PersonId person, Duration lifespan) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public List<SecondFactor> secondFactors(PersonId person) {
                    return List.of();
                }

                @Override
                public boolean removeSecondFactor(PersonId person, String id) {
                    return false;
                }

                @Override
                public String addSecondFactorAction(Kind kind) {
                    return kind.name();
                }
            };
        }
    }
}
