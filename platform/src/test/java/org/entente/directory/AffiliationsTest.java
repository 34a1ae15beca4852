package org.entente.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.base.Refusal;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(properties = "entente.directory.clock.every=P1D")
@Import({TestPostgres.class, DirectoryFixtures.class})
class AffiliationsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Autowired
    Affiliations affiliations;

    @Autowired
    Roles roles;

    @Autowired
    People people;

    @Autowired
    PhaseClock phaseClock;

    @Autowired
    DirectoryFixtures.Hands hands;

    @Autowired
    DirectoryFixtures.Ear ear;

    @Autowired
    DirectoryFixtures.Maker make;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void stillAtTen() {
        hands.moveTo(NOW);
        ear.heard.clear();
        ear.fails = null;
    }

    @Test
    void startingTellsOnceAndLeavesATraceInTheLedger() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Nadia", "Benali", null), "Accueil");

        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.CURRENT);
        assertThat(ear.heard).hasSize(1);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).containsExactly("started");
        assertThat(acts(id)).containsExactly("affiliation.started");
    }

    @Test
    void theClockStartsAndEndsEachExactlyOnceEvenWhenNodesTickTogether() throws Exception {
        MemberId town = make.town();
        PersonId person = make.person(town, "Paul", "Roche", null);
        Instant starts = NOW.plus(Duration.ofDays(1));
        Instant ends = NOW.plus(Duration.ofDays(2));
        AffiliationId id = make.start(town, person, Post.of("Renfort", starts, ends));
        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.PLANNED);
        ear.heard.clear();

        hands.moveTo(starts.minusMillis(1));
        phaseClock.tick();
        assertThat(ear.heard).isEmpty();

        hands.moveTo(starts);
        tickOnFourNodes();
        assertThat(ear.heard).hasSize(1);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).containsExactly("started");

        hands.moveTo(ends);
        tickOnFourNodes();
        tickOnFourNodes();
        assertThat(ear.heard).hasSize(2);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.get(1))).containsExactly("ended");
        assertThat(acts(id)).containsExactly("affiliation.planned", "affiliation.started", "affiliation.ended");
    }

    @Test
    void aClockThatWasDownForTheWholePeriodEndsWithoutStarting() {
        MemberId town = make.town();
        AffiliationId id = make.start(
                town,
                make.person(town, "Lou", "Martin", null),
                Post.of("Stage", NOW.plusSeconds(60), NOW.plusSeconds(120)));
        ear.heard.clear();

        hands.moveTo(NOW.plusSeconds(3600));
        phaseClock.tick();

        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.ENDED);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).containsExactly("ended");
    }

    @Test
    void whenAListenerFailsNothingIsChangedAndTheClockTriesAgain() {
        MemberId town = make.town();
        AffiliationId id = make.start(
                town,
                make.person(town, "Ana", "Gil", null),
                Post.of("Renfort", NOW.minusSeconds(60), NOW.plusSeconds(60)));
        hands.moveTo(NOW.plusSeconds(60));
        ear.fails = new IllegalStateException("the room above is broken");

        assertThatThrownBy(() -> phaseClock.tick()).hasMessageContaining("broken");
        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.CURRENT);

        ear.fails = null;
        phaseClock.tick();
        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void endingNowCutsAndCanBeTakenBack() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Zoé", "Petit", null), "Voirie");
        roles.grant(id, Set.of(Role.MEMBER_HR), TESTER);

        ChangeSetId end = affiliations.end(id, NOW, "resigned", TESTER);
        assertThat(DirectoryFixtures.what(jdbc, end)).containsExactly("ended");
        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.ENDED);
        refused("affiliation.over", () -> affiliations.end(id, NOW, "again", TESTER));

        ChangeSetId back = affiliations.reopen(id, null, TESTER);
        assertThat(DirectoryFixtures.what(jdbc, back)).containsExactly("reopened");
        AffiliationCard card = affiliations.card(town, id);
        assertThat(card.phase()).isEqualTo(Phase.CURRENT);
        assertThat(card.until()).isNull();
        assertThat(card.roles()).containsExactly(Role.MEMBER_HR);
    }

    @Test
    void endingAtAFutureInstantLeavesItLiveUntilThen() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Max", "Blanc", null), "Voirie");

        ChangeSetId set = affiliations.end(id, NOW.plusSeconds(3600), "retired", TESTER);

        assertThat(DirectoryFixtures.what(jdbc, set)).containsExactly("changed");
        assertThat(affiliations.card(town, id).phase()).isEqualTo(Phase.CURRENT);
    }

    @Test
    void anAddressIsOnePersonsAtAnyTime() {
        MemberId town = make.town();
        PersonId one = make.person(town, "Ali", "Kaci", null);
        PersonId other = make.person(town, "Alia", "Kaci", null);
        Post post = withAddress(Post.of("Accueil", NOW, null), make.address(town, "a.kaci"));
        AffiliationId first = make.start(town, one, post);
        AffiliationId second = make.start(town, one, withAddress(Post.of("Cantine", NOW, null), post.address()));

        refused("address.taken", () -> make.start(town, other, post));
        affiliations.end(first, NOW, "moved", TESTER);
        refused("address.taken", () -> make.start(town, other, post));
        affiliations.end(second, NOW, "moved", TESTER);
        make.start(town, other, post);
        refused("address.taken", () -> affiliations.reopen(first, null, TESTER));
    }

    @Test
    void anAddressIsInAVerifiedDomainOfTheMemberUnlessAPartnersOwn() {
        MemberId town = make.town();
        MemberId neighbour = make.town();
        PersonId person = make.person(town, "Eva", "Noir", null);
        Post outside = withAddress(Post.of("Conseil", NOW, null), "eva@cabinet.example");
        Post neighbours = withAddress(Post.of("Conseil", NOW, null), make.address(neighbour, "maire"));

        refused("address.domain", () -> make.start(town, person, outside));
        affiliations.start(new NewAffiliation(person, town, AffiliationKind.PARTNER, outside, "manual"), TESTER);
        refused(
                "address.domain",
                () -> affiliations.start(
                        new NewAffiliation(person, town, AffiliationKind.PARTNER, neighbours, "manual"), TESTER));
        make.start(neighbour, person, neighbours);
        make.start(town, person, neighbours);
    }

    @Test
    void nobodysChangeIsOverwritten() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Luc", "Vert", null), "Voirie");
        AffiliationCard seen = affiliations.card(town, id);
        affiliations.change(id, Post.of("Chef de voirie", seen.from(), null), seen.version(), TESTER);

        refused(
                "changed.meanwhile",
                () -> affiliations.change(id, Post.of("Adjoint", seen.from(), null), seen.version(), TESTER));
        assertThat(affiliations.card(town, id).function()).isEqualTo("Chef de voirie");
    }

    @Test
    void anotherMembersAffiliationDoesNotExistForThisOne() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Ida", "Rose", null), "Voirie");

        refused("affiliation.unknown", () -> affiliations.card(make.town(), id));
    }

    @Test
    void manyStartInOneChangeSet() {
        MemberId town = make.town();
        List<PersonId> found = people.addAll(
                java.util.stream.IntStream.range(0, 50)
                        .mapToObj(n -> new NewPerson("Prénom" + n, "Nom", null, null))
                        .toList(),
                TESTER);

        affiliations.startAll(
                found.stream()
                        .map(p -> new NewAffiliation(p, town, AffiliationKind.AGENT, Post.of("Agent", NOW, null), "hr"))
                        .toList(),
                "import",
                TESTER);

        assertThat(ear.heard).hasSize(1);
        assertThat(DirectoryFixtures.what(jdbc, ear.heard.getFirst())).hasSize(50);
    }

    @Test
    void onlyTheOperatorsPeopleMayRunTheTerritory() {
        MemberId town = make.town();
        AffiliationId id = make.agent(town, make.person(town, "Guy", "Brun", null), "DSI");

        refused("role.operator", () -> roles.grant(id, Set.of(Role.OPERATOR_ADMIN), TESTER));
        roles.grant(id, Set.of(Role.MEMBER_ADMIN, Role.AUDITOR), TESTER);
        roles.grant(id, Set.of(Role.AUDITOR), TESTER);
        assertThat(roles.of(id)).containsExactly(Role.AUDITOR);
    }

    private void tickOnFourNodes() throws Exception {
        try (var nodes = Executors.newFixedThreadPool(4)) {
            List<Future<?>> ticks = new java.util.ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ticks.add(nodes.submit(() -> phaseClock.tick()));
            }
            for (Future<?> tick : ticks) {
                tick.get();
            }
        }
    }

    private List<String> acts(AffiliationId id) {
        return jdbc.sql("SELECT act FROM audit.entry WHERE subject = ? ORDER BY id")
                .param(id.toString())
                .query(String.class)
                .list();
    }

    private static Post withAddress(Post post, String address) {
        return new Post(post.function(), null, address, null, null, post.from(), post.until(), null, List.of());
    }

    static void refused(String code, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }
}
