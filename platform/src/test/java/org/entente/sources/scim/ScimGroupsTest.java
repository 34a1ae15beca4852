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

import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.json.JsonMapper;

/** Groups of a town's own software. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimGroupsTest {

    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

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

        assertThat(towns.groups(zoe)).containsExactly("Finances");
        assertThat(towns.groups(karim)).isEmpty();
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
        assertThat(towns.groups(karim)).containsExactly("Finances");
        patched(id, Map.of("op", "remove", "path", "members[value eq \"" + zoe + "\"]"))
                .andExpect(jsonPath("$.members.length()").value(1));
        assertThat(towns.groups(zoe)).isEmpty();
        patched(id, Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", zoe))));
        // Entra ID: names whom it takes out; taking everybody out would be a disaster.
        patched(id, Map.of("op", "Remove", "path", "members", "value", List.of(Map.of("value", karim))))
                .andExpect(jsonPath("$.members.length()").value(1))
                .andExpect(jsonPath("$.members[0].value").value(zoe));
        patched(id, Map.of("op", "remove", "path", "members"))
                .andExpect(jsonPath("$.members.length()").value(0));
        assertThat(towns.groups(zoe)).isEmpty();
    }

    @Test
    void aGroupIsRenamedWithEverybodyInItAndTakenAway() throws Exception {
        String id = created("Finances", zoe, karim);
        jdbc.sql("UPDATE directory.affiliation SET groups = groups || '{Chorale}' WHERE id = ?::uuid")
                .param(zoe)
                .update();

        patched(id, Map.of("op", "replace", "path", "displayName", "value", "Finances et achats"))
                .andExpect(status().isOk());
        assertThat(towns.groups(zoe)).containsExactlyInAnyOrder("Chorale", "Finances et achats");
        assertThat(towns.groups(karim)).containsExactly("Finances et achats");

        call(delete("/scim/v2/{s}/Groups/{g}", town.siren(), id)).andExpect(status().isNoContent());
        assertThat(towns.groups(zoe)).containsExactly("Chorale");
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
        post(towns.group("Autres", List.of("not-an-id"))).andExpect(status().isBadRequest());
        String stranger = towns.created(other, towns.user(other, "Ana", "Silva"));
        post(towns.group("Autres", List.of(stranger)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString(stranger)));
        assertThat(towns.groups(stranger)).isEmpty();
    }

    @Test
    void aGroupOfAnotherMemberIsNeitherSeenNorTouched() throws Exception {
        String id = created("Finances", zoe);

        towns.call(other, get("/scim/v2/{s}/Groups/{g}", other.siren(), id)).andExpect(status().isNotFound());
        towns.call(other, delete("/scim/v2/{s}/Groups/{g}", other.siren(), id)).andExpect(status().isNotFound());
        towns.call(other, get("/scim/v2/{s}/Groups/{g}", town.siren(), id)).andExpect(status().isUnauthorized());
        assertThat(towns.groups(zoe)).containsExactly("Finances");
    }

    @Test
    void whoChangesAnOldVersionIsTold() throws Exception {
        String id = created("Finances", zoe);
        String old = call(get("/scim/v2/{s}/Groups/{g}", town.siren(), id))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        patched(id, Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", karim))));

        call(towns.body(put("/scim/v2/{s}/Groups/{g}", town.siren(), id), towns.group("Finances", List.of()))
                        .header("If-Match", old))
                .andExpect(status().isPreconditionFailed());
        assertThat(towns.groups(zoe)).containsExactly("Finances");
    }

    private String created(String name, String... members) throws Exception {
        String answer = post(towns.group(name, List.of(members)))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return json.readTree(answer).path("id").asString();
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
}
