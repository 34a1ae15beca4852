package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.Members;
import org.entente.directory.UnitId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
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
import org.springframework.test.web.servlet.ResultActions;

/** The departments that a town's software names are units of the town, and what nobody knows is asked. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimUnitsTest {

    private static final Author ADMIN = Author.system("test");

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    ScimTowns towns;

    @Autowired
    Members members;

    private ScimTowns.Town town;
    private ScimTowns.Town other;

    @BeforeEach
    void twoTowns() throws Exception {
        List<ScimTowns.Town> both = towns.two();
        town = both.get(0);
        other = both.get(1);
    }

    @Test
    void aDepartmentIsTheUnitOfThatNameOrCodeAndIsTold() throws Exception {
        UnitId library = unit(null, "BIB", "Médiathèque");

        String byName = works("Zoé", Map.of("department", "mediatheque"));
        String byCode = works("Léo", Map.of("department", "BIB"));

        assertThat(List.of(unitOf(byName), unitOf(byCode))).containsOnly(library.value());
        read(byCode)
                .andExpect(
                        jsonPath("$['" + ScimUser.ENTERPRISE + "'].department").value("BIB"));
        assertThat(unknown()).isEmpty();
    }

    @Test
    void aDepartmentThatNobodyKnowsIsAQuestionUntilAnAdminSaysWhichUnitItIs() throws Exception {
        UnitId library = unit(null, null, "Médiathèque");
        String first = works("Zoé", Map.of("department", "Lecture publique"));
        works("Léo", Map.of("department", "LECTURE PUBLIQUE"));

        assertThat(unitOf(first)).isNull();
        read(first)
                .andExpect(
                        jsonPath("$['" + ScimUser.ENTERPRISE + "'].department").value("Lecture publique"));
        assertThat(unknown()).containsExactly(Map.of("name", "Lecture publique", "people", 2));
        assertThat(acts("scim-unit.unknown")).containsExactly("Lecture publique");
        decide(library).andExpect(status().isNoContent());

        assertThat(unitOf(first)).isEqualTo(library.value());
        assertThat(unitOf(works("Max", Map.of("department", "lecture publique"))))
                .isEqualTo(library.value());
        assertThat(unknown()).isEmpty();
        assertThat(acts("scim-unit.decided")).containsExactly("Lecture publique");
        read(first)
                .andExpect(
                        jsonPath("$['" + ScimUser.ENTERPRISE + "'].department").value("Lecture publique"));
    }

    @Test
    void anAdminMayHaveItMadeBelowItsDivision() throws Exception {
        UnitId culture = unit(null, null, "Culture");
        String id = works("Zoé", Map.of("division", "Culture", "department", "Archives"));

        decide(null).andExpect(status().isNoContent());

        assertThat(parentOf(unitOf(id))).isEqualTo(culture.value());
    }

    @Test
    void softwareThatMayMakeUnitsMakesThemOnce() throws Exception {
        letMakeUnits();

        String first = works("Zoé", Map.of("organization", name(town), "division", "Sports", "department", "Piscine"));
        String second = works("Léo", Map.of("division", "sports", "department", "piscine"));

        assertThat(unitOf(first)).isNotNull().isEqualTo(unitOf(second));
        assertThat(jdbc.sql("SELECT name FROM directory.unit WHERE member = ? ORDER BY name")
                        .param(town.id().value())
                        .query(String.class)
                        .list())
                .containsExactly("Piscine", "Sports");
        assertThat(unknown()).isEmpty();
    }

    @Test
    void ofTwoUnitsOfOneNameNoneIsGuessed() throws Exception {
        letMakeUnits();
        unit(unit(null, null, "Culture"), null, "Accueil");
        UnitId sports = unit(null, null, "Sports");
        UnitId desk = unit(sports, null, "Accueil");

        String unsure = works("Zoé", Map.of("department", "Accueil"));

        assertThat(unitOf(unsure)).isNull();
        decide(null)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("scim.unit.unsure"));
        assertThat(unitOf(works("Léo", Map.of("division", "Sports", "department", "Accueil"))))
                .isEqualTo(desk.value());
    }

    @Test
    void aPatchMovesThePersonAndOneOfSomethingElseDoesNotMoveThemBack() throws Exception {
        UnitId culture = unit(null, null, "Culture");
        UnitId sports = unit(null, null, "Sports");
        String id = works("Zoé", Map.of("department", "Culture"));
        assertThat(unitOf(id)).isEqualTo(culture.value());
        towns.patched(
                        town,
                        id,
                        null,
                        Map.of("op", "replace", "path", ScimUser.ENTERPRISE + ":department", "value", "Sports"))
                .andExpect(status().isOk());
        assertThat(unitOf(id)).isEqualTo(sports.value());
        UnitId byHand = unit(null, null, "Cabinet");
        jdbc.sql("UPDATE directory.affiliation SET unit = ? WHERE id = ?::uuid")
                .params(byHand.value(), id)
                .update();

        towns.patched(town, id, null, Map.of("op", "replace", "path", "title", "value", "Directrice"))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$['" + ScimUser.ENTERPRISE + "'].department").value("Cabinet"));

        assertThat(unitOf(id)).isEqualTo(byHand.value());
    }

    @Test
    void peopleAreFoundByTheirDepartment() throws Exception {
        unit(null, null, "Culture");
        String id = works("Zoé", Map.of("department", "Culture", "division", "Pôle famille"));
        works("Léo", Map.of("department", "Inconnu"));

        for (String filter : List.of(
                ScimUser.ENTERPRISE + ":department eq \"CULTURE\"",
                "department sw \"cult\"",
                "division eq \"pôle famille\"",
                "division pr")) {
            towns.call(town, get("/scim/v2/{s}/Users", town.siren()).param("filter", filter))
                    .andExpect(jsonPath("$.totalResults").value(1))
                    .andExpect(jsonPath("$.Resources[0].id").value(id));
        }
    }

    @Test
    void noUnitOfAnotherTownIsGivenNorItsQuestionAnswered() throws Exception {
        UnitId theirs = members.addUnit(other.id(), null, null, "Culture", ADMIN);
        String id = works("Zoé", Map.of("department", "Culture"));
        assertThat(unitOf(id)).isNull();

        decide(theirs).andExpect(jsonPath("$.code").value("unit.unknown"));
        mvc.perform(post("/api/members/{m}/scim-clients/units/{u}", other.id(), question())
                        .with(actors.actingAs(other.admin()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"unit\": \"" + theirs + "\"}"))
                .andExpect(status().isNotFound());
        assertThat(unitOf(id)).isNull();
    }

    @Test
    void nonsenseIsNoDepartment() throws Exception {
        Map<String, Object> user = towns.user(town, "Zoé", "Unité");
        user.put(ScimUser.ENTERPRISE, Map.of("department", "x".repeat(201)));
        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), user))
                .andExpect(status().isBadRequest());
        user.put(ScimUser.ENTERPRISE, Map.of("department", "a\u001fb"));
        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), user))
                .andExpect(status().isBadRequest());
    }

    private String works(String given, Map<String, String> where) throws Exception {
        Map<String, Object> user = towns.user(town, given, "Unité");
        user.put(ScimUser.ENTERPRISE, where);
        return towns.created(town, user);
    }

    private ResultActions read(String id) throws Exception {
        return towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id));
    }

    private UnitId unit(@Nullable UnitId parent, @Nullable String code, String name) {
        return members.addUnit(town.id(), parent, code, name, ADMIN);
    }

    private @Nullable UUID unitOf(String id) {
        return (UUID) jdbc.sql("SELECT unit FROM directory.affiliation WHERE id = ?::uuid")
                .param(id)
                .query()
                .singleRow()
                .get("unit");
    }

    private UUID parentOf(@Nullable UUID unit) {
        return jdbc.sql("SELECT parent FROM directory.unit WHERE id = ?")
                .param(unit)
                .query(UUID.class)
                .single();
    }

    private String name(ScimTowns.Town of) {
        return jdbc.sql("SELECT name FROM directory.member WHERE id = ?")
                .param(of.id().value())
                .query(String.class)
                .single();
    }

    private List<String> acts(String act) {
        return jdbc.sql("SELECT subject_label FROM audit.entry WHERE member = ? AND act = ?")
                .params(town.id().value(), act)
                .query(String.class)
                .list();
    }

    private String clients() throws Exception {
        return mvc.perform(get("/api/members/{m}/scim-clients", town.id()).with(actors.actingAs(town.admin())))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<Map<String, Object>> unknown() throws Exception {
        return JsonPath.read(clients(), "$.unknownUnits[*]['name','people']");
    }

    private String question() throws Exception {
        return JsonPath.read(clients(), "$.unknownUnits[0].id");
    }

    private ResultActions decide(@Nullable UnitId unit) throws Exception {
        return mvc.perform(post("/api/members/{m}/scim-clients/units/{u}", town.id(), question())
                .with(actors.actingAs(town.admin()))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"unit\": " + (unit == null ? null : "\"" + unit + "\"") + "}"));
    }

    private void letMakeUnits() throws Exception {
        String client = JsonPath.read(clients(), "$.clients[0].id");
        mvc.perform(patch("/api/members/{m}/scim-clients/{c}", town.id(), client)
                        .with(actors.actingAs(town.admin()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"makesUnits\": true}"))
                .andExpect(status().isNoContent());
    }
}
