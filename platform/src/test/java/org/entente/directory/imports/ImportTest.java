package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.DirectoryFixtures;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Post;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = "entente.directory.clock.every=P1D")
@Import({TestPostgres.class, DirectoryFixtures.class})
class ImportTest {

    private static final String HEAD =
            "Matricule;Nom d'usage;Nom de naissance;Prénom;Date de naissance;Adresse mail;Fonction;Service;Date d'arrivée;Date de fin;Quotité\n";

    @Autowired
    ImportDesk desk;

    @Autowired
    ImportReader reader;

    @Autowired
    DirectoryFixtures.Maker make;

    @Autowired
    DirectoryFixtures.Hands hands;

    @Autowired
    DirectoryFixtures.Ear ear;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    MemberId town;

    @BeforeEach
    void aTown() {
        hands.moveTo(Instant.parse("2026-11-24T10:00:00Z"));
        // Nobody of another test is taken for somebody of this one.
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = make.town();
        ear.heard.clear();
    }

    @Test
    void aFirstFileIsAllArrivalsAndTheSameFileAgainChangesNothing() {
        String file = HEAD
                + "1;Benali;;Nadia;12/05/1974;%s;Accueil;Mairie;01/09/2019;;80 %%\n2;D'Haënens;Roux;Éléonore;1980-02-29;;Cantine;;;31/12/9999;0,5\n"
                        .formatted(make.address(town, "nadia.benali"));
        ImportReader.Import first = take(file);
        assertThat(first.missingColumns()).isEmpty();
        assertThat(first.counts().arrivals()).isEqualTo(2);
        assertThat(people()).isZero();

        applied(first.id());
        assertThat(people()).isEqualTo(2);
        assertThat(ear.heard).hasSize(1);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).containsExactly("started", "started");

