package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, NeedsTest.Doors.class})
class NeedsTest {

    @RestController
    static class Doors {
        @GetMapping("/api/test/anyone")
        @Needs(Right.PUBLIC)
        String anyone() {
            return "anyone";
        }

        @GetMapping("/api/test/person")
        @Needs(Right.PERSON)
        String person(Actor actor) {
            return actor.capacity().toString();
        }

        @PostMapping("/api/test/person")
        @Needs(Right.PERSON)
        String change() {
            return "changed";
        }

        @GetMapping("/api/test/members/{member}")
        @Needs(Right.MANAGE_PEOPLE)
        String inside(@PathVariable MemberId member) {
            return member.toString();
        }
    }

    static class Forgetful {
        public String door() {
            return "";
        }

        @Needs(Right.READ_MEMBER)
        public String ofNoMember() {
            return "";
        }
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Test
    void anyoneMayCallWhatIsPublicAndNothingElse() throws Exception {
        mvc.perform(get("/api/test/anyone")).andExpect(status().isOk());
        mvc.perform(get("/api/test/person"))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("unauthenticated"));
        mvc.perform(get("/api/test/person").cookie(new Cookie("entente_session", "forged")))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void anEndpointKnowsWhoActs() throws Exception {
        AffiliationId capacity = actors.affiliation(actors.member("Givors"));
        mvc.perform(get("/api/test/person").with(actors.actingAs(capacity)))
                .andExpect(content().string(capacity.toString()));
    }

    @Test
    void aMembersRightIsForThatMemberOnly() throws Exception {
        MemberId own = actors.member("Corbas");
        MemberId other = actors.member("Grigny");
        var hr = actors.actingAs(actors.affiliation(own, Role.MEMBER_HR));
        mvc.perform(get("/api/test/members/{m}", own).with(hr)).andExpect(status().isOk());
        mvc.perform(get("/api/test/members/{m}", other).with(hr))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("forbidden"));
        mvc.perform(get("/api/test/members/nonsense").with(hr)).andExpect(status().isNotFound());
        mvc.perform(get("/api/test/members/{m}", own).with(actors.actingAs(actors.affiliation(own))))
                .andExpect(status().isForbidden());
        mvc.perform(get("/api/test/members/{m}", other)
                        .with(actors.actingAs(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN))))
                .andExpect(status().isOk());
    }

    @Test
    void aCapacityThatEndedCarriesNothingFromThatVeryMoment() throws Exception {
        AffiliationId capacity = actors.affiliation(actors.member("Vénissieux"));
        var session = actors.actingAs(capacity);
        mvc.perform(get("/api/test/person").with(session)).andExpect(status().isOk());
        actors.affiliation(actors.personOf(capacity), actors.member("Lyon"));
        actors.ended(capacity);
        mvc.perform(get("/api/test/person").with(session))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("capacity.ended"));
    }

    @Test
    void aChangeNeedsTheTokenOfItsOwnSession() throws Exception {
        TestSession mine = actors.signIn(actors.affiliation(actors.member("Rive-de-Gier")));
        TestSession another = actors.signIn(actors.affiliation(actors.member("Saint-Chamond")));
        mvc.perform(post("/api/test/person").with(mine)).andExpect(status().isOk());
        mvc.perform(post("/api/test/person").cookie(new Cookie("entente_session", mine.secret())))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("forged"));
        String planted = SessionCsrf.of(another.secret());
        mvc.perform(post("/api/test/person")
                        .cookie(new Cookie("entente_session", mine.secret()), new Cookie("XSRF-TOKEN", planted))
                        .header("X-XSRF-TOKEN", planted))
                .andExpect(status().isForbidden());
        mvc.perform(get("/api/test/anyone").cookie(new Cookie("entente_session", mine.secret())))
                .andExpect(cookie().value("XSRF-TOKEN", SessionCsrf.of(mine.secret())))
                .andExpect(cookie().httpOnly("XSRF-TOKEN", false));
    }

    @Test
    void whatIsTooLargeToReadIsRefusedBeforeItIsRead() throws Exception {
        TestSession mine = actors.signIn(actors.affiliation(actors.member("Mions")));
        mvc.perform(patch("/api/me/preferences")
                        .contentType("application/json")
                        .content("{\"language\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}")
                        .with(mine))
                .andExpect(status().isContentTooLarge())
                .andExpect(jsonPath("$.code").value("request.413"));
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedInWords() throws Exception {
        TestSession mine = actors.signIn(actors.affiliation(actors.member("Feyzin")));
        for (String body : new String[] {"", "{", "[]", "{\"language\": {\"a\": 1}}", "\u0000"}) {
            mvc.perform(patch("/api/me/preferences")
                            .contentType("application/json")
                            .content(body)
                            .with(mine))
                    .andExpect(status().is4xxClientError())
                    .andExpect(jsonPath("$.code").exists());
        }
        mvc.perform(post("/api/me").with(mine)).andExpect(status().isMethodNotAllowed());
        mvc.perform(patch("/api/me/preferences")
                        .content("x")
                        .contentType("text/plain")
                        .with(mine))
                .andExpect(status().isUnsupportedMediaType());
    }

    @Test
    void thePlatformDoesNotStartWithAnEndpointThatAnyoneCouldCall() throws Exception {
        RequestMappingHandlerMapping endpoints = new RequestMappingHandlerMapping();
        Forgetful forgetful = new Forgetful();
        endpoints.registerMapping(
                RequestMappingInfo.paths("/api/forgotten").build(), forgetful, Forgetful.class.getMethod("door"));
        endpoints.registerMapping(
                RequestMappingInfo.paths("/api/no-member").build(), forgetful, Forgetful.class.getMethod("ofNoMember"));
        assertThatThrownBy(() -> new EveryEndpointNeeds(endpoints).afterSingletonsInstantiated())
                .hasMessageContaining("lacks @Needs")
                .hasMessageContaining("no path variable {member}");
    }
}
