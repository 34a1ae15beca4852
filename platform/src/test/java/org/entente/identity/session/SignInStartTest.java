package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
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
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(properties = "entente.keycloak.url=http://127.0.0.1:9")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class SignInStartTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Test
    void withoutKeycloakThePlatformStartsAndSaysSoOnAPlainPage() throws Exception {
        mvc.perform(get("/sign-in").header("Accept-Language", "fr"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().string(org.hamcrest.Matchers.containsString("momentanément indisponible")))
                .andExpect(header().string("Content-Security-Policy", WebSecurity.CONTENT));
        mvc.perform(get("/api/me").with(actors.actingAs(actors.affiliation(actors.member("Givors")))))
                .andExpect(status().isOk());
    }

    @Test
    void aPersonSeesTheirSessionsAndEndsThem() throws Exception {
        AffiliationId capacity = actors.affiliation(actors.member("Givors"));
        TestSession mine = actors.signIn(capacity);
        TestSession phone = actors.signIn(capacity);
        TestSession old = actors.signIn(capacity);
        String list = mvc.perform(get("/api/me/sessions").with(mine))
                .andExpect(jsonPath("$.length()").value(3))
                .andExpect(jsonPath("$[0].current").value(true))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String another = JsonPath.read(list, "$[1].id");

        mvc.perform(delete("/api/me/sessions/{id}", another)
                        .with(actors.actingAs(actors.affiliation(actors.member("Corbas")))))
                .andExpect(status().isNotFound());
        mvc.perform(delete("/api/me/sessions/{id}", another).with(mine)).andExpect(status().isNoContent());
        mvc.perform(get("/api/me/sessions").with(mine))
                .andExpect(jsonPath("$.length()").value(2));
        mvc.perform(delete("/api/me/sessions").with(mine)).andExpect(status().isNoContent());
        mvc.perform(get("/api/me").with(mine)).andExpect(status().isOk());
        mvc.perform(get("/api/me").with(phone)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/me").with(old)).andExpect(status().isUnauthorized());
    }

    @Test
    void aMemberEndsOnlySessionsThatCarryACapacityOfItsOwn() throws Exception {
        MemberId own = actors.member("Givors");
        PersonId person = actors.person("Ali", "Two posts");
        AffiliationId here = actors.affiliation(person, own);
        AffiliationId elsewhere = actors.affiliation(person, actors.member("Corbas"));
        TestSession ofOwn = actors.signIn(here);
        TestSession ofOther = actors.signIn(elsewhere);
        TestSession admin = actors.signIn(actors.affiliation(own, Role.MEMBER_HR));
        String foreign = JsonPath.read(
                mvc.perform(get("/api/me/sessions").with(ofOther))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                "$[0].id");

        String path = "/api/members/{member}/people/{person}/sessions";
        String list = mvc.perform(get(path, own, person).with(admin))
                .andExpect(jsonPath("$.length()").value(1))
                .andReturn()
                .getResponse()
                .getContentAsString();
        mvc.perform(delete(path + "/{id}", own, person, foreign).with(admin)).andExpect(status().isNotFound());
        mvc.perform(delete(path + "/{id}", own, person, JsonPath.<String>read(list, "$[0].id"))
                        .with(admin))
                .andExpect(status().isNoContent());
        mvc.perform(get("/api/me").with(ofOwn)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/me").with(ofOther)).andExpect(status().isOk());
    }

    @Test
    void aPersonReadsWhatTheTerritoryKnowsOfThem() throws Exception {
        TestSession mine = actors.signIn(actors.affiliation(actors.member("Givors")));
        mvc.perform(get("/api/me/data").with(mine))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.sections[*].id")
                        .value(org.hamcrest.Matchers.contains(
                                "dav",
                                "directory",
                                "files",
                                "gateway",
                                "identity",
                                "ledger",
                                "office",
                                "pooling",
                                "provisioning",
                                "sources",
                                "wopi")));
        mvc.perform(get("/api/me/data/export").with(mine))
                .andExpect(header().string("Content-Disposition", "attachment; filename=\"entente.json\""));
    }

    @Test
    void anUnknownAddressOfTheApiIsAProblemAndNotAPage() throws Exception {
        mvc.perform(get("/api/nothing"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").exists());
        assertThat(WebApplication.isPage("membres/12")).isTrue();
        assertThat(WebApplication.isPage("api/nothing")).isFalse();
        assertThat(WebApplication.isPage("assets/app.js")).isFalse();
    }
}
