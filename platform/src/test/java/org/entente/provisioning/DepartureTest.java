package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Import({TestPostgres.class, Town.class, TestServices.class})
class DepartureTest {

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    DepartureStore departures;

    @Autowired
    JdbcClient jdbc;

    MemberId member;

    @BeforeEach
    void anEngineInGoodHealth() {
        engine.down = false;
        member = town.member("Grigny");
    }

    @Test
    void whateverEndsAnAffiliationMakesADepartureThatCompletes() {
        PersonId person = town.person("Nadia", "Benali");
        AffiliationId post = active(person);

        town.ends(post, "import");

        UUID id = departure(post);
        await().untilAsserted(() ->
                assertThat(departures.find(id).orElseThrow().state()).isEqualTo("complete"));
        DepartureStore.Kept kept = departures.find(id).orElseThrow();
        assertThat(kept.personName()).isEqualTo("Nadia Benali");
        assertThat(kept.services()).contains("atelier", "forum", "directory");
        assertThat(kept.cause()).isEqualTo("import");
        assertThat(departures.acts(List.of(id)))
                .extracting(DepartureStore.Act::system)
                .containsExactly("entitlements", "portal-sessions", "app-passwords", "atelier", "forum");
        assertThat(engine.of(person.value())).hasSize(2).noneMatch(TestEngine.Held::active);
    }

    @Test
    void theOtherCapacitiesOfThePersonLiveOn() {
        PersonId person = town.person("Anne", "Deux");
        AffiliationId ending = active(person);
        AffiliationId staying = town.joins(person, town.member("Corbas"), "elu", null);
        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(4).allMatch(TestEngine.Held::active));

        town.ends(ending, "manual");

        await().untilAsserted(
                        () -> assertThat(engine.of(person.value()).stream().filter(TestEngine.Held::active))
                                .hasSize(2));
        assertThat(jdbc.sql(
                                "SELECT DISTINCT affiliation FROM provisioning.account WHERE person = ? AND desired = 'active'")
                        .param(person.value())
                        .query(UUID.class)
                        .list())
                .containsExactly(staying.value());
    }

    @Test
    void anEngineThatIsDownIsShownAsFailedAndTheDepartureCompletesLater() {
        AffiliationId post = active(town.person("Paul", "Tard"));
        engine.down = true;

        town.ends(post, "manual");

        UUID id = departure(post);
        await().untilAsserted(() -> assertThat(departures.acts(List.of(id)))
                .filteredOn(DepartureStore.Act::ofAnEngine)
                .allMatch(act ->
                        act.state().equals("failed") && act.detail().contains("down") && act.nextAttemptAt() != null));
        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("cutting");

        engine.down = false;
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(departures.find(id).orElseThrow().state()).isEqualTo("complete"));
    }

    @Test
    void everyActOfADepartureIsInTheLedger() {
        AffiliationId post = active(town.person("Ines", "Trace"));

        town.ends(post, "manual");

        UUID id = departure(post);
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT act FROM audit.entry WHERE subject = ? ORDER BY id")
                        .param(id.toString())
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "departure.cut", "account.suspended", "account.suspended", "departure.completed"));
    }

    private AffiliationId active(PersonId person) {
        AffiliationId post = town.joins(person, member, "agent", null);
        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
        await().untilAsserted(() -> assertThat(
                        jdbc.sql("SELECT count(*) FROM provisioning.account WHERE affiliation = ? AND state = 'active'")
                                .param(post.value())
                                .query(Long.class)
                                .single())
                .isEqualTo(2));
        return post;
    }

    private UUID departure(AffiliationId affiliation) {
        return jdbc.sql("SELECT id FROM provisioning.departure WHERE affiliation = ?")
                .param(affiliation.value())
                .query(UUID.class)
                .single();
    }
}
