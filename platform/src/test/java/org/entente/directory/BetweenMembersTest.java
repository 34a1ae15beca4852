package org.entente.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.UUID;
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
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What one member may not do to somebody who is also with another. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class BetweenMembersTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Members members;

    @Autowired
    People people;

    @Autowired
    Affiliations affiliations;

    @Autowired
    Roles roles;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    MemberId corbas;
    AffiliationId hrOfGivors;
    PersonId zoe;
    AffiliationId atCorbas;

    @BeforeEach
    void twoTownsAndSomebodyOfOne() {
        givors = town("givors");
        corbas = town("corbas");
        hrOfGivors = actors.affiliation(givors, Role.MEMBER_HR);
        zoe = people.add(
                new NewPerson("Zoé", "Valette" + UUID.randomUUID(), null, java.time.LocalDate.of(1985, 4, 1)),
                corbas,
                DirectoryFixtures.TESTER);
        atCorbas = joins(corbas, "zoe");
    }

    private MemberId town(String name) {
        MemberId town = actors.member(name + " " + UUID.randomUUID());
        members.addDomain(town, domain(town), true, DirectoryFixtures.TESTER);
        return town;
    }

    private static String domain(MemberId town) {
        return "m" + town.toString().replace("-", "") + ".example";
    }

    private static String at(String name, MemberId town) {
        return name + "@" + domain(town);
    }

    private AffiliationId joins(MemberId town, @Nullable String name) {
        Post post = new Post(
                "Agente",
                null,
                name == null ? null : at(name, town),
                null,
                null,
                java.time.Instant.parse("2026-01-01T00:00:00Z"),
                null,
                null,
                List.of());
        return affiliations.start(
                new NewAffiliation(zoe, town, AffiliationKind.AGENT, post, "manual"), DirectoryFixtures.TESTER);
    }

    private ResultActions as(AffiliationId who, MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.with(actors.signIn(who)));
    }

    private ResultActions as(AffiliationId who, MockHttpServletRequestBuilder call, String body) throws Exception {
        return as(who, call.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private void move(AffiliationId who, MemberId town, AffiliationId which, String name) throws Exception {
        int version = jdbc.sql("SELECT version FROM directory.affiliation WHERE id = ?")
                .param(which.value())
                .query(Integer.class)
                .single();
        as(
                        who,
                        patch("/api/members/{m}/affiliations/{a}", town, which),
                        "{\"address\": \"%s\", \"version\": %d}".formatted(at(name, town), version))
                .andExpect(status().isOk());
    }

    private List<UUID> held() {
        return jdbc.sql("SELECT id FROM directory.v_held_mail WHERE person = ?")
                .param(zoe.value())
                .query(UUID.class)
                .list();
    }

    @Test
    void anAddressThatAnotherMemberGivesIsHeldUntilThePersonSaysThatItIsTheirs() throws Exception {
        AffiliationId atGivors = joins(givors, "alias");

        assertThat(held()).containsExactly(atGivors.value());
        as(atCorbas, get("/api/me/held-mail"))
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].address").value(at("alias", givors)));

        as(atCorbas, post("/api/me/held-mail/{c}/confirmed", atGivors)).andExpect(status().isNoContent());

        assertThat(held()).isEmpty();
        assertThat(jdbc.sql("SELECT author FROM audit.v_entry WHERE act = 'affiliation.mail-confirmed' AND member = ?")
                        .param(givors.value())
                        .query(String.class)
                        .list())
                .hasSize(1);
    }

    @Test
    void anAddressThatIsChangedWhileThePersonIsElsewhereIsHeld() throws Exception {
        AffiliationId atGivors = joins(givors, "zoe");
        affiliations.confirmMail(atGivors, DirectoryFixtures.TESTER);

        move(hrOfGivors, givors, atGivors, "alias");

        assertThat(held()).containsExactly(atGivors.value());
    }

    @Test
    void whoIsWithOneMemberAloneHasTheAddressThatItGives() throws Exception {
        move(actors.affiliation(corbas, Role.MEMBER_HR), corbas, atCorbas, "valette");

        assertThat(held()).isEmpty();
    }

    @Test
    void whatWasHeldIsHeldNoLongerOnceTheOtherMemberIsLeft() throws Exception {
        AffiliationId atGivors = joins(givors, "alias");
        affiliations.end(atCorbas, java.time.Instant.now(), "resigned", DirectoryFixtures.TESTER);

        assertThat(held()).isEmpty();
        assertThat(atGivors).isNotNull();
    }

    @Test
    void theAddressOfAnAdministratorIsHeldByWhateverDoorItComes() throws Exception {
        roles.grant(atCorbas, java.util.Set.of(Role.MEMBER_ADMIN), DirectoryFixtures.TESTER);

        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params(at("alias", corbas), atCorbas.value())
                .update();

        assertThat(held()).containsExactly(atCorbas.value());
    }

    @Test
    void anAdministratorWhoMayGiveAllThatAnotherHasNeedsNobodysWord() throws Exception {
        roles.grant(atCorbas, java.util.Set.of(Role.MEMBER_HR), DirectoryFixtures.TESTER);

        move(actors.affiliation(corbas, Role.MEMBER_ADMIN), corbas, atCorbas, "valette");

        assertThat(held()).isEmpty();
    }

    @Test
    void whoChangesSomethingElseReleasesNoAddressThatCameByAnotherDoor() throws Exception {
        roles.grant(atCorbas, java.util.Set.of(Role.MEMBER_HR), DirectoryFixtures.TESTER);
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params(at("alias", corbas), atCorbas.value())
                .update();
        int version = jdbc.sql("SELECT version FROM directory.affiliation WHERE id = ?")
                .param(atCorbas.value())
                .query(Integer.class)
                .single();

        as(
                        actors.affiliation(corbas, Role.MEMBER_ADMIN),
                        patch("/api/members/{m}/affiliations/{a}", corbas, atCorbas),
                        "{\"phone\": \"04 72 00 00 00\", \"version\": %d}".formatted(version))
                .andExpect(status().isOk());

        assertThat(held()).containsExactly(atCorbas.value());
    }

    @Test
    void onlyThePersonConfirmsTheirOwn() throws Exception {
        AffiliationId atGivors = joins(givors, "alias");

        as(hrOfGivors, post("/api/me/held-mail/{c}/confirmed", atGivors)).andExpect(status().isNotFound());

        assertThat(held()).containsExactly(atGivors.value());
    }

    @Test
    void aMemberThatThePersonHasLeftChangesTheirNameNoMoreAndReadsNoBirthDate() throws Exception {
        AffiliationId atGivors = joins(givors, null);
        affiliations.end(atGivors, java.time.Instant.now(), "resigned", DirectoryFixtures.TESTER);

        as(hrOfGivors, get("/api/members/{m}/people/{p}", givors, zoe))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.person.birthDate").isEmpty());
        as(hrOfGivors, patch("/api/members/{m}/people/{p}", givors, zoe), "{\"usualName\": \"Autre\", \"version\": 0}")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("person.left"));
    }

    @Test
    void aNewNameIsToldToTheOtherMembers() throws Exception {
        joins(givors, null);

        as(
                        hrOfGivors,
                        patch("/api/members/{m}/people/{p}", givors, zoe),
                        "{\"usualName\": \"Valette-Roux\", \"version\": 0}")
                .andExpect(status().isOk());

        assertThat(jdbc.sql(
                                "SELECT act FROM audit.v_entry WHERE subject = ? AND member = ? AND act LIKE 'person.changed%'")
                        .params(zoe.toString(), corbas.value())
                        .query(String.class)
                        .list())
                .containsExactly("person.changed-elsewhere");
    }

    @Test
    void whoIsAskedAboutSomebodyOfAnotherMemberIsNotToldWhenTheyWereBorn() throws Exception {
        String name = jdbc.sql("SELECT usual_name FROM directory.person WHERE id = ?")
                .param(zoe.value())
                .query(String.class)
                .single();

        as(hrOfGivors, post("/api/members/{m}/people", givors), """
                        {"givenName": "Zoé", "usualName": "%s", "affiliation": {"kind": "agent", "function": "Agente", "from": "2026-01-01T00:00:00Z"}}""".formatted(name))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.candidates.length()").value(1))
                .andExpect(jsonPath("$.candidates[0].birthDate").isEmpty());
    }
}
