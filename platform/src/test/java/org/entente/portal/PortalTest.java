package org.entente.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = "entente.notices.every=1h")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class})
class PortalTest {

    private static final Author ADMIN = Author.system("test");

    @DynamicPropertySource
    static void anAppThatSignsInByOidc(DynamicPropertyRegistry registry) throws IOException {
        Path folder = Files.createTempDirectory("entente-catalog");
        Files.writeString(folder.resolve("planning.yaml"), """
                id: planning
                name: {fr: "Plannings", en: "Planning"}
                summary: {fr: "Les plannings", en: "Rosters"}
                icon: calendar
                category: work
                signIn: {kind: oidc, clientId: planning, redirectUris: ["https://planning.example/cb"], initiateUrl: "https://planning.example/start?x=1"}
                roles: [user]
                suits: [agent, elu]
                """);
        registry.add("entente.catalog.folder", folder::toString);
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    RightsFollower rights;

    @Autowired
    LedgerFollower acts;

    @Autowired
    Retention retention;

    @Autowired
    Notices notices;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void anyoneLearnsTheNameOfTheTerritory() throws Exception {
        mvc.perform(get("/api/territory"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("Entente"))
                .andExpect(jsonPath("$.demo").value(false));
    }

    @Test
    void theHomeShowsWhatTheActingCapacityGivesAndWhatAnotherWould() throws Exception {
        MemberId venissieux = town.member("Vénissieux");
        PersonId nadia = town.person("Nadia", "Benali");
        AffiliationId elu = town.joins(nadia, venissieux, "elu", null);
        AffiliationId agent = town.joins(nadia, town.member("Givors"), "agent", null);
        subscriptions.subscribe(venissieux, "legifrance", Population.everyone("user"), ADMIN);
        subscriptions.subscribe(venissieux, "planning", Population.everyone("user"), ADMIN);

        mvc.perform(get("/api/me/home").with(actors.actingAs(elu)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.categories[*].id", contains("work", "together", "reference")))
                .andExpect(jsonPath("$.categories[0].name.fr").value("Travailler"))
                .andExpect(jsonPath("$.categories[0].tiles[0].url").value("/go/planning"))
                .andExpect(jsonPath("$.categories[1].tiles[0].url").value("/directory"))
                .andExpect(jsonPath("$.categories[1].tiles[0].external").value(false))
                .andExpect(jsonPath("$.elsewhere", empty()));
        mvc.perform(get("/api/me/home").with(actors.actingAs(agent)))
                .andExpect(jsonPath("$.categories[*].id", contains("together")))
                .andExpect(jsonPath("$.elsewhere", hasSize(2)))
                .andExpect(jsonPath("$.elsewhere[0].capacity.id").value(elu.toString()))
                .andExpect(jsonPath("$.elsewhere[0].capacity.member.name").value("Vénissieux"));
    }

    @Test
    void aTileOpensInTheActingCapacityAndIsCountedWithoutThePerson() throws Exception {
        MemberId member = town.member("Corbas");
        jdbc.sql("UPDATE directory.member SET siret = '21690273400017' WHERE id = ?")
                .param(member.value())
                .update();
        AffiliationId capacity = town.joins(town.person("Ali", "Petit"), member, "agent", null);
        subscriptions.subscribe(member, "planning", Population.everyone("user"), ADMIN);
        var session = actors.actingAs(capacity);

        for (int i = 0; i < 3; i++) {
            mvc.perform(get("/go/planning").with(session))
                    .andExpect(status().isSeeOther())
                    .andExpect(header().string(
                                    "Location",
                                    "https://planning.example/start?x=1&capacity_hint=" + capacity
                                            + "&siret_hint=21690273400017"));
        }
        mvc.perform(get("/go/legifrance").with(session))
                .andExpect(header().string("Location", "/?refused=service.not-given"));
        mvc.perform(get("/go/nonsense").with(session)).andExpect(header().string("Location", startsWith("/?refused=")));
        mvc.perform(get("/go/planning")).andExpect(header().string("Location", "/sign-in?to=%2Fgo%2Fplanning"));

        assertThat(jdbc.sql("SELECT count FROM portal.v_opening WHERE member = ? AND service = 'planning'")
                        .param(member.value())
                        .query(Long.class)
                        .list())
                .containsExactly(3L);
    }

    @Test
    void aPersonIsToldOnceOfWhatComesAndGoes() throws Exception {
        MemberId givors = town.member("Givors");
        MemberId lyon = town.member("Lyon");
        subscriptions.subscribe(givors, "cnfpt", Population.everyone("user"), ADMIN);
        PersonId person = town.person("Zoé", "Grand");
        AffiliationId first = town.joins(person, givors, "agent", null);
        AffiliationId second = town.joins(person, lyon, "agent", null);
        rights.tell();
        rights.tell();
        var session = actors.actingAs(second);

        mvc.perform(get("/api/notices").with(session))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].kind").value("capacity.started"))
                .andExpect(jsonPath("$.items[0].title")
                        .value("Nouveau rattachement : Chargée de mission, Givors, Chargée de mission, Lyon"))
                .andExpect(
                        jsonPath("$.items[0].body").value(org.hamcrest.Matchers.containsString("Services ouverts :")))
                .andExpect(jsonPath("$.items[0].read").value(false));

        town.ends(first, "manual");
        rights.tell();

        String answer = mvc.perform(get("/api/notices?limit=1").with(session))
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].title").value("Fin de rattachement : Chargée de mission, Givors"))
                .andExpect(jsonPath("$.items[0].body").value(org.hamcrest.Matchers.containsString("Services fermés :")))
                .andReturn()
                .getResponse()
                .getContentAsString();

        mvc.perform(post("/api/notices/read")
                        .contentType("application/json")
                        .content("{\"ids\": [\"" + JsonPath.read(answer, "$.items[0].id") + "\"]}")
                        .with(session))
                .andExpect(status().isNoContent());
        assertThat(readMarks(session)).containsExactly(true, false);
        mvc.perform(post("/api/notices/read").with(session)).andExpect(status().isNoContent());
        assertThat(readMarks(session)).containsExactly(true, true);
    }

    @Test
    void aNewSubscriptionIsToldToItsPeopleOnly() throws Exception {
        MemberId corbas = town.member("Corbas");
        AffiliationId served = town.joins(town.person("Ali", "Petit"), corbas, "agent", null);
        AffiliationId other = town.joins(town.person("Eva", "Tard"), town.member("Grigny"), "agent", null);
        rights.tell();

        subscriptions.subscribe(corbas, "urbanisme", Population.everyone("user"), ADMIN);
        rights.tell();

        mvc.perform(get("/api/notices").with(actors.actingAs(served)))
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].kind").value("services"));
        mvc.perform(get("/api/notices").with(actors.actingAs(other)))
                .andExpect(jsonPath("$.total").value(1));
    }

    @Test
    void actsOfOneKindShareOneNotice() throws Exception {
        AffiliationId hr = town.joins(town.person("Hélène", "Roux"), town.member("Givors"), "agent", null);
        Author author = new Author(actors.personOf(hr).value(), hr.value(), "Hélène Roux", null);
        List<String> departures =
                IntStream.range(0, 50).mapToObj(i -> "departure-" + hr + i).toList();
        transaction.executeWithoutResult(status -> {
            ledger.record(departures.stream()
                    .map(d -> entry(author, "departure.cut", d))
                    .toList());
            ledger.record(departures.stream()
                    .map(d -> entry(Author.system("provisioning"), "certificate.signed", d))
                    .toList());
        });

        var session = actors.actingAs(hr);
        Awaitility.await().untilAsserted(() -> {
            acts.tell();
            mvc.perform(get("/api/notices").with(session))
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(jsonPath("$.items[0].title").value("50 départs terminés"));
        });
    }

    @Test
    void theOtherAuthorityLearnsThatOneOfItsPeopleWasTakenInElsewhere() throws Exception {
        MemberId corbas = actors.member("Corbas");
        MemberId givors = actors.member("Givors");
        PersonId rose = actors.person("Rose", "Tyler");
        actors.affiliation(rose, corbas);
        AffiliationId admin = actors.affiliation(corbas, Role.MEMBER_ADMIN);
        AffiliationId stranger = actors.affiliation(actors.member("Grigny"), Role.MEMBER_ADMIN);
        AffiliationId hr = actors.affiliation(givors, Role.MEMBER_ADMIN);
        AffiliationId there = actors.affiliation(rose, givors);
        Author author = new Author(actors.personOf(hr).value(), hr.value(), "Hélène Roux", null);

        transaction.executeWithoutResult(status -> ledger.record(new Entry(
                author,
                "affiliation.started",
                givors.value(),
                "affiliation",
                there.toString(),
                "Rose Tyler, Agent, Givors",
                Map.of(),
                Map.of())));

        var session = actors.actingAs(admin);
        Awaitility.await().untilAsserted(() -> {
            acts.tell();
            mvc.perform(get("/api/notices").with(session))
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(
                            jsonPath("$.items[0].title").value("Aussi rattaché ailleurs : Rose Tyler, Agent, Givors"));
        });
        for (AffiliationId nobody : List.of(stranger, hr)) {
            mvc.perform(get("/api/notices").with(actors.actingAs(nobody)))
                    .andExpect(jsonPath("$.total").value(0));
        }
    }

    @Test
    void oneBoxFindsPeopleMembersFunctionsAndTheServicesOneMayOpen() throws Exception {
        MemberId member = town.member("Pierre-Bénite");
        AffiliationId capacity = town.joins(town.person("Éléonore", "D’Haënens"), member, "agent", null);
        var session = actors.actingAs(capacity);

        mvc.perform(get("/api/search?q=haenens eleo").with(session))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.people[0].person.usualName").value("D’Haënens"))
                .andExpect(jsonPath("$.people[0].affiliations[0].member.name").value("Pierre-Bénite"))
                .andExpect(jsonPath("$.members", empty()));
        mvc.perform(get("/api/search?q=benite").with(session))
                .andExpect(jsonPath("$.members[0].name").value("Pierre-Bénite"));
        mvc.perform(get("/api/search?q=charg").with(session))
                .andExpect(jsonPath("$.functions[0].function").value("Chargée de mission"));
        mvc.perform(get("/api/search?q=ANNUAIRE").with(session))
                .andExpect(jsonPath("$.services[0].url").value("/directory"));
        mvc.perform(get("/api/search?q=plannings").with(session)).andExpect(jsonPath("$.services", empty()));
        mvc.perform(get("/api/search?q=e").with(session)).andExpect(jsonPath("$.people", empty()));
        mvc.perform(get("/api/search").param("q", "%_'\"\\" + "x".repeat(5000)).with(session))
                .andExpect(status().isOk());
    }

    @Test
    void whileOneTypesThoseWhoseNameBeginsSoComeFirstAndEverybodyOnce() throws Exception {
        MemberId member = town.member("Zuydcoote");
        PersonId twice = town.person("Ada", "Zulberti");
        AffiliationId capacity = town.joins(twice, member, "agent", null);
        town.joins(twice, member, "elu", null);
        town.joins(town.person("Bob", "Aaberg"), member, "agent", null);

        mvc.perform(get("/api/search?q=zu").with(actors.actingAs(capacity)))
                .andExpect(jsonPath("$.people[*].person.usualName", contains("Zulberti", "Aaberg")));
    }

    @Test
    void oldNoticesAndOldCountsAreForgotten() {
        AffiliationId capacity = town.joins(town.person("Léo", "Moyen"), town.member("Vaulx-en-Velin"), "agent", null);
        PersonId person = actors.personOf(capacity);
        jdbc.sql(
                        "INSERT INTO portal.notice (person, kind, facts, at) VALUES (:p, 'services', '{}', now() - interval '7 months'),"
                                + " (:p, 'services', '{}', now() - interval '5 months')")
                .param("p", person.value())
                .update();
        jdbc.sql("INSERT INTO portal.opening VALUES (current_date - 2000, gen_random_uuid(), 'old', 1)")
                .update();

        retention.forget();

        assertThat(notices.of(person)).isEqualTo(1);
        assertThat(jdbc.sql("SELECT count(*) FROM portal.opening WHERE service = 'old'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static Entry entry(Author author, String act, String subject) {
        return new Entry(author, act, null, "departure", subject, "Somebody", Map.of(), Map.of());
    }

    private List<Boolean> readMarks(RequestPostProcessor session) throws Exception {
        return JsonPath.read(
                mvc.perform(get("/api/notices").with(session))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                "$.items[*].read");
    }
}
