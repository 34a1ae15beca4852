package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many changes in one request, each done or not by itself. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimBulkTest {

    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ScimTowns towns;

    @Autowired
    ScimUserResources users;

    @Autowired
    ScimGroupResources groups;

    @Autowired
    ScimArrivals arrivals;

    @Autowired
    ScimProblems problems;

    @Autowired
    Clock clock;

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
    void whatIsLeftWhenTheTimeIsOverIsAnsweredAsNotDone() throws Exception {
        ScimBulk hurried = new ScimBulk(users, groups, arrivals, problems, clock, Duration.ZERO);
        String body = json.writeValueAsString(Map.of(
                "schemas",
                List.of(BULK),
                "Operations",
                List.of(
                        operation("POST", "/Users", "a", towns.user(town, "Luc", "Faure")),
                        operation("POST", "/Users", "b", towns.user(town, "Léa", "Faure")))));

        assertThat(hurried.run(call(), body, Locale.FRENCH).path("Operations"))
                .extracting(one -> one.path("status").asText())
                .containsExactly("503", "503");
        assertThat(json.readTree(towns.call(town, get("/scim/v2/{s}/Users", town.siren()))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                        .path("totalResults")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void softwareHasOneBulkAtATime() throws Exception {
        String body = json.writeValueAsString(Map.of(
                "schemas",
                List.of(BULK),
                "Operations",
                List.of(operation("POST", "/Users", "a", towns.user(town, "Luc", "Faure")))));
        AtomicReference<ScimBulk> bulk = new AtomicReference<>();
        AtomicReference<Throwable> second = new AtomicReference<>();
        Clock meanwhile = new Clock() {
            @Override
            public Instant instant() {
                if (second.get() == null) {
                    second.set(catchThrowable(() -> bulk.get().run(call(), body, Locale.FRENCH)));
                }
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        bulk.set(new ScimBulk(users, groups, arrivals, problems, meanwhile, Duration.ofMinutes(1)));

        assertThat(bulk.get()
                        .run(call(), body, Locale.FRENCH)
                        .path("Operations")
                        .path(0)
                        .path("status")
                        .asText())
                .isEqualTo("201");
        assertThat(second.get())
                .isInstanceOfSatisfying(
                        Refusal.class, refused -> assertThat(refused.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    private ScimCall call() {
        return new ScimCall(town.id(), "http://localhost", Author.system("scim"), false);
    }

    @Test
    void manyArriveInOneRequestAndAGroupNamesThoseJustMade() throws Exception {
        List<Map<String, Object>> operations = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            operations.add(operation("POST", "/Users", "u" + n, towns.user(town, "Camille", "Masse" + n)));
        }
        operations.add(operation("POST", "/Groups", "g", towns.group("Nouveaux", List.of("bulkId:u0", "bulkId:u299"))));

        JsonNode answers = bulk(operations, null);

        assertThat(answers.size()).isEqualTo(301);
        for (JsonNode answer : answers) {
            assertThat(answer.path("status").asString()).as(answer.toString()).isEqualTo("201");
            assertThat(answer.path("location").asString()).contains("/scim/v2/" + town.siren());
        }
        String first = idOf(answers.get(0));
        assertThat(towns.groups(first)).containsExactly("Nouveaux");
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

    private MockHttpServletRequestBuilder posting(String path) {
        return MockMvcRequestBuilders.post("/scim/v2/" + town.siren() + path);
    }

    private ResultActions call(MockHttpServletRequestBuilder call) throws Exception {
        return towns.call(town, call);
    }

    private static String idOf(JsonNode answer) {
        String location = answer.path("location").asString();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
