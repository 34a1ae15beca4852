package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.entente.directory.AffiliationId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultMatcher;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Whose software comes in by SCIM, what it never reaches, and what it may not say. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimDoorTest {

    private static final int AT_ONCE = 32;

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    ScimTowns towns;

    @Autowired
    ScimDoor door;

    @Autowired
    ScimUsersController users;

    private ScimTowns.Town town;
    private ScimTowns.Town other;

    @BeforeEach
    void twoTowns() throws Exception {
        List<ScimTowns.Town> both = towns.two();
        town = both.get(0);
        other = both.get(1);
    }

    @Test
    void anotherTownIsOutOfReach() throws Exception {
        String theirs = towns.created(other, towns.user(other, "Luc", "Faure"));

        towns.call(town, get("/scim/v2/{s}/Users", other.siren()))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Bearer realm=\"Entente\""));
        mvc.perform(get("/scim/v2/{s}/Users", town.siren())).andExpect(status().isUnauthorized());
        towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), theirs)).andExpect(status().isNotFound());
        towns.patched(town, theirs, null, Map.of("op", "replace", "path", "active", "value", false))
                .andExpect(status().isNotFound());
        towns.call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), theirs)).andExpect(status().isNotFound());
        assertThat(towns.phase(theirs)).isEqualTo("current");
        // An address is not taken over by asserting it: not another town's, nor one that this town keeps by hand.
        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), towns.user(other, "Luc", "Faure")))
                .andExpect(status().is4xxClientError());
        AffiliationId byHand = actors.affiliation(town.id());
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params("zoe.menard@" + town.domain(), byHand.value())
                .update();
        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), towns.user(town, "Zoé", "Ménard")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.scimType").value("uniqueness"));
    }

    @Test
    void aRevokedTokenOpensNothingAndItsPeopleStay() throws Exception {
        String id = towns.created(town, towns.user(town, "Zoé", "Ménard"));
        String client = json.readTree(mvc.perform(
                                get("/api/members/{m}/scim-clients", town.id()).with(actors.actingAs(town.admin())))
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.url").value("http://localhost/scim/v2/" + town.siren()))
                        .andExpect(jsonPath("$.clients[0].token").doesNotExist())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .path("clients")
                .path(0)
                .path("id")
                .asString();
        mvc.perform(delete("/api/members/{m}/scim-clients/{c}", other.id(), client)
                        .with(actors.actingAs(other.admin())))
                .andExpect(status().isNotFound());
        mvc.perform(delete("/api/members/{m}/scim-clients/{c}", town.id(), client)
                        .with(actors.actingAs(town.admin())))
                .andExpect(status().isNoContent());

        towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isUnauthorized());
        assertThat(towns.phase(id)).isEqualTo("current");
    }

    @Test
    void softwareWithTooManyRequestsUnderWayWaitsAndTheOthersGoOn() throws Exception {
        HandlerMethod list = new HandlerMethod(
                users,
                ScimEndpoints.class.getDeclaredMethod(
                        "list", ScimCall.class, String.class, String.class, int.class, int.class));
        MockHttpServletRequest underWay = new MockHttpServletRequest();
        for (int n = 0; n < AT_ONCE; n++) {
            underWay = new MockHttpServletRequest();
            underWay.addHeader("Authorization", "Bearer " + town.token());
            underWay.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("siren", town.siren()));
            assertThat(door.preHandle(underWay, new MockHttpServletResponse(), list))
                    .isTrue();
        }

        towns.call(town, get("/scim/v2/{s}/Users", town.siren()))
                .andExpect(status().isTooManyRequests())
                .andExpect(header().string("Retry-After", "1"));
        towns.call(other, get("/scim/v2/{s}/Users", other.siren())).andExpect(status().isOk());

        door.afterCompletion(underWay, new MockHttpServletResponse(), list, null);
        towns.call(town, get("/scim/v2/{s}/Users", town.siren())).andExpect(status().isOk());
        towns.call(town, get("/scim/v2/{s}/Users", town.siren())).andExpect(status().isOk());
    }

    @Test
    void wrongInputIsRefusedInTheWordsOfTheStandard() throws Exception {
        towns.created(town, towns.user(town, "Zoé", "Ménard"));
        Map<String, Object> capitals = towns.user(town, "ZOE", "Menard");
        capitals.put("userName", "ZOE.MENARD@" + town.domain());
        capitals.remove("emails");
        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), capitals))
                .andExpect(status().isConflict());
        for (String wrong : List.of("", "[]", "{", "{\"schemas\":[]}", "{\"schemas\":[\"" + ScimUser.SCHEMA + "\"]}")) {
            towns.call(
                            town,
                            post("/scim/v2/{s}/Users", town.siren())
                                    .contentType(ScimTowns.SCIM)
                                    .content(wrong))
                    .andExpect(status().isBadRequest());
        }
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("userName", "u".repeat(300)),
                Map.of("name", Map.of("givenName", "Zoé")),
                Map.of("active", "peut-être"),
                Map.of("title", "nul \0 ici"))) {
            Map<String, Object> wrong = towns.user(town, "Nul", "Part");
            wrong.putAll(change);
            towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), wrong))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.status").value("400"));
        }
        towns.call(
                        town,
                        towns.body(put("/scim/v2/{s}/Users/{u}", town.siren(), "personne"), towns.user(town, "A", "B")))
                .andExpect(status().isNotFound());
    }

    @Test
    void nonsenseIsRefusedAndNeverAFailure() throws Exception {
        String id = towns.created(town, towns.user(town, "Zoé", "Ménard"));
        Random random = new Random(42);
        String[] words = {
            "userName",
            "eq",
            "\"a\"",
            "(",
            ")",
            "[",
            "]",
            "and",
            "not",
            "emails",
            "pr",
            "\"",
            "\\",
            ".",
            ":",
            "urn:x:",
            "1",
            "null",
            "é",
            "meta.created",
            "gt"
        };
        String[] paths = {
            "\"name\"",
            "\"emails[type eq \\\"work\\\"].value\"",
            "\"\"",
            "\"[\"",
            "null",
            "7",
            "\"schemas\"",
            "\"id\"",
            "\"urn:x:y\"",
            "\"members\"",
            "\"meta.version\""
        };
        String[] values = {"null", "{}", "[]", "\"x\"", "[{\"value\":{}}]", "{\"name\":7}", "1e400", "[[[]]]", "true"};
        String[] operations = {"\"add\"", "\"replace\"", "\"remove\"", "\"move\"", "null", "3"};
        for (int i = 0; i < 400; i++) {
            StringBuilder filter = new StringBuilder();
            for (int word = random.nextInt(1, 7); word > 0; word--) {
                filter.append(words[random.nextInt(words.length)]).append(' ');
            }
            towns.call(town, get("/scim/v2/{s}/Users", town.siren()).queryParam("filter", filter.toString()))
                    .andExpect(answered(filter.toString()));
            String patch = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":"
                    + operations[random.nextInt(operations.length)] + ",\"path\":" + paths[random.nextInt(paths.length)]
                    + ",\"value\":" + values[random.nextInt(values.length)] + "}]}";
            towns.call(
                            town,
                            patch("/scim/v2/{s}/Users/{u}", town.siren(), id)
                                    .contentType(ScimTowns.SCIM)
                                    .content(patch))
                    .andExpect(answered(patch));
        }
    }

    private static ResultMatcher answered(String asked) {
        return result -> assertThat(result.getResponse().getStatus()).as(asked).isLessThan(500);
    }

    @Test
    void itSaysWhatItCan() throws Exception {
        towns.call(town, get("/scim/v2/{s}/ServiceProviderConfig", town.siren()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.patch.supported").value(true));
        towns.call(town, get("/scim/v2/{s}/Users", town.siren()).accept(MediaType.APPLICATION_JSON))
                .andExpect(status().isOk());
        towns.call(town, get("/scim/v2/{s}/ResourceTypes", town.siren()))
                .andExpect(jsonPath("$.Resources[0].endpoint").value("/Users"));
        towns.call(town, get("/scim/v2/{s}/Schemas", town.siren()))
                .andExpect(jsonPath("$.totalResults").value(3));
        towns.call(town, get("/scim/v2/{s}/Schemas/{id}", town.siren(), ScimUser.SCHEMA))
                .andExpect(jsonPath("$.name").exists())
                .andExpect(jsonPath("$.attributes[?(@.name == 'password')]").isEmpty())
                .andExpect(jsonPath("$.attributes[?(@.name == 'userType')].mutability")
                        .value("immutable"));
    }
}
