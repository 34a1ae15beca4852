package org.entente.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

/** Persons who may be one human being are found, and kept apart by whoever looked. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class DoublesTest {

    private static final LocalDate BORN = LocalDate.of(1980, 5, 17);

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    MemberId givors;
    MemberId bron;
    TestSession hr;

    @BeforeEach
    void twoTowns() {
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        givors = actors.member("Givors");
        bron = actors.member("Bron");
        hr = actors.signIn(actors.affiliation(actors.person("Rh", "Givors"), givors, Role.MEMBER_HR));
    }

    @ParameterizedTest
    @CsvSource({
        "Nadia, Benali, , true, name-and-birth-date",
        "NADIA, BÉNALI, , true, name-and-birth-date",
        "Nadia, Benali, , false, name",
        "Nadia, Roux, Benali, true, swapped-names",
        "Benali, Nadia, , true, swapped-names",
        "Nadia Lou, Benali, , true, similar-name",
        "Lou Nadia, Benali-Roux, , true, similar-name"
    })
    void whoLooksAlikeIsFoundOnceWithTheReason(
            String given, String usual, @Nullable String birth, boolean born, String why) throws Exception {
        UUID one = lives("Nadia", "Benali", null, BORN, givors);
        UUID other = lives(given, usual, birth, born ? BORN : null, bron);

        ofGivors()
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].why").value(why))
                .andExpect(
                        jsonPath("$.items[0]..person.id").value(containsInAnyOrder(one.toString(), other.toString())))
                .andExpect(jsonPath("$.items[0].one.person.birthDate").doesNotExist());
    }

    @Test
    void whoDoesNotLookAlikeIsNot() throws Exception {
        lives("Nadia", "Benali", null, BORN, givors);
        lives("Nadia", "Benali", null, BORN.plusDays(1), bron);
        lives("Nadia", "Petit", null, BORN, bron);
        lives("Paul", "Benali", null, BORN, bron);
        UUID gone = lives("Nadia", "Benali", null, BORN, bron);
        jdbc.sql("UPDATE directory.affiliation SET phase = 'ended', valid_until = now() WHERE person = ?")
                .param(gone)
                .update();

        ofGivors().andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void aMemberSeesThoseOfItsPeopleAndTheOperatorAll() throws Exception {
        lives("Nadia", "Benali", null, BORN, givors);
        lives("Nadia", "Benali", null, BORN, bron);
        lives("Paul", "Petit", null, BORN, bron);
        lives("Paul", "Petit", null, BORN, bron);
        TestSession operator = actors.signIn(
                actors.affiliation(actors.person("Op", "Erateur"), actors.operator(), Role.OPERATOR_ADMIN));

        ofGivors().andExpect(jsonPath("$.total").value(1));
        mvc.perform(get("/api/operator/doubles").with(operator))
                .andExpect(jsonPath("$.total").value(2));
        mvc.perform(get("/api/members/{member}/doubles", bron).with(hr)).andExpect(status().isForbidden());
    }

    @Test
    void whoeverFindsTwoPeopleSaysWhyAndIsNotAskedAgain() throws Exception {
        UUID one = lives("Nadia", "Benali", null, BORN, givors);
        UUID other = lives("Nadia", "Benali", null, BORN, bron);
        TestSession theirs = actors.signIn(actors.affiliation(actors.person("Rh", "Bron"), bron, Role.MEMBER_HR));

        apart(one, other, " ").andExpect(status().isUnprocessableContent());
        apart(other, one, "Cousines, matricules différents").andExpect(status().isNoContent());

        ofGivors().andExpect(jsonPath("$.total").value(0));
        assertThat(jdbc.sql(
                                "SELECT after FROM audit.entry WHERE act = 'person.kept-apart' AND subject = ? AND member = ?")
                        .params(other.toString(), givors.value())
                        .query(String.class)
                        .single())
                .contains("Cousines", one.toString());
        apart(one, other, "Encore").andExpect(status().isNotFound());
        // What one town found is not said for another.
        mvc.perform(get("/api/members/{member}/doubles", bron).with(theirs))
                .andExpect(jsonPath("$.total").value(1));
    }

    @Test
    void peopleWhoAreNoPairOfTheMembersAreNotKeptApartByIt() throws Exception {
        UUID one = lives("Paul", "Petit", null, BORN, bron);
        UUID other = lives("Paul", "Petit", null, BORN, bron);
        UUID mine = lives("Zoé", "Grand", null, BORN, givors);

        apart(one, other, "Indiscrétion")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value(containsString("rechargez")));
        apart(mine, one, "Rien à voir").andExpect(status().isNotFound());
        apart(mine, mine, "La même").andExpect(status().isNotFound());
    }

    @Test
    void aWholeTerritoryOfOneBirthDateIsJoinedAndPaged() throws Exception {
        // What is searched while one types is not asked here, and slow to make.
        jdbc.sql("ALTER TABLE directory.affiliation DISABLE TRIGGER USER").update();
        try {
            jdbc.sql("""
                            WITH p AS (INSERT INTO directory.person (given_name, usual_name, birth_date)
                                SELECT 'Prenom' || n % 29990 % 300, 'Nom' || n % 29990, DATE '1900-01-01'
                                FROM generate_series(1, 30000) n RETURNING id)
                            INSERT INTO directory.affiliation (person, member, kind, function, valid_from, phase)
                            SELECT id, ?, 'agent', 'Agent', '2020-01-01', 'current' FROM p""").param(givors.value()).update();
        } finally {
            jdbc.sql("ALTER TABLE directory.affiliation ENABLE TRIGGER USER").update();
        }

        mvc.perform(get("/api/members/{member}/doubles?limit=5&offset=5", givors)
                        .with(hr))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(10))
                .andExpect(jsonPath("$.items.length()").value(5));
    }

    private UUID lives(String given, String usual, @Nullable String birth, @Nullable LocalDate born, MemberId member) {
        UUID person = jdbc.sql(
                        "INSERT INTO directory.person (given_name, usual_name, birth_name, birth_date) VALUES (?, ?, ?, ?) RETURNING id")
                .params(given, usual, birth, born)
                .query(UUID.class)
                .single();
        actors.affiliation(new PersonId(person), member);
        return person;
    }

    private ResultActions ofGivors() throws Exception {
        return mvc.perform(get("/api/members/{member}/doubles", givors).with(hr))
                .andExpect(status().isOk());
    }

    private ResultActions apart(UUID one, UUID other, String reason) throws Exception {
        return mvc.perform(post("/api/members/{member}/doubles/apart", givors)
                .with(hr)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(Map.of("one", one, "other", other, "reason", reason))));
    }
}