        ImportReader.Import again = take(file);
        assertThat(again.counts().unchanged()).isEqualTo(2);
        assertThat(again.counts().changes()
                        + again.counts().departures()
                        + again.counts().arrivals())
                .isZero();
    }

    @Test
    void changesAreToldFieldByFieldAndDeparturesEndThroughTheSameDoor() {
        applied(take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;Mairie;;;\n2;Roche;;Paul;02/01/1970;;Voirie;;;;\n")
                .id());
        ear.heard.clear();

        ImportReader.Import next = take(HEAD + "1;Benali-Roux;;Nadia;12/05/1974;;Accueil;Mairie;;;80\n");
        assertThat(next.mustConfirmDepartures()).isTrue();
        assertThat(rows(next.id(), "change").getFirst().changes())
                .extracting(ImportReader.Change::field)
                .containsExactly("usualName", "weeklyShare");
        assertThatThrownBy(() -> desk.apply(town.value(), next.id(), null, TESTER))
                .hasMessageContaining("import.departures");
        assertThatThrownBy(() -> desk.apply(town.value(), next.id(), 2, TESTER))
                .hasMessageContaining("import.departures");
        desk.apply(town.value(), next.id(), 1, TESTER);
        awaitState(next.id(), "applied");
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).containsExactly("changed", "ended");
    }

    @Test
    void whoWasInvitedUnderANewcomersNameIsADoubtAndKeepsWhatTheyAre() {
        for (String born : new String[] {null, "1980-01-02"}) {
            MemberId there = make.town();
            town = there;
            AffiliationId guest = make.agent(there, make.person(there, "Paul", "Martin", born), "Bureau d’études");
            jdbc.sql(
                            "UPDATE directory.affiliation SET kind = 'partner', source = 'invitation', address = ? WHERE id = ?")
                    .params(UUID.randomUUID() + "@bureau.example", guest.value())
                    .update();
            String before = row(guest);

            ImportReader.Import run =
                    take(HEAD.replace("Quotité", "Type") + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n");

            ImportReader.Row doubt = rows(run.id(), "doubt").getFirst();
            assertThat(doubt.candidates())
                    .as("born %s", born)
                    .anySatisfy(one ->
                            assertThat(one.why()).containsExactly(born == null ? "name" : "name-and-birth-date"));
            assertThat(run.counts().changes() + run.counts().arrivals()).isZero();
            desk.decide(there.value(), run.id(), doubt.line(), "new", null);
            applied(run.id());
            assertThat(row(guest)).isEqualTo(before);
            assertThat(people()).isEqualTo(2);
        }
    }

    @Test
    void aPartnerIsNotAnAgentByNameAloneButByNameAndBirthDateOrWhereTheLineSaysPartner() {
        AffiliationId partner = make.agent(town, make.person(town, "Paul", "Martin", null), "Bureau");
        jdbc.sql("UPDATE directory.affiliation SET kind = 'partner' WHERE id = ?")
                .param(partner.value())
                .update();
        String head = HEAD.replace("Quotité", "Type");

        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n")
                        .counts()
                        .undecided())
                .isOne();
        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;partner\n")
                        .counts()
                        .changes())
                .isOne();
        jdbc.sql(
                        "UPDATE directory.person SET birth_date = '1980-01-02' WHERE id = (SELECT person FROM directory.affiliation WHERE id = ?)")
                .param(partner.value())
                .update();
        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n")
                        .counts()
                        .changes())
                .isOne();
    }

    private String row(AffiliationId affiliation) {
        return jdbc.sql("SELECT a::text FROM directory.affiliation a WHERE id = ?")
                .param(affiliation.value())
                .query(String.class)
                .single();
    }

    @Test
    void nobodyEndsTheirOwnPostByAFile() {
        applied(take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;Mairie;;;\n2;Roche;;Paul;02/01/1970;;Voirie;;;;\n")
                .id());
        Author paul = new Author(
                null,
                jdbc.sql("SELECT id FROM directory.affiliation WHERE reference = '2'")
                        .query(UUID.class)
                        .single(),
                "Paul Roche",
                null);
        ImportReader.Import next = take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;Mairie;;;\n");

        assertThatThrownBy(() -> desk.apply(town.value(), next.id(), 1, paul)).hasMessageContaining("import.own");

        desk.apply(town.value(), next.id(), 1, TESTER);
        awaitState(next.id(), "applied");
    }

    @Test
    void doubtsWaitForADecisionAndAreNotAskedTwice() {
        MemberId neighbour = make.town();
        PersonId known = make.person(neighbour, "Marie-Claude", "Dupont", "1980-01-02");
        make.agent(neighbour, known, "Accueil");
        String file = HEAD + "7;dupont;;marie claude;02/01/1980;;Accueil;;;;\n";
        ImportReader.Import run = take(file);
        assertThat(run.counts().undecided()).isEqualTo(1);
        ImportReader.Row doubt = rows(run.id(), "doubt").getFirst();
        assertThat(doubt.candidates().getFirst().why()).containsExactly("name-and-birth-date");
        assertThatThrownBy(() -> desk.apply(town.value(), run.id(), null, TESTER))
                .hasMessageContaining("import.undecided");
        assertThatThrownBy(() -> desk.decide(town.value(), run.id(), doubt.line(), "same", UUID.randomUUID()))
                .hasMessageContaining("import.decision");

        desk.decide(town.value(), run.id(), doubt.line(), "same", known.value());
        applied(run.id());
        assertThat(jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE person = ?")
                        .param(known.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        ImportReader.Import again = take(file);
        assertThat(again.counts().undecided()).isZero();
    }

    @Test
    void aChangedPayrollNumberIsADoubtAndNotADeparture() {
        applied(take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;;;;\n").id());
        ImportReader.Import next = take(HEAD + "901;Benali;;Nadia;12/05/1974;;Accueil;;;;\n");
        assertThat(next.counts().departures()).isZero();
        ImportReader.Row doubt = rows(next.id(), "doubt").getFirst();
        desk.decide(
                town.value(),
                next.id(),
                doubt.line(),
                "same",
                doubt.candidates().getFirst().person().id().value());
        assertThat(rows(next.id(), "change").getFirst().changes())
                .extracting(ImportReader.Change::field)
                .containsExactly("reference");
    }

    @Test
    void everyBadLineIsListedAndNothingIsHalfApplied() {
        ImportReader.Import run = take(HEAD
                + "1;Ok;;Ana;01/01/1990;;Accueil;;;;\n"
                + "2;;;Sans nom;01/01/1990;;Accueil;;;;\n"
                + "3;Date;;Fausse;31/02/1990;;Accueil;;;;\n"
                + "4;Loin;;Trop;01/01/1990;;Accueil;;01/01/9999;;\n"
                + "5;Inverse;;Fin;01/01/1990;;Accueil;;02/01/2026;01/01/2025;\n"
                + "6;Nul\u0000;;Octet;01/01/1990;;Accueil;;;;\n"
                + "7;Adresse;;Ailleurs;01/01/1990;x@ailleurs.example;Accueil;;;;\n"
                + "1;Double;;Matricule;01/01/1991;;Accueil;;;;\n"
                + "9;" + "L".repeat(500) + ";;Long;01/01/1990;;Accueil;;;;\n"
                + "10;Futur;;Né;01/01/2090;;Accueil;;;;\n"
                + "11;Quotité;;Fausse;01/01/1990;;Accueil;;;;1e999999999\n"
                + "12;=cmd|' /C calc'!A0;;Formule;01/01/1990;;Accueil;;;;\n");
        assertThat(run.counts().errors()).isEqualTo(10);
        assertThat(rows(run.id(), "error"))
                .extracting(ImportReader.Row::line)
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(rows(run.id(), "error"))
                .noneMatch(r -> r.message() == null || r.message().startsWith("refusal."));
        assertThatThrownBy(() -> desk.apply(town.value(), run.id(), null, TESTER))
                .hasMessageContaining("import.errors");
        assertThat(people()).isZero();
    }

    @Test
    void writingsOfOtherSoftwareAreUnderstood() {
        String body = "nom\tprénom\tposte\nÉlan\tZoé\tMétier\n";
        assertThat(take(body, Charset.forName("windows-1252")).encoding()).isEqualTo("windows-1252");
        assertThat(take("\uFEFF" + body.replace('\t', ','), StandardCharsets.UTF_8)
                        .headers())
                .containsExactly("nom", "prénom", "poste");
        ImportReader.Import run = take(body, Charset.forName("windows-1252"));
        assertThat(rows(run.id(), "arrival").getFirst().name()).isEqualTo("Zoé Élan");
    }

    @Test
    void hostileFilesAreRefusedPlainly() {
        for (String bomb : List.of(
                "",
                "a;b\n",
                "nom;prénom;poste\n\"" + "x".repeat(3_000_000),
                "nom;prénom;poste\n" + ";".repeat(1_000_000) + "\n",
                ";".repeat(1_000_000) + "\n",
                "PK\u0003\u0004xl/worksheets",
                "nom;prénom;poste\n\"" + "jamais;fermé\n".repeat(50_000))) {
            assertThatThrownBy(() -> take(bomb)).isInstanceOf(Refusal.class);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM directory.import WHERE member = ?")
                        .param(town.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aMappingIsCorrectedAndRemembered() {
        String file = "A;B;C\nBenali;Nadia;Accueil\n";
        ImportReader.Import run = take(file);
        assertThat(run.missingColumns()).containsExactly("usualName", "givenName", "function");
        desk.remap(town.value(), run.id(), java.util.Map.of("usualName", "A", "givenName", "B", "function", "C"));
        applied(run.id());
        assertThat(take(file).counts().unchanged()).isEqualTo(1);
    }

    @Test
    void aDryRunThatIsNoLongerTrueIsNotApplied() {
        ImportReader.Import run = take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;;;;\n");
        make.start(
                town,
                make.person(town, "Nadia", "Benali", "1974-05-12"),
                new Post(
                        "Accueil",
                        null,
                        null,
                        null,
                        null,
                        Instant.parse("2020-01-01T00:00:00Z"),
                        null,
                        "1",
                        List.of()));
        desk.apply(town.value(), run.id(), null, TESTER);
        awaitState(run.id(), "analysed");
        await().untilAsserted(
                        () -> assertThat(one(run.id()).counts().unchanged()).isEqualTo(1));
        assertThat(one(run.id()).error()).contains("a changé");
    }

    @Test
    void twoImportsOfOneMemberAreNeverAppliedAtOnceAndADeadOneIsGivenBack() throws Exception {
        ImportReader.Import one = take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;;;;\n");
        ImportReader.Import other = take(HEAD + "2;Roche;;Paul;02/01/1970;;Voirie;;;;\n");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread busy = Thread.ofVirtual()
                .start(() -> transaction.executeWithoutResult(status -> {
                    jdbc.sql("SELECT id FROM directory.member WHERE id = ? FOR UPDATE")
                            .param(town.value())
                            .query(UUID.class)
                            .single();
                    held.countDown();
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        held.await();
        desk.apply(town.value(), one.id(), null, TESTER);
        assertThatThrownBy(() -> desk.apply(town.value(), other.id(), null, TESTER))
                .hasMessageContaining("import.busy");

        // The connection that applies dies, as it does with its node.
        await().until(() -> jdbc.sql("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND query LIKE 'SELECT id FROM directory.member%'""").query(Long.class).single() == 1);
        jdbc.sql("UPDATE directory.import SET touched = now() - interval '1 hour' WHERE id = ?")
                .param(one.id())
                .update();
        desk.recover(Duration.ofSeconds(5));
        assertThat(one(one.id()).state()).isEqualTo("applying");
        jdbc.sql("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND query LIKE 'SELECT id FROM directory.member%'""").query(Boolean.class).list();
        awaitState(one.id(), "analysed");
        assertThat(people()).isZero();
        done.countDown();
        busy.join();

        jdbc.sql("UPDATE directory.import SET state = 'applying', touched = now() - interval '1 hour' WHERE id = ?")
                .param(one.id())
                .update();
        desk.recover(Duration.ofSeconds(5));
        assertThat(one(one.id()).error()).contains("interrompue");
        applied(one.id());
        assertThat(people()).isEqualTo(1);
    }

    @Test
    void anotherMembersImportDoesNotExist() {
        ImportReader.Import run = take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;;;;\n");
        MemberId other = make.town();
        assertThatThrownBy(() -> reader.one(other.value(), run.id(), Locale.FRENCH))
                .hasMessageContaining("import.unknown");
        assertThatThrownBy(() -> desk.apply(other.value(), run.id(), null, TESTER))
                .hasMessageContaining("import.unknown");
        assertThatThrownBy(() -> desk.forget(other.value(), run.id())).hasMessageContaining("import.unknown");
    }

    @Test
    void whateverTheFileItsSecondDryRunHasNothingToDo() {
        Random random = new Random(42);
        for (int round = 0; round < 12; round++) {
            town = make.town();
            for (int month = 0; month < 3; month++) {
                String file = anyFile(random);
                ImportReader.Import run = take(file);
                for (ImportReader.Row doubt : rows(run.id(), "doubt")) {
                    boolean same = random.nextBoolean();
                    desk.decide(
                            town.value(),
                            run.id(),
                            doubt.line(),
                            same ? "same" : "new",
                            same ? doubt.candidates().getFirst().person().id().value() : null);
                }
                assertThat(one(run.id()).counts().undecided()).isZero();
                desk.apply(town.value(), run.id(), one(run.id()).counts().departures(), TESTER);
                awaitState(run.id(), "applied");
                ImportReader.Counts again = take(file).counts();
                assertThat(again.arrivals() + again.changes() + again.departures() + again.undecided() + again.errors())
                        .as("round %d, month %d:%n%s%n%s", round, month, file, again)
                        .isZero();
            }
        }
    }

    @Test
    void aLargeFileIsAppliedInSeconds() {
        int lines = Integer.getInteger("entente.import.lines", 3_000);
        String file = HEAD
                + IntStream.range(0, lines)
                        .mapToObj(n -> "%d;Nom%d;;Prénom%d;%02d/%02d/%d;%s;Fonction %d;Service %d;01/09/2019;;100\n"
                                .formatted(
                                        n,
                                        n % 997,
                                        n % 313,
                                        1 + n % 28,
                                        1 + n % 12,
                                        1960 + n % 40,
                                        make.address(town, "p" + n),
                                        n % 40,
                                        n % 60))
                        .collect(Collectors.joining());
        long begun = System.nanoTime();
        ImportReader.Import run = take(file);
        long analysed = System.nanoTime();
        assertThat(run.counts().errors()).isZero();
        for (ImportReader.Row doubt : rows(run.id(), "doubt")) {
            desk.decide(town.value(), run.id(), doubt.line(), "new", null);
        }
        applied(run.id());
        long done = System.nanoTime();
        ImportReader.Counts again = take(file).counts();
        long twice = System.nanoTime();
        assertThat(again.unchanged()).isEqualTo(lines);
        org.slf4j.LoggerFactory.getLogger(ImportTest.class)
                .warn(
                        "import of {} lines: dry run {} ms, apply {} ms, second dry run {} ms",
                        lines,
                        (analysed - begun) / 1_000_000,
                        (done - analysed) / 1_000_000,
                        (twice - done) / 1_000_000);
    }

    /** People who come, go, move and share names, with and without payroll numbers. */
    private static String anyFile(Random random) {
        boolean numbers = random.nextInt(4) > 0;
        StringBuilder file = new StringBuilder(numbers ? HEAD : HEAD.replace("Matricule;", ""));
        for (int n = 0; n < 8; n++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            String usual = List.of("Benali", "Roche-Dupont", "Martin", "martin").get(random.nextInt(4)) + (n % 3);
            String born = random.nextInt(5) == 0 ? "" : "0" + (1 + n) + "/05/19" + (70 + n);
            if (numbers) {
                file.append(random.nextInt(6) == 0 ? 100 + n : n).append(';');
            }
            file.append("%s;%s;Prénom%d;%s;;%s;%s;%s;%s;%s\n"
                    .formatted(
                            usual,
                            random.nextInt(3) == 0 ? "Roux" : "",
                            n,
                            born,
                            List.of("Accueil", "Voirie").get(random.nextInt(2)),
                            random.nextInt(2) == 0 ? "Mairie" : "",
                            n % 3 == 0 ? "01/01/2027" : "",
                            random.nextInt(4) == 0 ? "31/12/2027" : "",
                            random.nextInt(2) == 0 ? "80" : ""));
        }
        return file.append(numbers ? "99;" : "")
                .append("Témoin;;Fixe;01/01/1980;;Accueil;;;;\n")
                .toString();
    }

    private ImportReader.Import take(String file) {
        return take(file, StandardCharsets.UTF_8);
    }

    private ImportReader.Import take(String file, Charset charset) {
        UUID id = desk.take(town.value(), "rh.csv", new ByteArrayResource(file.getBytes(charset)), null, null, TESTER);
        return one(id);
    }

    private void applied(UUID id) {
        desk.apply(town.value(), id, one(id).counts().departures(), TESTER);
        awaitState(id, "applied");
    }

    private void awaitState(UUID id, String state) {
        await().atMost(Duration.ofMinutes(2)).until(() -> !one(id).state().equals("applying"));
        assertThat(one(id).state()).as(String.valueOf(one(id).error())).isEqualTo(state);
    }

    private ImportReader.Import one(UUID id) {
        return reader.one(town.value(), id, Locale.FRENCH);
    }

    private List<ImportReader.Row> rows(UUID id, String what) {
        return reader.rows(town.value(), id, what, 0, 200, Locale.FRENCH).items();
    }

    private long people() {
        return jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE member = ?")
                .param(town.value())
                .query(Long.class)
                .single();
    }
}
