package org.entente.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, DirectoryApiTest.Zone.class})
class DirectoryApiTest {

    /** A DNS whose records the test publishes. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Zone {
        static final ConcurrentHashMap<String, List<String>> RECORDS = new ConcurrentHashMap<>();

        @Bean
        @Primary
        DnsTxt dns() {
            return name -> RECORDS.getOrDefault(name, List.of());
        }
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Members members;

    @Autowired
    JsonMapper json;

    MemberId town;
    AffiliationId hr;
    AffiliationId admin;

    @BeforeEach
    void aTown() {
        town = actors.member("Givors " + UUID.randomUUID());
        hr = actors.affiliation(town, Role.MEMBER_HR);
        admin = actors.affiliation(town, Role.MEMBER_ADMIN);
        members.addDomain(town, domain(), true, DirectoryFixtures.TESTER);
    }

    @Test
    void hrAddsSomebodyAndFindsThemAsTheyTypeWhateverTheAccents() throws Exception {
        add("Éléonore", "D'Haënens", "1980-02-29").andExpect(status().isCreated());

        as(hr, get("/api/members/{m}/people", town).param("q", "dhaenens eleo"))
                .andExpect(jsonPath("$.total").value(0));
        as(hr, get("/api/members/{m}/people", town).param("q", "eleo haen"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].person.birthDate").value("1980-02-29"))
                .andExpect(jsonPath("$.items[0].affiliations[0].phase").value("current"));
        as(hr, get("/api/directory/people").param("q", "HAENENS givors").param("member", town.toString()))
                .andExpect(jsonPath("$.items[0].person.usualName").value("D'Haënens"))
                .andExpect(jsonPath("$.items[0].affiliations[0].reference").isEmpty());
    }

    @Test
    void somebodyWhoMayExistAlreadyIsNotEnteredTwiceWithoutADecision() throws Exception {
        add("Jean-Paul", "Roche", "1970-01-02").andExpect(status().isCreated());

        String problem = add("jean paul", "ROCHE", "1970-01-02")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("person.maybe"))
                .andExpect(jsonPath("$.candidates[0].why[0]").value("name-and-birth-date"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String same = json.readTree(problem).at("/candidates/0/person/id").asString();
        as(
                        hr,
                        post("/api/members/{m}/people", town),
                        form("jean paul", "ROCHE", "1970-01-02", "{\"decision\":\"same\",\"person\":\"" + same + "\"}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.affiliations.length()").value(2));
    }

    @Test
    void aForgedIdOfAnotherMemberLeadsNowhere() throws Exception {
        MemberId other = actors.member("Grigny " + UUID.randomUUID());
        AffiliationId theirs = actors.affiliation(other);
        PersonId person = actors.personOf(theirs);

        as(hr, get("/api/members/{m}/people", other)).andExpect(status().isForbidden());
        as(hr, get("/api/members/{m}/people/{p}", town, person)).andExpect(status().isNotFound());
        as(hr, patch("/api/members/{m}/people/{p}", town, person), "{\"version\":0,\"usualName\":\"X\"}")
                .andExpect(status().isNotFound());
        as(hr, patch("/api/members/{m}/affiliations/{a}", town, theirs), "{\"version\":0,\"function\":\"X\"}")
                .andExpect(status().isNotFound());
        as(
                        hr,
                        post("/api/members/{m}/people/{p}/affiliations", town, person),
                        "{\"kind\":\"agent\",\"function\":\"X\"}")
                .andExpect(status().isNotFound());
        as(admin, put("/api/members/{m}/affiliations/{a}/roles", town, theirs), "{\"roles\":[\"member_admin\"]}")
                .andExpect(status().isNotFound());
        as(
                        hr,
                        post("/api/members/{m}/people", town),
                        form("Jo", "Neuf", "1999-09-09", "{\"decision\":\"same\",\"person\":\"" + person + "\"}"))
                .andExpect(status().is(422));
        as(hr, get("/api/members/{m}/people/{p}", town, "not-an-id")).andExpect(status().isNotFound());
    }

    @Test
    void wrongInputIsToldFieldByFieldAndNeverBreaks() throws Exception {
        String url = "/api/members/{m}/people";
        as(hr, post(url, town), "{")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("request.400"));
        as(hr, post(url, town), "{}").andExpect(status().is(422));
        as(hr, post(url, town), form("A\\u0000", "B", "1990-01-01", "null"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.fields.givenName").value("field.control"));
        as(hr, post(url, town), form("A".repeat(5000), "B", "1990-01-01", "null"))
                .andExpect(jsonPath("$.fields.givenName").value("field.long"));
        as(hr, post(url, town), form("A", "B", "9999-01-01", "null"))
                .andExpect(jsonPath("$.fields.birthDate").value("birthdate.invalid"));
        as(hr, get(url, town).param("q", "%_\\'\" ((").param("kind", "agent")).andExpect(status().isOk());
        as(hr, get(url, town).param("kind", "king")).andExpect(status().is(422));
        as(hr, get(url, town).param("limit", "-5").param("offset", "-9")).andExpect(status().isOk());
    }

    @Test
    void aDomainIsUsableOnceItsTxtRecordIsPublished() throws Exception {
        String domain = "nouveau-" + domain();
        as(admin, post("/api/members/{m}/domains", town), "{\"domain\":\"" + domain + "\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.verifiedAt").isEmpty());
        as(admin, post("/api/members/{m}/domains/{d}/verify", town, domain))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("domain.unproved"));

        String token = json.readTree(as(admin, get("/api/members/{m}/domains", town))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .at("/0/token")
                .asString();
        Zone.RECORDS.put("_entente." + domain, List.of("v=spf1 -all", token));

        as(admin, post("/api/members/{m}/domains/{d}/verify", town, domain))
                .andExpect(jsonPath("$.verifiedAt").isNotEmpty());
        as(admin, delete("/api/members/{m}/domains/{d}", town, domain)).andExpect(status().isNoContent());
    }

    @Test
    void onlyWhoRunsTheTerritoryGivesRolesThatReachAllOfIt() throws Exception {
        MemberId operator = actors.operator();
        AffiliationId localAdmin = actors.affiliation(operator, Role.MEMBER_ADMIN);
        AffiliationId chief = actors.affiliation(operator, Role.OPERATOR_ADMIN);
        String url = "/api/members/{m}/affiliations/{a}/roles";

        as(localAdmin, put(url, operator, localAdmin), "{\"roles\":[\"member_admin\",\"operator_admin\"]}")
                .andExpect(status().isForbidden());
        as(localAdmin, put(url, operator, localAdmin), "{\"roles\":[\"member_admin\",\"auditor\"]}")
                .andExpect(status().isForbidden());
        as(chief, put(url, operator, localAdmin), "{\"roles\":[\"member_admin\",\"auditor\"]}")
                .andExpect(status().isOk());
        as(chief, get("/api/members/{m}/roles", operator))
                .andExpect(jsonPath("$[0].affiliations[0].roles").isNotEmpty());
    }

    @Test
    void theOperatorFindsAnyAuthorityOfFranceAndAddsIt() throws Exception {
        AffiliationId chief = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
        as(chief, get("/api/operator/authorities").param("q", "venissieux"))
                .andExpect(jsonPath("$[0].siren").value("216902593"))
                .andExpect(jsonPath("$[0].population").value(66701));
        as(
                        chief,
                        post("/api/operator/members"),
                        "{\"name\":\"Vénissieux\",\"kind\":\"commune\",\"siren\":\"216 902 593\",\"insee\":\"69259\"}")
                .andExpect(status().isCreated());
        as(chief, post("/api/operator/members"), "{\"name\":\"V\",\"kind\":\"commune\",\"siren\":\"216902593\"}")
                .andExpect(status().isConflict());
        as(chief, post("/api/operator/members"), "{\"name\":\"V\",\"kind\":\"commune\",\"siren\":\"216902594\"}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.fields.siren").value("siren.invalid"));
        as(hr, get("/api/operator/members")).andExpect(status().isForbidden());
    }

    @Test
    void unitsMakeATreeWithoutCircles() throws Exception {
        String url = "/api/members/{m}/units";
        String root = id(as(admin, post(url, town), "{\"name\":\"Direction générale\",\"code\":\"DG\"}"));
        String leaf = id(as(admin, post(url, town), "{\"name\":\"Paie\",\"parent\":\"" + root + "\"}"));

        as(admin, patch(url + "/{u}", town, root), "{\"parent\":\"" + leaf + "\"}")
                .andExpect(status().is(422));
        as(admin, post(url, town), "{\"name\":\"Encore\",\"code\":\"DG\"}").andExpect(status().isConflict());
        as(hr, get("/api/directory/members/{m}/units", town))
                .andExpect(jsonPath("$[1].fullName").value("Direction générale / Paie"));
    }

    private ResultActions add(String given, String usual, String born) throws Exception {
        return as(hr, post("/api/members/{m}/people", town), form(given, usual, born, "null"));
    }

    private static String form(String given, String usual, String born, String decision) {
        return """
                {"givenName": "%s", "usualName": "%s", "birthDate": "%s", "decision": %s,
                 "affiliation": {"kind": "agent", "function": "Accueil"}}""".formatted(given, usual, born, decision);
    }

    private String id(ResultActions made) throws Exception {
        made.andExpect(status().isCreated());
        return json.readTree(made.andReturn().getResponse().getContentAsString())
                .get("id")
                .asString();
    }

    private String domain() {
        return "v" + town.toString().substring(24) + ".example";
    }

    private ResultActions as(AffiliationId who, MockHttpServletRequestBuilder request) throws Exception {
        ResultActions done = mvc.perform(request.with(actors.actingAs(who)));
        assertThat(done.andReturn().getResponse().getStatus()).isLessThan(500);
        return done;
    }

    private ResultActions as(AffiliationId who, MockHttpServletRequestBuilder request, String body) throws Exception {
        return as(who, request.contentType(MediaType.APPLICATION_JSON).content(body));
    }
}
