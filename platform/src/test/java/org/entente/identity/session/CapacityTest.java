package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class CapacityTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Capacities capacities;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aPersonSeesTheirCapacitiesAndSwitchesWithoutSigningInAgain() throws Exception {
        PersonId nadia = actors.person("Nadia", "Benali");
        MemberId town = actors.member("Vénissieux");
        AffiliationId deputy = actors.affiliation(nadia, town, Role.MEMBER_ADMIN);
        AffiliationId councillor = actors.affiliation(nadia, actors.member("Métropole"));
        TestSession session = actors.signIn(deputy);

        mvc.perform(get("/api/me").with(session))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.person.givenName").value("Nadia"))
                .andExpect(jsonPath("$.acting.id").value(deputy.toString()))
                .andExpect(jsonPath("$.acting.roles[0]").value("member_admin"))
                .andExpect(jsonPath("$.capacities.length()").value(2))
                .andExpect(jsonPath("$.rights")
                        .value(org.hamcrest.Matchers.contains("READ_MEMBER", "MANAGE_PEOPLE", "MANAGE_MEMBER")))
                .andExpect(jsonPath("$.density").value("comfortable"));
        mvc.perform(choose(councillor.toString()).with(session))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.acting.id").value(councillor.toString()))
                .andExpect(jsonPath("$.rights").isEmpty());
        assertThat(capacities.toBeginWith(nadia, Reach.EVERYWHERE)).contains(councillor);
    }

    @Test
    void aCapacityThatIsNotMineOrHasEndedCannotBeChosen() throws Exception {
        AffiliationId mine = actors.affiliation(actors.member("Givors"));
        AffiliationId another = actors.affiliation(actors.member("Corbas"));
        AffiliationId past = actors.affiliation(actors.personOf(mine), actors.member("Grigny"));
        actors.ended(past);
        TestSession session = actors.signIn(mine);

        for (AffiliationId wrong : new AffiliationId[] {another, past}) {
            mvc.perform(choose(wrong.toString()).with(session))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.code").value("capacity.unknown"));
        }
        mvc.perform(put("/api/me/capacity")
                        .content("{}")
                        .contentType(MediaType.APPLICATION_JSON)
                        .with(session))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void whenTheCapacityEndsTheOthersCanBeChosen() throws Exception {
        AffiliationId ending = actors.affiliation(actors.member("Givors"));
        AffiliationId other = actors.affiliation(actors.personOf(ending), actors.member("Corbas"));
        TestSession session = actors.signIn(ending);
        actors.ended(ending);

        mvc.perform(preferences("{\"density\":\"compact\"}").with(session)).andExpect(status().isConflict());
        mvc.perform(get("/api/me").with(session))
                .andExpect(jsonPath("$.acting").isEmpty())
                .andExpect(jsonPath("$.capacities.length()").value(1));
        mvc.perform(choose(other.toString()).with(session)).andExpect(status().isOk());
        mvc.perform(preferences("{\"density\":\"compact\"}").with(session)).andExpect(status().isOk());
    }

    @Test
    void whenNoCapacityIsLeftTheSessionEnds() throws Exception {
        AffiliationId only = actors.affiliation(actors.member("Givors"));
        TestSession session = actors.signIn(only);
        actors.ended(only);

        mvc.perform(get("/api/me").with(session))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("capacity.none"));
        mvc.perform(get("/api/me").with(session)).andExpect(jsonPath("$.code").value("unauthenticated"));
    }

    @Test
    void preferencesAreKeptAndAnswersSpeakTheirLanguage() throws Exception {
        TestSession session = actors.signIn(actors.affiliation(actors.member("Givors")));
        mvc.perform(preferences("{\"language\":\"en\"}").with(session)).andExpect(status().isOk());
        mvc.perform(preferences("{\"density\":\"compact\"}").with(session))
                .andExpect(jsonPath("$.language").value("en"))
                .andExpect(jsonPath("$.density").value("compact"));
        mvc.perform(get("/api/members/{member}", actors.member("Corbas"))
                        .header("Accept-Language", "fr")
                        .with(session))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.not(org.hamcrest.Matchers.emptyString())));
        mvc.perform(preferences("{\"language\":\"tlh\"}").with(session))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.fields.language").value("preference.choice"));
    }

    private static MockHttpServletRequestBuilder choose(String capacity) {
        return put("/api/me/capacity")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"capacity\":\"" + capacity + "\"}");
    }

    private static MockHttpServletRequestBuilder preferences(String body) {
        return patch("/api/me/preferences")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }
}
