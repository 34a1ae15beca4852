package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.entente.audit.Author;
import org.entente.directory.DirectoryFixtures;
import org.entente.directory.MemberId;
import org.entente.directory.Post;
import org.junit.jupiter.api.Test;

/** A file of people is compared, and applied once. */
class ImportTest extends ImportTown {

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
}
