package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
class ReconcilingEngineTest {

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    ReconcilingEngine reconciling;

    @Autowired
    AccountPlanner planner;

    @Autowired
    AccountStore accounts;

    @Autowired
    JdbcClient jdbc;

    MemberId member;

    @BeforeEach
    void anEngineInGoodHealth() {
        engine.down = false;
        engine.refused.clear();
        engine.beforeEachBatch = () -> {};
        member = town.member("Givors");
    }

    @Test
    void anEntitlementBecomesAnActiveAccountInEachEngine() {
        PersonId person = town.person("Nadia", "Benali");

        town.joins(person, member, "agent", null);

        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
        await().untilAsserted(() -> assertThat(states(person)).containsExactly("active", "active"));
    }

    @Test
    void stoppedAndStartedAgainItWorksAsBefore() {
        reconciling.stop();
        PersonId person = town.person("Rose", "Pause");
        town.joins(person, member, "agent", null);

        reconciling.start();

        await().untilAsserted(() -> assertThat(states(person)).containsExactly("active", "active"));
    }

    @Test
    void aChangeOfThePostReachesTheEngine() {
        PersonId person = town.person("Luc", "Change");
        AffiliationId post = town.joins(person, member, "agent", null);
        await().untilAsserted(() -> assertThat(states(person)).containsExactly("active", "active"));

        town.renames(post, "Directeur");

        await().untilAsserted(() -> assertThat(engine.of(person.value()))
                .hasSize(2)
                .allMatch(held -> held.function().equals("Directeur")));
    }

    @Test
    void anEngineThatIsDownDelaysAndLosesNothing() {
        engine.down = true;
        PersonId person = town.person("Ada", "Patience");
        town.joins(person, member, "agent", null);
        await().untilAsserted(() -> assertThat(error(person)).contains("down"));

        engine.down = false;

        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(states(person)).containsExactly("active", "active"));
        assertThat(error(person)).isNull();
    }

    @Test
    void anAccountTheEngineDoesNotTakeIsTriedAgainAndHoldsNobodyUp() {
        PersonId refused = town.person("Rémi", "Refus");
        PersonId other = town.person("Olga", "Autre");
        engine.refused.add(refused.value());

        town.joins(refused, member, "agent", null);
        town.joins(other, member, "agent", null);

        await().untilAsserted(() -> assertThat(states(other)).containsExactly("active", "active"));
        await().untilAsserted(() -> assertThat(error(refused)).contains("This one not now"));
        assertThat(jdbc.sql(
                                "SELECT min(attempts) > 0 AND min(next_attempt_at) > now() - interval '1 second' FROM provisioning.account WHERE person = ?")
                        .param(refused.value())
                        .query(Boolean.class)
                        .single())
                .isTrue();

        engine.refused.clear();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(states(refused)).containsExactly("active", "active"));
    }

    @Test
    void aCutDoesNotWaitBehindArrivals() throws InterruptedException {
        PersonId leaver = town.person("Léa", "Départ");
        AffiliationId post = town.joins(leaver, member, "agent", null);
        await().untilAsserted(() -> assertThat(states(leaver)).containsExactly("active", "active"));

        CountDownLatch cut = new CountDownLatch(1);
        engine.beforeEachBatch = () -> {
            // Arrivals hold their workers until the cut has come through.
            if (!Thread.currentThread().isInterrupted() && arrivalsUnderWay()) {
                waitFor(cut);
            }
        };
        for (int i = 0; i < 40; i++) {
            town.joins(town.person("Arrivée", "N" + i), member, "agent", null);
        }
        town.ends(post, "manual");

        await().untilAsserted(() -> assertThat(engine.of(leaver.value())).noneMatch(TestEngine.Held::active));
        cut.countDown();
        await().untilAsserted(() -> assertThat(states(leaver)).containsExactly("suspended", "suspended"));
    }

    @Test
    void aClaimOfANodeThatDiedIsTakenUpAgain() {
        engine.down = true;
        PersonId person = town.person("Eve", "Panne");
        town.joins(person, member, "agent", null);
        await().untilAsserted(() -> assertThat(error(person)).contains("down"));
        jdbc.sql(
                        "UPDATE provisioning.account SET claim = ?, claimed_until = now() + interval '2 seconds', next_attempt_at = now() WHERE person = ?")
                .param(UUID.randomUUID())
                .param(person.value())
                .update();
        engine.down = false;

        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(states(person)).containsExactly("active", "active"));
    }

    @Test
    void planningAgainChangesNothing() {
        PersonId person = town.person("Zoé", "Stable");
        town.joins(person, member, "agent", null);
        town.joins(person, town.member("Corbas"), "elu", null);
        await().untilAsserted(() -> assertThat(states(person)).hasSize(4).containsOnly("active"));
        List<String> before = plan();

        planner.planAll();

        assertThat(plan()).isEqualTo(before);
        assertThat(accounts.due()).isEmpty();
    }

    private List<String> plan() {
        return jdbc.sql(
                        "SELECT concat_ws('|', id, desired, content, revision, applied, state) FROM provisioning.account ORDER BY id")
                .query(String.class)
                .list();
    }

    private boolean arrivalsUnderWay() {
        return jdbc.sql("SELECT count(*) FROM provisioning.account WHERE claim IS NOT NULL AND NOT urgent")
                                .query(Long.class)
                                .single()
                        > 0
                && jdbc.sql("SELECT count(*) FROM provisioning.account WHERE claim IS NOT NULL AND urgent")
                                .query(Long.class)
                                .single()
                        == 0;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> states(PersonId person) {
        return jdbc.sql("SELECT state FROM provisioning.account WHERE person = ? ORDER BY service")
                .param(person.value())
                .query(String.class)
                .list();
    }

    private String error(PersonId person) {
        return jdbc.sql("SELECT min(error) FROM provisioning.account WHERE person = ?")
                .param(person.value())
                .query((row, n) -> row.getString(1))
                .list()
                .getFirst();
    }
}
