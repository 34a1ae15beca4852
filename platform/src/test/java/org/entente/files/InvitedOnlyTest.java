package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.entente.access.Entitlements;
import org.entente.access.Explanation;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

/** Whoever is invited to a space has that space, and nothing else of the territory. */
@AutoConfigureMockMvc
@Import(TestActors.class)
class InvitedOnlyTest extends GuestsTown {

    private static final List<String> NOT_THEIRS = List.of(
            "/api/directory/people?q=anne", "/api/search?q=anne", "/api/pooling/catalogue", "/api/pooling/requests");

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Entitlements entitlements;

    @Test
    void theySeeTheirSpaceAndThemselvesButNeitherPeopleNorWhatMembersDoTogether() throws Exception {
        Visitor guest = guest(invite(somebody()));
        TestSession paul = actors.signIn(guest.capacity());
        TestSession agent = actors.signIn(anne.capacity());

        for (String theirs : List.of("/api/me", "/api/files/spaces", "/api/files/nodes/" + file.id(), "/api/notices")) {
            mvc.perform(get(theirs).with(paul)).andExpect(status().isOk());
        }
        mvc.perform(get("/api/me").with(paul)).andExpect(jsonPath("$.invited").value(true));
        mvc.perform(get("/api/me").with(agent)).andExpect(jsonPath("$.invited").value(false));
        for (String other : NOT_THEIRS) {
            mvc.perform(get(other).with(agent)).andExpect(status().isOk());
            mvc.perform(get(other).with(paul))
                    .andExpect(status().isForbidden())
                    .andExpect(jsonPath("$.code").value("invited.only"))
                    .andExpect(jsonPath("$.detail").isNotEmpty());
        }
        mvc.perform(get("/api/files;x/../directory/people?q=anne").with(paul))
                .andExpect(
                        result -> assertThat(result.getResponse().getStatus()).isGreaterThanOrEqualTo(400));

        jdbc.sql("UPDATE directory.affiliation SET source = 'hr' WHERE id = ?")
                .param(guest.capacity().value())
                .update();
        mvc.perform(get(NOT_THEIRS.getFirst()).with(paul)).andExpect(status().isOk());
    }

    @Test
    void whateverTheMemberTakesForEverybodyIsNotForThem() {
        Visitor before = guest(invite(somebody()));
        Visitor partner = town.partner(givors, "Zoé");
        jdbc.sql("UPDATE catalog.service SET suits = suits || '{partner}' WHERE id = 'cnfpt'")
                .update();
        subscriptions.subscribe(givors, "cnfpt", Population.everyone("user"), anne.author());
        Visitor after = guest(invite(somebody()));

        assertThat(services(partner)).contains("cnfpt", "directory", "files", "sign-in");
        for (Visitor invited : List.of(before, after)) {
            assertThat(services(invited)).containsExactlyInAnyOrder("files", "sign-in");
            assertThat(entitlements.explain(givors, invited.capacity()))
                    .filteredOn(one -> one.steps().stream().allMatch(Explanation.Step::ok))
                    .extracting(Explanation::service)
                    .containsExactlyInAnyOrder("files", "sign-in");
        }
    }

    @AfterEach
    void theCatalogueIsAsItWas() {
        jdbc.sql("UPDATE catalog.service SET suits = array_remove(suits, 'partner') WHERE id = 'cnfpt'")
                .update();
    }

    private List<String> services(Visitor visitor) {
        return jdbc.sql("SELECT DISTINCT service FROM access.v_entitlement WHERE affiliation = ?")
                .param(visitor.capacity().value())
                .query(String.class)
                .list();
    }
}
