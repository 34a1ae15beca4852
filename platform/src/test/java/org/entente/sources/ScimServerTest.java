package org.entente.sources;

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
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
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
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A town's own software keeps its people by SCIM: what it may, what becomes of it here, and what it never reaches. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class ScimServerTest {

    private static final MediaType SCIM = MediaType.parseMediaType(ScimController.JSON);
    private static final List<String> SIRENS = List.of("216900696", "216902593"); // Corbas, Vénissieux

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    private Town town;
    private Town other;

    private record Town(MemberId id, String siren, String domain, AffiliationId admin, String token) {}

    @BeforeEach
    void twoTowns() throws Exception {
        jdbc.sql("UPDATE directory.member SET siren = NULL WHERE siren IN (?, ?)")
                .params(SIRENS)
                .update();
        town = town(SIRENS.get(0));
        other = town(SIRENS.get(1));
    }

    private Town town(String siren) throws Exception {
        MemberId id = actors.member("Ville " + UUID.randomUUID());
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        jdbc.sql("UPDATE directory.member SET siren = ? WHERE id = ?")
                .params(siren, id.value())
                .update();
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(domain, id.value())
                .update();
        AffiliationId admin = actors.affiliation(id, Role.MEMBER_ADMIN);
        JsonNode made = json.readTree(mvc.perform(post("/api/members/{m}/scim-clients", id)
                        .with(actors.actingAs(admin))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\":\"Annuaire\"}"))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString());
        return new Town(id, siren, domain, admin, made.path("token").asString());
    }

    @Test
    void aUserBecomesACurrentAffiliationWithItsPost() throws Exception {
        String id = created(town, user("Zoé", "Ménard"));

        Map<String, Object> kept = jdbc.sql("""
                SELECT a.source, a.phase, a.kind, a.function, a.address, a.reference, p.given_name, a.member FROM directory.affiliation a
                JOIN directory.person p ON p.id = a.person WHERE a.id = ?::uuid
                """).param(id).query().singleRow();
        assertThat(kept)
                .containsEntry("source", "scim")
                .containsEntry("phase", "current")
                .containsEntry("kind", "agent")
                .containsEntry("function", "Chargée d’accueil")
                .containsEntry("address", "zoe.menard@" + town.domain())
                .containsEntry("reference", "M-1")
                .containsEntry("given_name", "Zoé")
                .containsEntry("member", town.id().value());
        call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id))
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.userName").value("zoe.menard@" + town.domain()))
                .andExpect(jsonPath("$.emails[0].value").value("zoe.menard@" + town.domain()))
                .andExpect(jsonPath("$.active").value(true));
    }

    @Test
    void inactiveIsADepartureFromThisTownAndActiveAgainComesBack() throws Exception {
        String id = created(town, user("Zoé", "Ménard"));
        UUID person = person(id);
        UUID elsewhere = actors.affiliation(new org.entente.directory.PersonId(person), other.id())
                .value();

        // As Entra ID writes it.
        patched(town, id, null, Map.of("op", "Replace", "path", "active", "value", "False"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.active").value(false));

        assertThat(phase(id)).isEqualTo("ended");
        assertThat(phase(elsewhere.toString())).isEqualTo("current");
        patched(town, id, null, Map.of("op", "replace", "value", Map.of("active", true, "title", "Directrice")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.title").value("Directrice"));
        assertThat(phase(id)).isEqualTo("current");
    }

    @Test
    void deletedIsADepartureToo() throws Exception {
        String id = created(town, user("Zoé", "Ménard"));

        call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isNoContent());

        assertThat(phase(id)).isEqualTo("ended");
        call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isNotFound());
        assertThat(person(created(town, user("Zoe", "MENARD")))).isEqualTo(person(id));
        String namesake = created(other, user("Zoé", "Ménard", other.domain()));
        assertThat(person(namesake)).isNotEqualTo(person(id));
    }

    @Test
    void usersAreFoundByFilterAndPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            created(town, user("Zoé", "Ménard" + (char) ('a' + i)));
        }
        found(town, "userName eq \"ZOE.MENARDB@" + town.domain() + "\"", 1);
        found(town, "name.familyName sw \"ménard\" and active eq true", 5);
        found(town, "emails[type eq \"work\" and value co \"menardc@\"]", 1);
        found(town, "not (userName sw \"zoe.menarda\") or userName sw \"zoe.menarda\"", 5);
        found(town, "externalId eq \"X'; DROP TABLE sources.scim_user; --\"", 0);
        found(town, "userName co \"%\"", 0);
        found(town, "meta.lastModified gt \"2020-01-01T00:00:00Z\"", 5);
        found(other, "active eq true", 0);
        call(town, get("/scim/v2/{s}/Users?startIndex=4&count=3", town.siren()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.totalResults").value(5))
                .andExpect(jsonPath("$.itemsPerPage").value(2))
                .andExpect(jsonPath("$.startIndex").value(4));
        for (String wrong : List.of("userName", "password eq \"x\"", "userName eq", "meta.created gt \"hier\"")) {
            call(town, get("/scim/v2/{s}/Users", town.siren()).queryParam("filter", wrong))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.scimType").value("invalidFilter"));
        }
    }

    @Test
    void whatChangedMeanwhileIsNotOverwritten() throws Exception {
        String id = created(town, user("Zoé", "Ménard"));
        String version = call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id).header("If-None-Match", version))
                .andExpect(status().isNotModified());

        patched(town, id, version, Map.of("op", "replace", "path", "name.familyName", "value", "Dupré"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.displayName").value("Zoé Dupré"));

        patched(town, id, version, Map.of("op", "replace", "path", "title", "value", "Autre"))
                .andExpect(status().isPreconditionFailed());
        call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), id).header("If-Match", version))
                .andExpect(status().isPreconditionFailed());
    }

    @Test
    void anotherTownIsOutOfReach() throws Exception {
        String theirs = created(other, user("Luc", "Faure", other.domain()));

        call(town, get("/scim/v2/{s}/Users", other.siren()))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Bearer realm=\"Entente\""));
        mvc.perform(get("/scim/v2/{s}/Users", town.siren())).andExpect(status().isUnauthorized());
        call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), theirs)).andExpect(status().isNotFound());
        patched(town, theirs, null, Map.of("op", "replace", "path", "active", "value", false))
                .andExpect(status().isNotFound());
        call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), theirs)).andExpect(status().isNotFound());
        assertThat(phase(theirs)).isEqualTo("current");
        // An address is not taken over by asserting it: not another town's, nor one that this town keeps by hand.
        call(town, body(post("/scim/v2/{s}/Users", town.siren()), user("Luc", "Faure", other.domain())))
                .andExpect(status().is4xxClientError());
        AffiliationId byHand = actors.affiliation(town.id());
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params("zoe.menard@" + town.domain(), byHand.value())
                .update();
        call(town, body(post("/scim/v2/{s}/Users", town.siren()), user("Zoé", "Ménard")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.scimType").value("uniqueness"));
    }

    @Test
    void aRevokedTokenOpensNothingAndItsPeopleStay() throws Exception {
        String id = created(town, user("Zoé", "Ménard"));
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

        call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isUnauthorized());
        assertThat(phase(id)).isEqualTo("current");
    }

    @Test
    void wrongInputIsRefusedInTheWordsOfTheStandard() throws Exception {
        created(town, user("Zoé", "Ménard"));
        Map<String, Object> capitals = user("ZOE", "Menard");
        capitals.put("userName", "ZOE.MENARD@" + town.domain());
        capitals.remove("emails");
        call(town, body(post("/scim/v2/{s}/Users", town.siren()), capitals)).andExpect(status().isConflict());
        for (String wrong : List.of("", "[]", "{", "{\"schemas\":[]}", "{\"schemas\":[\"" + ScimUser.SCHEMA + "\"]}")) {
            call(
                            town,
                            post("/scim/v2/{s}/Users", town.siren())
                                    .contentType(SCIM)
                                    .content(wrong))
                    .andExpect(status().isBadRequest());
        }
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("userName", "u".repeat(300)),
                Map.of("name", Map.of("givenName", "Zoé")),
                Map.of("active", "peut-être"),
                Map.of("title", "nul \0 ici"))) {
            Map<String, Object> wrong = user("Nul", "Part");
            wrong.putAll(change);
            call(town, body(post("/scim/v2/{s}/Users", town.siren()), wrong))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.status").value("400"));
        }
        call(town, body(put("/scim/v2/{s}/Users/{u}", town.siren(), "personne"), user("A", "B")))
                .andExpect(status().isNotFound());
    }

    @Test
    void itSaysWhatItCan() throws Exception {
        call(town, get("/scim/v2/{s}/ServiceProviderConfig", town.siren()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.patch.supported").value(true));
        call(town, get("/scim/v2/{s}/Users", town.siren()).accept(MediaType.APPLICATION_JSON))
                .andExpect(status().isOk());
        call(town, get("/scim/v2/{s}/ResourceTypes", town.siren()))
                .andExpect(jsonPath("$.Resources[0].endpoint").value("/Users"));
        call(town, get("/scim/v2/{s}/Schemas", town.siren()))
                .andExpect(jsonPath("$.totalResults").value(2));
        call(town, get("/scim/v2/{s}/Schemas/{id}", town.siren(), ScimUser.SCHEMA))
                .andExpect(jsonPath("$.name").exists());
    }

    private Map<String, Object> user(String given, String family) {
        return user(given, family, town.domain());
    }

    private static Map<String, Object> user(String given, String family, String domain) {
        String address =
                (given + "." + family).toLowerCase(java.util.Locale.ROOT).replace('é', 'e') + "@" + domain;
        Map<String, Object> user = new java.util.HashMap<>();
        user.put("schemas", List.of(ScimUser.SCHEMA, ScimUser.ENTERPRISE));
        user.put("userName", address);
        user.put("name", Map.of("givenName", given, "familyName", family));
        user.put("title", "Chargée d’accueil");
        user.put("emails", List.of(Map.of("value", address, "type", "work", "primary", true)));
        if (family.equals("Ménard")) {
            user.put(ScimUser.ENTERPRISE, Map.of("employeeNumber", "M-1"));
        }
        return user;
    }

    private String created(Town by, Map<String, Object> user) throws Exception {
        String answer = call(by, body(post("/scim/v2/{s}/Users", by.siren()), user))
                .andExpect(status().isCreated())
                .andExpect(header().exists("Location"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        return json.readTree(answer).path("id").asString();
    }

    private ResultActions patched(Town by, String id, String version, Map<String, Object> operation) throws Exception {
        MockHttpServletRequestBuilder asked = body(
                patch("/scim/v2/{s}/Users/{u}", by.siren(), id),
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                        "Operations",
                        List.of(operation)));
        return call(by, version == null ? asked : asked.header("If-Match", version));
    }

    private void found(Town by, String filter, int users) throws Exception {
        call(by, get("/scim/v2/{s}/Users", by.siren()).queryParam("filter", filter))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.totalResults").value(users));
    }

    private MockHttpServletRequestBuilder body(MockHttpServletRequestBuilder call, Object body) {
        return call.contentType(SCIM).content(json.writeValueAsString(body));
    }

    private ResultActions call(Town by, MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.header("Authorization", "Bearer " + by.token()));
    }

    private UUID person(String affiliation) {
        return jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?::uuid")
                .param(affiliation)
                .query(UUID.class)
                .single();
    }

    private String phase(String affiliation) {
        return jdbc.sql("SELECT phase FROM directory.affiliation WHERE id = ?::uuid")
                .param(affiliation)
                .query(String.class)
                .single();
    }
}
