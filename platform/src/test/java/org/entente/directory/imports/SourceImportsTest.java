package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.DirectoryFixtures;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.imports.SourceImports.Run;
import org.entente.directory.imports.SourceImports.Said;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a source that knows each entry by a key of its own makes of a member's people, beside files and human hands. */
@SpringBootTest(properties = "entente.directory.clock.every=P1D")
@Import({TestPostgres.class, DirectoryFixtures.class})
class SourceImportsTest {

    @Autowired
    SourceImports imports;

    @Autowired
    ImportDesk desk;

    @Autowired
    ImportReader reader;

    @Autowired
    Affiliations affiliations;

    @Autowired
    DirectoryFixtures.Maker make;

    @Autowired
    DirectoryFixtures.Hands hands;

    @Autowired
    JdbcClient jdbc;

    private MemberId town;

    @BeforeEach
    void aTownWithoutALimitOnDepartures() {
        hands.moveTo(Instant.parse("2026-11-24T10:00:00Z"));
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = make.town();
        jdbc.sql("UPDATE directory.member SET departure_limit = 100 WHERE id = ?")
                .param(town.value())
                .update();
    }

    @Test
    void theSameEntriesAgainChangeNothingAndARenamedPersonStaysThePerson() {
        applied(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche")));
        assertThat(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche"))
                        .changesNothing())
                .isTrue();
        UUID person = person("k1");

        Run renamed = take(said("k1", "Nadia", "Benali-Roux"), said("k2", "Paul", "Roche"));
        assertThat(renamed.arrivals() + renamed.departures() + renamed.undecided())
                .isZero();
        assertThat(renamed.changes()).isEqualTo(1);
        applied(renamed);
        assertThat(person("k1")).isEqualTo(person);
        assertThat(jdbc.sql("SELECT usual_name FROM directory.person WHERE id = ?")
                        .param(person)
                        .query(String.class)
                        .single())
                .isEqualTo("Benali-Roux");
    }

    @Test
    void anEntryGivenOnToSomebodyElseIsADoubtAndADecisionIsNotAskedTwice() {
        applied(take(said("k1", "Nadia", "Benali")));

        Run given = take(said("k1", "Paul", "Roche"));
        assertThat(given.undecided()).isEqualTo(1);
        assertThatThrownBy(() -> imports.apply(town, given.id(), TESTER)).hasMessageContaining("import.undecided");
        assertThat(reader.rows(town.value(), given.id(), "doubt", 0, 10, Locale.FRENCH)
                        .items()
                        .getFirst()
                        .candidates()
                        .getFirst()
                        .why())
                .containsExactly("key");
        desk.decide(town.value(), given.id(), 1, "skip", null);

        Run next = take(said("k1", "Paul", "Roche"), said("k3", "Zoé", "Ménard"));
        assertThat(next.undecided()).isZero();
        assertThat(next.arrivals()).isEqualTo(1);
        assertThat(next.departures()).isZero();
        assertThatThrownBy(() -> reader.one(town.value(), given.id(), Locale.FRENCH))
                .as("the dry run that was never applied is superseded")
                .hasMessageContaining("import.unknown");

        desk.decide(town.value(), next.id(), 1, "new", null);
        Run decided = imports.run(town, next.id());
        assertThat(decided.arrivals()).isEqualTo(2);
        assertThat(decided.departures()).isEqualTo(1);
        applied(decided);
        assertThat(take(said("k1", "Paul", "Roche"), said("k3", "Zoé", "Ménard"))
                        .changesNothing())
                .isTrue();
    }

    @Test
    void whoIsFoundByNameIsTakenOverVisiblyAndLeavesWithTheSource() {
        PersonId nadia = make.person(town, "Nadia", "Benali", "1974-05-12");
        AffiliationId post = make.agent(town, nadia, "Accueil");

        Run first = take(said("k1", "Nadia", "Benali", "function", "Accueil"));
        assertThat(first.changes()).isEqualTo(1);
        assertThat(reader.rows(town.value(), first.id(), "change", 0, 10, Locale.FRENCH)
                        .items()
                        .getFirst()
                        .changes())
                .extracting(ImportReader.Change::field)
                .containsExactly("key", "source");
        applied(first);
        assertThat(row(post)).containsEntry("source", "ldap").containsEntry("source_key", "k1");

        Run gone = take(said("k2", "Paul", "Roche"));
        assertThat(gone.departures()).isEqualTo(1);
        assertThat(gone.arrivals()).isEqualTo(1);
    }

    @Test
    void aClosedEntryIsADepartureWhateverElseItSaysAndComesBackAsTheSamePerson() {
        applied(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche")));
        UUID person = person("k1");

        Run closed = take(said("k1", "xxx", "desactive", "until", "2026-11-23"), said("k2", "Paul", "Roche"));
        assertThat(closed.departures()).isEqualTo(1);
        assertThat(closed.undecided() + closed.arrivals() + closed.changes()).isZero();
        applied(closed);
        assertThat(live("k1")).isZero();

        Run back = take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche"));
        assertThat(back.arrivals()).isEqualTo(1);
        applied(back);
        assertThat(live("k1")).isOne();
        assertThat(person("k1")).isEqualTo(person);
    }

    @Test
    void whatAHumanEndedHereStaysEnded() {
        applied(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche")));
        AffiliationId post = new AffiliationId(affiliation("k1"));
        affiliations.end(post, hands.instant(), "mutation", TESTER);

        Run next = take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche"));

        assertThat(next.changesNothing()).isTrue();
        assertThat(reader.rows(town.value(), next.id(), "unchanged", 0, 10, Locale.FRENCH)
                        .items())
                .extracting(ImportReader.Row::message)
                .anyMatch(message -> message != null && message.contains("humain"));
    }

    @Test
    void anEndIsTakenBackByTheSourceThatSetItButNotTheOneOfAHuman() {
        applied(take(said("k1", "Nadia", "Benali", "until", "2026-12-31"), said("k2", "Paul", "Roche")));
        Run endless = take(said("k1", "Nadia", "Benali", "until", "9999-12-31"), said("k2", "Paul", "Roche"));
        assertThat(endless.changes()).isEqualTo(1);
        applied(endless);
        assertThat(row(new AffiliationId(affiliation("k1"))).get("valid_until")).isNull();

        affiliations.end(
                new AffiliationId(affiliation("k2")), Instant.parse("2026-12-15T17:00:00Z"), "mutation", TESTER);
        assertThat(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche", "until", "9999-12-31"))
                        .changesNothing())
                .isTrue();
        assertThat(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche", "until", "2027-06-30"))
                        .changesNothing())
                .isTrue();
        assertThat(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche", "until", "2026-12-01"))
                        .changes())
                .as("an earlier end is taken")
                .isEqualTo(1);
    }

    @Test
    void anEntryThatCannotBeReadStaysAsItIsAndHoldsNobodyUp() {
        applied(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche")));

        Run next = take(said("k1", "Nadia", "Benali", "phone", "poste douze"), said("k3", "Zoé", "Ménard"));

        assertThat(next.errors()).isEqualTo(1);
        assertThat(next.departures()).as("Paul alone").isEqualTo(1);
        applied(next);
        assertThat(live("k1")).isOne();
    }

    @Test
    void aPayrollNumberMovesFromOneEntryToAnotherWithoutBreaking() {
        applied(take(said("k1", "Nadia", "Benali", "reference", "1"), said("k2", "Paul", "Roche", "reference", "2")));

        applied(take(said("k1", "Nadia", "Benali", "reference", "2"), said("k2", "Paul", "Roche", "reference", "1")));

        assertThat(live("k1") + live("k2")).isEqualTo(2);
    }

    @Test
    void afterwardsAFileMakesNobodyLeaveWhomTheSourceKeeps() {
        applied(take(said("k1", "Nadia", "Benali")));

        UUID file = desk.take(
                town.value(),
                "rh.csv",
                new org.springframework.core.io.ByteArrayResource("Matricule;Nom;Prénom;Fonction\n7;Roche;Paul;Voirie\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                null,
                null,
                TESTER);

        assertThat(reader.one(town.value(), file, Locale.FRENCH).counts().departures())
                .isZero();
    }

    @Test
    void moreDeparturesThanTheLimitWaitForAHuman() {
        applied(take(said("k1", "Nadia", "Benali"), said("k2", "Paul", "Roche")));
        jdbc.sql("UPDATE directory.member SET departure_limit = 10 WHERE id = ?")
                .param(town.value())
                .update();

        Run fewer = take(said("k1", "Nadia", "Benali"));

        assertThatThrownBy(() -> imports.apply(town, fewer.id(), TESTER)).hasMessageContaining("import.departures");
        assertThat(live("k2")).isOne();
    }

    private Run take(Said... all) {
        return imports.take(town, "ldap", "Annuaire", Arrays.asList(all), TESTER);
    }

    private void applied(Run run) {
        assertThat(imports.apply(town, run.id(), TESTER).state()).isEqualTo("applied");
    }

    private static Said said(String key, String given, String usual, String... more) {
        Map<String, String> values = new HashMap<>(Map.of("givenName", given, "usualName", usual, "function", "Agent"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new Said(key, values);
    }

    private UUID person(String key) {
        return jdbc.sql(
                        "SELECT person FROM directory.affiliation WHERE member = ? AND source_key = ? AND phase <> 'ended'")
                .params(town.value(), key)
                .query(UUID.class)
                .single();
    }

    private UUID affiliation(String key) {
        return jdbc.sql("SELECT id FROM directory.affiliation WHERE member = ? AND source_key = ? AND phase <> 'ended'")
                .params(town.value(), key)
                .query(UUID.class)
                .single();
    }

    private long live(String key) {
        return jdbc.sql(
                        "SELECT count(*) FROM directory.affiliation WHERE member = ? AND source_key = ? AND phase <> 'ended'")
                .params(town.value(), key)
                .query(Long.class)
                .single();
    }

    private Map<String, Object> row(AffiliationId id) {
        return jdbc.sql("SELECT * FROM directory.affiliation WHERE id = ?")
                .param(id.value())
                .query()
                .singleRow();
    }
}
