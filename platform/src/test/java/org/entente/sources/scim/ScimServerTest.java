package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.audit.Author;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.PersonId;
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
import tools.jackson.databind.json.JsonMapper;

/** A town's own software keeps its people by SCIM: what becomes of them here, and how they are found. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimServerTest {

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
    Affiliations affiliations;

    @Autowired
    Clock clock;

    private ScimTowns.Town town;
    private ScimTowns.Town other;

    @BeforeEach
    void twoTowns() throws Exception {
        List<ScimTowns.Town> both = towns.two();
        town = both.get(0);
        other = both.get(1);
    }

    @Test
    void aUserBecomesACurrentAffiliationWithItsPost() throws Exception {
        Map<String, Object> zoe = towns.user(town, "Zoé", "Ménard");
        zoe.put(ScimUser.ENTERPRISE, Map.of("employeeNumber", "M-1"));
        String id = towns.created(town, zoe);

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
        towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id))
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.userName").value("zoe.menard@" + town.domain()))
                .andExpect(jsonPath("$.emails[0].value").value("zoe.menard@" + town.domain()))
                .andExpect(jsonPath("$.active").value(true));
    }

    @Test
    void inactiveIsADepartureFromThisTownAndActiveAgainComesBack() throws Exception {
        String id = towns.created(town, towns.user(town, "Zoé", "Ménard"));
        UUID person = towns.person(id);
        UUID elsewhere = actors.affiliation(new PersonId(person), other.id()).value();

        // As Entra ID writes it.
        towns.patched(town, id, null, Map.of("op", "Replace", "path", "active", "value", "False"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.active").value(false));

        assertThat(towns.phase(id)).isEqualTo("ended");
        assertThat(towns.phase(elsewhere.toString())).isEqualTo("current");
        towns.patched(town, id, null, Map.of("op", "replace", "value", Map.of("active", true, "title", "Directrice")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.title").value("Directrice"));
        assertThat(towns.phase(id)).isEqualTo("current");
    }

    @Test
    void deletedIsADepartureToo() throws Exception {
        String id = towns.created(town, towns.user(town, "Zoé", "Ménard"));

        towns.call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isNoContent());

        assertThat(towns.phase(id)).isEqualTo("ended");
        towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id)).andExpect(status().isNotFound());
        assertThat(towns.person(towns.created(town, towns.user(town, "Zoe", "MENARD"))))
                .isEqualTo(towns.person(id));
        String namesake = towns.created(other, towns.user(other, "Zoé", "Ménard"));
        assertThat(towns.person(namesake)).isNotEqualTo(towns.person(id));
    }

    @Test
    void whatAnAdministratorEndedIsNotReopenedBySoftwareThatSaysActive() throws Exception {
        Map<String, Object> zoe = towns.user(town, "Zoé", "Ménard");
        String id = towns.created(town, zoe);
        affiliations.end(new AffiliationId(UUID.fromString(id)), clock.instant(), "resigned", Author.system("test"));

        towns.call(town, towns.body(put("/scim/v2/{s}/Users/{u}", town.siren(), id), zoe))
                .andExpect(status().isConflict());

        assertThat(towns.phase(id)).isEqualTo("ended");
        zoe.put("active", false);
        towns.call(town, towns.body(put("/scim/v2/{s}/Users/{u}", town.siren(), id), zoe))
                .andExpect(status().isOk());
    }

    @Test
    void theKindIsSaidOnceAndWhatIsNoneHereIsLeftAside() throws Exception {
        Map<String, Object> elu = towns.user(town, "Zoé", "Ménard");
        elu.put("userType", "elu");
        String id = towns.created(town, elu);

        elu.put("userType", "Member");
        towns.call(town, towns.body(put("/scim/v2/{s}/Users/{u}", town.siren(), id), elu))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.userType").value("elu"));
        towns.patched(town, id, null, Map.of("op", "replace", "path", "userType", "value", "agent"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.scimType").value("mutability"));
    }

    @Test
    void ofTwoWhoCreateTheSameUserAtOnceOneIsRefusedAndNothingOfItStays() throws Exception {
        Map<String, Object> zoe = towns.user(town, "Zoé", "Ménard");
        zoe.remove("emails");
        zoe.put("userName", "zmenard");
        CyclicBarrier start = new CyclicBarrier(2);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(two.submit(() -> {
                    start.await();
                    return towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), zoe))
                            .andReturn()
                            .getResponse()
                            .getStatus();
                }));
            }
            for (Future<Integer> one : both) {
                answers.add(one.get());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(201, 409);
        assertThat(jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE member = ? AND source = 'scim'")
                        .param(town.id().value())
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void usersAreFoundByFilterAndPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            towns.created(town, towns.user(town, "Zoé", "Ménard" + (char) ('a' + i)));
        }
        found(town, "userName eq \"ZOE.MENARDB@" + town.domain() + "\"", 1);
        found(town, "name.familyName sw \"ménard\" and active eq true", 5);
        found(town, "emails[type eq \"work\" and value co \"menardc@\"]", 1);
        found(town, "not (userName sw \"zoe.menarda\") or userName sw \"zoe.menarda\"", 5);
        found(town, "externalId eq \"X'; DROP TABLE sources.scim_user; --\"", 0);
        found(town, "userName co \"%\"", 0);
        found(town, "meta.lastModified gt \"2020-01-01T00:00:00Z\"", 5);
        found(other, "active eq true", 0);
        towns.call(town, get("/scim/v2/{s}/Users?startIndex=4&count=3", town.siren()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.totalResults").value(5))
                .andExpect(jsonPath("$.itemsPerPage").value(2))
                .andExpect(jsonPath("$.startIndex").value(4));
        for (String wrong : List.of("userName", "password eq \"x\"", "userName eq", "meta.created gt \"hier\"")) {
            towns.call(town, get("/scim/v2/{s}/Users", town.siren()).queryParam("filter", wrong))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.scimType").value("invalidFilter"));
        }
    }

    @Test
    void whatChangedMeanwhileIsNotOverwritten() throws Exception {
        String id = towns.created(town, towns.user(town, "Zoé", "Ménard"));
        String version = towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        towns.call(town, get("/scim/v2/{s}/Users/{u}", town.siren(), id).header("If-None-Match", version))
                .andExpect(status().isNotModified());

        towns.patched(town, id, version, Map.of("op", "replace", "path", "name.familyName", "value", "Dupré"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.displayName").value("Zoé Dupré"));

        towns.patched(town, id, version, Map.of("op", "replace", "path", "title", "value", "Autre"))
                .andExpect(status().isPreconditionFailed());
        towns.call(town, delete("/scim/v2/{s}/Users/{u}", town.siren(), id).header("If-Match", version))
                .andExpect(status().isPreconditionFailed());
    }

    private void found(ScimTowns.Town by, String filter, int users) throws Exception {
        towns.call(by, get("/scim/v2/{s}/Users", by.siren()).queryParam("filter", filter))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.totalResults").value(users));
    }
}
