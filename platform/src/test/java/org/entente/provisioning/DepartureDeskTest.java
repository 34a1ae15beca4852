package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.access.Entitlements;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Phase;
import org.entente.directory.Role;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;

@SpringBootTest
@Import({TestPostgres.class, Town.class, TestServices.class})
class DepartureDeskTest {

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    DepartureDesk desk;

    @Autowired
    DepartureStore departures;

    @Autowired
    DepartureViews views;

    @Autowired
    Affiliations affiliations;

    @Autowired
    Entitlements entitlements;

    MemberId member;
    Actor admin;
    PersonId person;
    AffiliationId post;

    @BeforeEach
    void anAdminAndSomebodyWhoLeaves() {
        LocaleContextHolder.setLocale(Locale.FRENCH);
        engine.down = false;
        member = town.member("Givors");
        PersonId adminPerson = town.person("Aïcha", "Admin");
        AffiliationId adminPost = town.joins(adminPerson, member, "agent", null);
        admin = new Actor(adminPerson, "Aïcha Admin", adminPost, member, false, Set.of(Role.MEMBER_ADMIN), "127.0.0.1");
        person = town.person("Nadia", "Benali");
        post = town.joins(person, member, "elu", null);
        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
    }

    @Test
    void anEndNowIsCutAtOnceAndTellsWhoAskedAndWhy() {
        UUID id = desk.ask(
                member,
                post,
                null,
                "Démission",
                new DepartureDesk.Successor(admin.person().value(), null),
                admin);

        assertThat(entitlements.of(post)).isEmpty();
        await().untilAsserted(() ->
                assertThat(departures.find(id).orElseThrow().state()).isEqualTo("complete"));
        DepartureViews.DepartureView view = views.view(departures.find(id).orElseThrow());
        assertThat(view.askedBy()).isEqualTo("Aïcha Admin");
        assertThat(view.reason()).isEqualTo("Démission");
        assertThat(view.successor()).isNotNull();
        assertThat(view.acts())
                .extracting(DepartureViews.ActView::label)
                .noneMatch(label -> label.startsWith("departure."));
        assertThat(view.acts().getFirst().detail()).isEqualTo("4 services retirés");
    }

    @Test
    void aPlannedEndCutsNothingYetAndCanBeTakenBack() {
        UUID id = desk.ask(member, post, Instant.now().plus(3, ChronoUnit.DAYS), "Fin de mandat", null, admin);

        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("scheduled");
        assertThat(entitlements.of(post)).isNotEmpty();
        assertThat(affiliations.card(member, post).until()).isNotNull();

        desk.cancel(member, id, admin);

        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("cancelled");
        assertThat(affiliations.card(member, post).until()).isNull();
        assertThatThrownBy(() -> desk.cancel(member, id, admin)).isInstanceOf(Refusal.class);
    }

    @Test
    void undoingWithinTheDelayGivesEverythingBack() {
        UUID id = desk.ask(member, post, null, "Erreur", null, admin);
        await().untilAsserted(() ->
                assertThat(departures.find(id).orElseThrow().state()).isEqualTo("complete"));

        desk.undo(member, id, admin);

        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("undone");
        assertThat(affiliations.card(member, post).phase()).isEqualTo(Phase.CURRENT);
        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
        assertThatThrownBy(() -> desk.undo(member, id, admin)).isInstanceOf(Refusal.class);

        // and it can be ended anew
        UUID again = desk.ask(member, post, null, "Pour de bon", null, admin);
        await().untilAsserted(() ->
                assertThat(departures.find(again).orElseThrow().state()).isEqualTo("complete"));
    }

    @Test
    void anUndoWhileEnginesAreStillCuttingLeavesAccountsActive() {
        engine.down = true;
        UUID id = desk.ask(member, post, null, "Erreur", null, admin);

        desk.undo(member, id, admin);
        engine.down = false;

        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("undone");
    }

    @Test
    void ofTwoAdminsWhoEndTheSameMandateOneDoesAndTheOtherIsTold() throws InterruptedException {
        List<Callable<UUID>> both = List.of(
                () -> desk.ask(member, post, null, "Un", null, admin),
                () -> desk.ask(member, post, null, "Deux", null, admin));
        int refused = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            List<UUID> done = new ArrayList<>();
            for (Future<UUID> future : executor.invokeAll(both)) {
                try {
                    done.add(future.get());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(Refusal.class);
                    refused++;
                }
            }
            assertThat(done).hasSize(1);
        }
        assertThat(refused).isEqualTo(1);
        assertThat(departures.count(member, null)).isEqualTo(1);
    }

    @Test
    void anotherMembersAffiliationsAndDeparturesAreNotThere() {
        MemberId other = town.member("Corbas");
        AffiliationId theirs = town.joins(town.person("Max", "Autre"), other, "agent", null);
        UUID id = desk.ask(member, post, null, "Démission", null, admin);

        assertThatThrownBy(() -> desk.ask(member, theirs, null, "Vol", null, admin))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.find(other, id)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.undo(other, id, admin)).isInstanceOf(Refusal.class);
        assertThat(departures.list(other, null, 0, 50)).isEmpty();
        assertThat(affiliations.card(other, theirs).phase()).isEqualTo(Phase.CURRENT);
    }

    @Test
    void aDepartureWithoutAReasonOrWithAForeignSuccessorIsRefused() {
        PersonId stranger = town.person("Inconnu", "Ailleurs");

        assertThatThrownBy(() -> desk.ask(member, post, null, " ", null, admin)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.ask(
                        member, post, null, "Départ", new DepartureDesk.Successor(stranger.value(), null), admin))
                .isInstanceOf(Refusal.class);
        assertThat(affiliations.card(member, post).phase()).isEqualTo(Phase.CURRENT);
        assertThat(departures.count(member, null)).isZero();
    }
}
