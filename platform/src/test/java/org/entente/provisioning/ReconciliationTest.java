package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
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
class ReconciliationTest {

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    Reconciliation reconciliation;

    @Autowired
    JdbcClient jdbc;

    PersonId person;
    AffiliationId post;
    String key;

    @BeforeEach
    void somebodyWithAnAccount() {
        MemberId member = town.member("Givors");
        person = town.person("Nadia", "Benali");
        post = town.joins(person, member, "agent", null);
        settled("active");
        key = "atelier/"
                + jdbc.sql("SELECT id FROM provisioning.account WHERE person = ? AND service = 'atelier'")
                        .param(person.value())
                        .query(UUID.class)
                        .single();
        assertThat(reconciliation.reconcile("atelier").repaired()).isZero();
    }

    @Test
    void anAccountThatVanishedIsMadeAgain() {
        engine.held.remove(key);

        assertThat(reconciliation.reconcile("atelier").missing).isEqualTo(1);

        await().untilAsserted(() -> assertThat(engine.held).containsKey(key));
        settled("active");
        assertThat(reconciliation.reconcile("atelier").repaired()).isZero();
    }

    @Test
    void anAccountSomebodyRevivedInTheEngineIsCutAgain() {
        town.ends(post, "manual");
        settled("suspended");
        TestEngine.Held held = engine.held.get(key);
        engine.held.put(key, new TestEngine.Held(held.account(), true, held.function(), held.person()));

        assertThat(reconciliation.reconcile("atelier").reactivated).isEqualTo(1);

        await().untilAsserted(() -> assertThat(engine.held.get(key).active()).isFalse());
    }

    @Test
    void aChangedAccountIsPutRight() {
        TestEngine.Held held = engine.held.get(key);
        engine.held.put(key, new TestEngine.Held(held.account(), true, "Roi de France", held.person()));

        assertThat(reconciliation.reconcile("atelier").changed).isEqualTo(1);

        await().untilAsserted(() -> assertThat(engine.held.get(key).function()).isEqualTo(held.function()));
    }

    @Test
    void anAccountNobodyKnowsIsToldAndLeftAlone() {
        String orphan = "atelier/inconnu-" + UUID.randomUUID();
        engine.held.put(orphan, new TestEngine.Held(UUID.randomUUID(), true, "?", UUID.randomUUID()));

        assertThat(reconciliation.reconcile("atelier").orphans).contains(orphan);

        assertThat(engine.held).containsKey(orphan);
        engine.held.remove(orphan);
    }

    @Test
    void anEngineThatIsOnlyToldIsLeftOutOfTheComparisonAtNight() {
        TestEngine.Held held = engine.held.remove(key);
        engine.onlyTold = true;
        try {
            reconciliation.nightly();
        } finally {
            engine.onlyTold = false;
        }

        assertThat(jdbc.sql(
                                "SELECT revision = applied FROM provisioning.account WHERE person = ? AND service = 'atelier'")
                        .param(person.value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(engine.held).doesNotContainKey(key);
        engine.held.put(key, held);
    }

    @Test
    void aComparisonThatCannotBeMadeIsReportedAsSuch() {
        reconciliation.reconcile("directory");

        assertThat(jdbc.sql("SELECT error FROM provisioning.reconciliation WHERE service = 'directory'")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allMatch(error -> error.contains("connector"));
    }

    private void settled(String state) {
        await().untilAsserted(() -> assertThat(jdbc.sql("""
                        SELECT count(*) FROM provisioning.account WHERE person = ? AND state = ? AND revision = applied""")
                        .param(person.value())
                        .param(state)
                        .query(Long.class)
                        .single())
                .isEqualTo(2));
    }
}
