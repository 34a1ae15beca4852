package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A session that a member's provider opened, and that its person did not confirm, is for that member only. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class})
class ReachTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    Capacities capacities;

    @Autowired
    JdbcClient jdbc;

    private PersonId rose;
    private MemberId givors;
    private AffiliationId post;
    private AffiliationId mandate;
    private TestSession session;

    @BeforeEach
    void someoneOfTwoMembers() {
        rose = town.person("Rose", "Ailleurs");
        givors = town.member("Givors");
        post = town.joins(rose, givors, "agent", null);
        mandate = town.joins(rose, town.member("Métropole"), "elu", null);
        session = actors.signIn(post);
        reachOfLast(true, givors);
    }

    @Test
    void theOtherCapacitiesAreShownAndCannotBeTaken() throws Exception {
        mvc.perform(get("/api/me").with(session))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.acting.id").value(post.toString()))
                .andExpect(jsonPath("$.capacities.length()").value(2))
                .andExpect(jsonPath("$.unconfirmed.length()").value(1))
                .andExpect(jsonPath("$.unconfirmed[0]").value(mandate.toString()));
        mvc.perform(choose(mandate).with(session))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("session.limited"));
        mvc.perform(choose(post).with(session)).andExpect(status().isOk());

        mvc.perform(get("/api/me").with(actors.signIn(post)))
                .andExpect(jsonPath("$.unconfirmed").isEmpty());
    }

    @Test
    void aSessionThatActsElsewhereAllTheSameActsNowhere() throws Exception {
        jdbc.sql("UPDATE identity.session SET acting = ? WHERE person = ?")
                .params(mandate.value(), rose.value())
                .update();

        mvc.perform(get("/api/me").with(session)).andExpect(jsonPath("$.acting").isEmpty());
        mvc.perform(get("/api/me/app-passwords").with(session)).andExpect(status().isConflict());
        assertThat(capacities.toBeginWith(rose, new Reach(true, List.of(givors.value()))))
                .contains(post);
    }

    @Test
    void howManyNoticesThereAreIsNotSaidEither() throws Exception {
        jdbc.sql("INSERT INTO portal.notice (person, kind, facts, at) VALUES (?, 'services', '{}', now())")
                .param(rose.value())
                .update();

        mvc.perform(get("/api/me").with(session))
                .andExpect(jsonPath("$.unreadNotices").value(0));
        mvc.perform(post("/api/notices/read").with(session)).andExpect(status().isForbidden());
        mvc.perform(get("/api/me").with(actors.signIn(mandate)))
                .andExpect(jsonPath("$.unreadNotices").value(1));
    }

    @Test
    void itEndsWithTheLastCapacityItCountsFor() throws Exception {
        actors.ended(post);

        mvc.perform(get("/api/me").with(session)).andExpect(status().isUnauthorized());
    }

    @Test
    void whatIsOfThePersonAsAWholeIsNotForIt() throws Exception {
        TestSession own = actors.signIn(mandate);
        String made = mvc.perform(appPassword(mandate).with(own))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        String id = made.replaceFirst("(?s)^\\{\"id\":\"([^\"]+)\".*", "$1");

        mvc.perform(appPassword(mandate).with(session)).andExpect(status().isForbidden());
        mvc.perform(get("/api/me/app-passwords").with(session))
                .andExpect(jsonPath("$").isEmpty());
        mvc.perform(delete("/api/me/app-passwords/" + id).with(session)).andExpect(status().isNotFound());
        mvc.perform(appPassword(post).with(session)).andExpect(status().isCreated());

        mvc.perform(get("/api/me/sessions").with(session))
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].current").value(true));
        UUID other = jdbc.sql("SELECT id FROM identity.session WHERE person = ? AND acting = ?")
                .params(rose.value(), mandate.value())
                .query(UUID.class)
                .single();
        mvc.perform(delete("/api/me/sessions/" + other).with(session)).andExpect(status().isNotFound());
        mvc.perform(delete("/api/me/sessions").with(session)).andExpect(status().isForbidden());
        mvc.perform(get("/api/me/sessions").with(own)).andExpect(status().isOk());

        for (String path : List.of("/api/me/data", "/api/me/data/export", "/api/notices")) {
            mvc.perform(get(path).with(session))
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.code").value("session.limited"));
        }
    }

    @Test
    void whoJoinsYetAnotherMemberSignsInAnewWhereAConfirmedSourceOpenedTheSession() throws Exception {
        TestSession confirmed = actors.signIn(post);
        reachOfLast(true, null);
        TestSession byPassword = actors.signIn(post);

        // A second post with the same member changes nothing.
        town.joins(rose, givors, "agent", null);
        mvc.perform(get("/api/me").with(confirmed)).andExpect(status().isOk());

        town.joins(rose, town.member("Corbas"), "elu", null);

        mvc.perform(get("/api/me").with(confirmed)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/me").with(byPassword))
                .andExpect(jsonPath("$.unconfirmed").isEmpty());
        mvc.perform(get("/api/me").with(session))
                .andExpect(jsonPath("$.acting.id").value(post.toString()))
                .andExpect(jsonPath("$.unconfirmed.length()").value(2));
    }

    private void reachOfLast(boolean bySource, @Nullable MemberId only) {
        jdbc.sql("""
                        UPDATE identity.session SET by_source = ?, only_members = ?::uuid[]
                        WHERE id = (SELECT id FROM identity.session WHERE person = ? ORDER BY id DESC LIMIT 1)""")
                .param(bySource)
                .param(only == null ? null : new UUID[] {only.value()})
                .param(rose.value())
                .update();
    }

    private static MockHttpServletRequestBuilder choose(AffiliationId capacity) {
        return put("/api/me/capacity")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"capacity\":\"" + capacity + "\"}");
    }

    private static MockHttpServletRequestBuilder appPassword(AffiliationId capacity) {
        return post("/api/me/app-passwords")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"label\":\"Ordinateur\",\"door\":\"files\",\"capacity\":\"" + capacity + "\"}");
    }
}
