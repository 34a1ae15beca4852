package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Groups and bulk requests of a town's own software. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimGroupsTest {

    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ScimTowns towns;

    private ScimTowns.Town town;
    private ScimTowns.Town other;
    private String zoe;
    private String karim;

    @BeforeEach
    void twoPeopleOfATown() throws Exception {
        List<ScimTowns.Town> both = towns.two();
        town = both.get(0);
        other = both.get(1);
        zoe = towns.created(town, towns.user(town, "Zoé", "Ménard"));
        karim = towns.created(town, towns.user(town, "Karim", "Diallo"));
    }

    @Test
    void aGroupIsAGroupOfTheDirectoryForWhichTheMemberSubscribes() throws Exception {
        String id = created("Finances", zoe);

        assertThat(groups(zoe)).containsExactly("Finances");
        assertThat(groups(karim)).isEmpty();
        call(get("/scim/v2/{s}/Groups/{g}", town.siren(), id))
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.members[0].value").value(zoe))
                .andExpect(jsonPath("$.members[0].display").value("Zoé Ménard"));
        assertThat(jdbc.sql("SELECT act FROM audit.entry WHERE subject = ? ORDER BY id")
                        .param(zoe)
                        .query(String.class)
                        .list())
                .containsExactly("affiliation.started", "affiliation.changed");
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM directory.v_change WHERE affiliation = ?::uuid AND what = 'changed'
                        """).param(zoe).query(Integer.class).single())
                .as("what entitlements are computed from")
                .isEqualTo(1);
    }

    @Test
    void membersComeAndGoAsTheStandardSaysItAndAsEntraDoes() throws Exception {
        String id = created("Finances");

        patched(
                        id,
                        Map.of(
                                "op",
                                "Add",
                                "path",
                                "members",
                                "value",
                                List.of(Map.of("value", zoe), Map.of("value", karim))))
                .andExpect(status().isOk());
        assertThat(groups(karim)).containsExactly("Finances");
        patched(id, Map.of("op", "remove", "path", "members[value eq \"" + zoe + "\"]"))
                .andExpect(jsonPath("$.members.length()").value(1));
        assertThat(groups(zoe)).isEmpty();
        patched(id, Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", zoe))));
        // Entra ID: names whom it takes out; taking everybody out would be a disaster.
        patched(id, Map.of("op", "Remove", "path", "members", "value", List.of(Map.of("value", karim))))
                .andExpect(jsonPath("$.members.length()").value(1))
                .andExpect(jsonPath("$.members[0].value").value(zoe));
        patched(id, Map.of("op", "remove", "path", "members"))
                .andExpect(jsonPath("$.members.length()").value(0));
        assertThat(groups(zoe)).isEmpty();
    }

    @Test
    void aGroupIsRenamedWithEverybodyInItAndTakenAway() throws Exception {
        String id = created("Finances", zoe, karim);
        jdbc.sql("UPDATE directory.affiliation SET groups = groups || '{Chorale}' WHERE id = ?::uuid")
                .param(zoe)
                .update();

        patched(id, Map.of("op", "replace", "path", "displayName", "value", "Finances et achats"))
                .andExpect(status().isOk());
        assertThat(groups(zoe)).containsExactlyInAnyOrder("Chorale", "Finances et achats");
        assertThat(groups(karim)).containsExactly("Finances et achats");

        call(delete("/scim/v2/{s}/Groups/{g}", town.siren(), id)).andExpect(status().isNoContent());
        assertThat(groups(zoe)).containsExactly("Chorale");
        call(get("/scim/v2/{s}/Groups/{g}", town.siren(), id)).andExpect(status().isNotFound());
    }

    @Test
    void groupsAreFoundByNameAndByWhoIsInThem() throws Exception {
        created("Finances", zoe);
        created("Jeunesse", karim);

        found("displayName eq \"finances\"")
                .andExpect(jsonPath("$.totalResults").value(1));
        found("members.value eq \"" + karim + "\"")
                .andExpect(jsonPath("$.totalResults").value(1))
                .andExpect(jsonPath("$.Resources[0].displayName").value("Jeunesse"));
        found("members[value eq \"" + zoe + "\"]")
                .andExpect(jsonPath("$.totalResults").value(1));
        found("userName eq \"x\"").andExpect(status().isBadRequest());
        call(get("/scim/v2/{s}/Groups?excludedAttributes=members", town.siren()))
                .andExpect(jsonPath("$.totalResults").value(2))
                .andExpect(jsonPath("$.Resources[0].members").doesNotExist());
        call(get("/scim/v2/{s}/ResourceTypes/Group", town.siren()))
                .andExpect(jsonPath("$.endpoint").value("/Groups"));
    }

    @Test
    void whatIsNoGroupIsRefusedInWords() throws Exception {
        created("Finances", zoe);

        post(Map.of("schemas", List.of(ScimGroup.SCHEMA), "displayName", "FINANCES"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.scimType").value("uniqueness"));
        post(Map.of("schemas", List.of(ScimGroup.SCHEMA), "displayName", "x".repeat(61)))
                .andExpect(status().isBadRequest());
        post(Map.of("schemas", List.of(), "displayName", "x")).andExpect(status().isBadRequest());
        post(Map.of("schemas", List.of(ScimGroup.SCHEMA), "displayName", "A\u0000B"))
                .andExpect(status().isBadRequest());
        post(group("Autres", List.of("not-an-id"))).andExpect(status().isBadRequest());
        String stranger = towns.created(other, towns.user(other, "Ana", "Silva"));
        post(group("Autres", List.of(stranger)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString(stranger)));
        assertThat(groups(stranger)).isEmpty();
    }

    @Test
    void aGroupOfAnotherMemberIsNeitherSeenNorTouched() throws Exception {
        String id = created("Finances", zoe);

        towns.call(other, get("/scim/v2/{s}/Groups/{g}", other.siren(), id)).andExpect(status().isNotFound());
        towns.call(other, delete("/scim/v2/{s}/Groups/{g}", other.siren(), id)).andExpect(status().isNotFound());
        towns.call(other, get("/scim/v2/{s}/Groups/{g}", town.siren(), id)).andExpect(status().isUnauthorized());
        assertThat(groups(zoe)).containsExactly("Finances");
    }

    @Test
    void whoChangesAnOldVersionIsTold() throws Exception {
        String id = created("Finances", zoe);
        String old = call(get("/scim/v2/{s}/Groups/{g}", town.siren(), id))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        patched(id, Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", karim))));

        call(towns.body(put("/scim/v2/{s}/Groups/{g}", town.siren(), id), group("Finances", List.of()))
                        .header("If-Match", old))
                .andExpect(status().isPreconditionFailed());
        assertThat(groups(zoe)).containsExactly("Finances");
    }

    @Test
    void manyArriveInOneRequestAndAGroupNamesThoseJustMade() throws Exception {
        List<Map<String, Object>> operations = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            operations.add(operation("POST", "/Users", "u" + n, towns.user(town, "Camille", "Masse" + n)));
        }
        operations.add(operation("POST", "/Groups", "g", group("Nouveaux", List.of("bulkId:u0", "bulkId:u299"))));

        JsonNode answers = bulk(operations, null);

        assertThat(answers.size()).isEqualTo(301);
        for (JsonNode answer : answers) {
            assertThat(answer.path("status").asString()).as(answer.toString()).isEqualTo("201");
            assertThat(answer.path("location").asString()).contains("/scim/v2/" + town.siren());
        }
        String first = idOf(answers.get(0));
        assertThat(groups(first)).containsExactly("Nouveaux");
        call(get("/scim/v2/{s}/Users/{u}", town.siren(), first))
                .andExpect(jsonPath("$.name.familyName").value("Masse0"));
    }

    @Test
    void oneThatCannotBeMadeKeepsNoOtherOut() throws Exception {
        Map<String, Object> nameless = towns.user(town, "Anne", "Petit");
        nameless.put("name", Map.of("givenName", "Anne"));

        JsonNode answers = bulk(
                List.of(
                        operation("POST", "/Users", "a", towns.user(town, "Paul", "Roux")),
                        operation("POST", "/Users", "b", towns.user(town, "Zoé", "Ménard")),
                        operation("POST", "/Users", "c", nameless),
                        operation(
                                "PATCH",
                                "/Users/" + karim,
                                null,
                                Map.of(
                                        "schemas",
                                        List.of(PATCH),
                                        "Operations",
                                        List.of(Map.of("op", "replace", "path", "title", "value", "Directeur")))),
                        operation("DELETE", "/Users/" + zoe, null, null),
                        operation("DELETE", "/Users/" + UUID.randomUUID(), null, null),
                        operation("GET", "/Users/" + karim, null, null),
                        operation("POST", "/Elsewhere", null, Map.of()),
                        operation("DELETE", "/Users/bulkId:nobody", null, null),
                        operation("POST", "/Users", "d", towns.user(town, "Léa", "Faure"))),
                null);

        assertThat(answers.valueStream().map(one -> one.path("status").asString()))
                .containsExactly("201", "409", "400", "200", "204", "404", "400", "400", "400", "201");
        assertThat(answers.get(1).path("response").path("detail").asString()).contains("zoe.menard");
        assertThat(towns.phase(zoe)).isEqualTo("ended");
        assertThat(jdbc.sql("SELECT function FROM directory.affiliation WHERE id = ?::uuid")
                        .param(karim)
                        .query(String.class)
                        .single())
                .isEqualTo("Directeur");
    }

    @Test
    void aClientThatWantsAnEarlyStopGetsIt() throws Exception {
        JsonNode answers = bulk(
                List.of(
                        operation("POST", "/Users", "a", towns.user(town, "Zoé", "Ménard")),
                        operation("POST", "/Users", "b", towns.user(town, "Paul", "Roux"))),
                1);

        assertThat(answers.size()).isEqualTo(1);
        assertThat(jdbc.sql("SELECT count(*) FROM sources.scim_user WHERE member = ?")
                        .param(town.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whatIsNoBulkRequestIsRefused() throws Exception {
        call(towns.body(posting("/Bulk"), Map.of("schemas", List.of(BULK), "Operations", List.of())))
                .andExpect(status().isBadRequest());
        List<Map<String, Object>> many = new ArrayList<>();
        for (int n = 0; n <= 1000; n++) {
            many.add(operation("DELETE", "/Users/" + zoe, null, null));
        }
        call(towns.body(posting("/Bulk"), Map.of("schemas", List.of(BULK), "Operations", many)))
                .andExpect(status().isContentTooLarge());
        towns.call(other, towns.body(posting("/Bulk"), Map.of("schemas", List.of(BULK), "Operations", many)))
                .andExpect(status().isUnauthorized());
        assertThat(towns.phase(zoe)).isEqualTo("current");
    }

    private JsonNode bulk(List<Map<String, Object>> operations, Integer failOnErrors) throws Exception {
        Map<String, Object> request = new HashMap<>(Map.of("schemas", List.of(BULK), "Operations", operations));
        if (failOnErrors != null) {
            request.put("failOnErrors", failOnErrors);
        }
        String answer = call(towns.body(posting("/Bulk"), request))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return json.readTree(answer).path("Operations");
    }

    private static Map<String, Object> operation(String method, String path, String bulkId, Map<String, Object> data) {
        Map<String, Object> operation = new HashMap<>(Map.of("method", method, "path", path));
        if (bulkId != null) {
            operation.put("bulkId", bulkId);
        }
        if (data != null) {
            operation.put("data", data);
        }
        return operation;
    }

    private String created(String name, String... members) throws Exception {
        String answer = post(group(name, List.of(members)))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return json.readTree(answer).path("id").asString();
    }

    private static Map<String, Object> group(String name, List<String> members) {
        return Map.of(
                "schemas",
                List.of(ScimGroup.SCHEMA),
                "displayName",
                name,
                "members",
                members.stream().map(one -> Map.of("value", one)).toList());
    }

    private ResultActions post(Map<String, Object> group) throws Exception {
        return call(towns.body(posting("/Groups"), group));
    }

    private MockHttpServletRequestBuilder posting(String path) {
        return MockMvcRequestBuilders.post("/scim/v2/" + town.siren() + path);
    }

    private ResultActions patched(String id, Map<String, Object> operation) throws Exception {
        return call(towns.body(
                patch("/scim/v2/{s}/Groups/{g}", town.siren(), id),
                Map.of("schemas", List.of(PATCH), "Operations", List.of(operation))));
    }

    private ResultActions found(String filter) throws Exception {
        return call(get("/scim/v2/{s}/Groups", town.siren()).param("filter", filter));
    }

    private ResultActions call(MockHttpServletRequestBuilder call) throws Exception {
        return towns.call(town, call);
    }

    private List<String> groups(String affiliation) {
        return jdbc.sql("SELECT unnest(groups) FROM directory.affiliation WHERE id = ?::uuid ORDER BY 1")
                .param(affiliation)
                .query(String.class)
                .list();
    }

    private static String idOf(JsonNode answer) {
        String location = answer.path("location").asString();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
