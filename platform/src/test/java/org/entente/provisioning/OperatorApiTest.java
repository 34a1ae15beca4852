package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class, TestServices.class})
class OperatorApiTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    JdbcClient jdbc;

    TestSession operator;
    MemberId member;

    @BeforeEach
    void anOperator() {
        engine.down = false;
        engine.refused.clear();
        operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
        member = town.member("Givors");
    }

    @Test
    void anAccountThatItsEngineRefusesIsAJobAndARetryMendsIt() throws Exception {
        PersonId person = town.person("Zoé", "Refusée-" + UUID.randomUUID());
        engine.refused.add(person.value());
        town.joins(person, member, "agent", null);
        await().until(() -> failing(person) == 2);

        mvc.perform(get("/api/operator/jobs?limit=200").with(operator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[?(@.kind == 'account')].title").value(hasItem(containsString("Zoé"))))
                .andExpect(jsonPath("$.items[?(@.kind == 'account')].detail").value(hasItem("This one not now")));
        mvc.perform(get("/api/operator/services").with(operator))
                .andExpect(jsonPath("$[?(@.service.id == 'atelier')].failing").value(hasItem(1)));

        // So late that only the retry that is asked for can mend it.
        jdbc.sql("UPDATE provisioning.account SET next_attempt_at = now() + interval '1 hour' WHERE person = ?")
                .param(person.value())
                .update();
        engine.refused.clear();
        for (UUID account : accounts(person)) {
            mvc.perform(post("/api/operator/jobs/" + account + "/retry").with(operator))
                    .andExpect(status().isAccepted());
        }

        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
        // The engine has it a moment before the platform has written down that it does.
        await().untilAsserted(() -> assertThat(failing(person)).isZero());
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM audit.entry WHERE act = 'account.retry-asked' AND subject = ANY (?::text[])")
                        .param(accounts(person).stream().map(UUID::toString).toArray(String[]::new))
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        mvc.perform(post("/api/operator/jobs/" + UUID.randomUUID() + "/retry").with(operator))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("job.unknown"));
    }

    @Test
    void adminsAreToldOnceOfAnAccountThatFailsAgainAndAgain() throws Exception {
        AffiliationId adminPost = actors.affiliation(member, Role.MEMBER_ADMIN);
        TestSession admin = actors.signIn(adminPost);
        PersonId person = town.person("Zoé", "Refusée-" + UUID.randomUUID());
        engine.refused.add(person.value());
        town.joins(person, member, "agent", null);
        await().until(() -> failing(person) == 2);
        assertThat(told(person)).isZero();

        for (int attempts : new int[] {4, 7}) {
            jdbc.sql(
                            "UPDATE provisioning.account SET attempts = ?, next_attempt_at = now() WHERE person = ? AND service = 'forum'")
                    .params(attempts, person.value())
                    .update();
            await().until(() -> jdbc.sql(
                            "SELECT attempts > ? FROM provisioning.account WHERE person = ? AND service = 'forum'")
                    .params(attempts, person.value())
                    .query(Boolean.class)
                    .single());
        }

        assertThat(told(person)).isOne();
        await().atMost(java.time.Duration.ofSeconds(60))
                .untilAsserted(() -> mvc.perform(get("/api/notices").with(admin))
                        .andExpect(jsonPath("$.items[*].title").value(hasItem(containsString("Zoé Refusée")))));
        mvc.perform(get("/api/members/" + member + "/accounts/failing").with(admin))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[0].person.givenName").value("Zoé"))
                .andExpect(jsonPath("$.items[0].account.service").value("forum"))
                .andExpect(jsonPath("$.items[0].account.error").value("This one not now"));
        mvc.perform(get("/api/members/" + town.member("Corbas") + "/accounts/failing")
                        .with(admin))
                .andExpect(status().isForbidden());
    }

    @Test
    void aComparisonAskedForRepairsWhatTheEngineForgotAndIsReported() throws Exception {
        PersonId person = town.person("Paul", "Oublié");
        town.joins(person, member, "agent", null);
        await().until(() -> engine.of(person.value()).size() == 2);
        engine.held.keySet().removeIf(key -> key.startsWith("forum/"));

        mvc.perform(post("/api/operator/services/forum/reconcile").with(operator))
                .andExpect(status().isAccepted());

        await().until(() -> engine.of(person.value()).size() == 2);
        await().untilAsserted(() -> mvc.perform(get("/api/operator/jobs").with(operator))
                .andExpect(jsonPath("$.items[?(@.kind == 'reconciliation' && @.state == 'done')].title")
                        .value(hasItem("forum"))));
        mvc.perform(get("/api/operator/services").with(operator))
                .andExpect(jsonPath("$[?(@.service.id == 'forum')].lastReconciliation.at")
                        .exists());
        mvc.perform(post("/api/operator/services/sign-in/reconcile").with(operator))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("service.no-accounts"));
        mvc.perform(post("/api/operator/services/none/reconcile").with(operator))
                .andExpect(status().isNotFound());
    }

    @Test
    void enginesAndServicesAreShownToWhoMayReadAndChangedByWhoMayOperate() throws Exception {
        TestSession auditor = actors.signIn(actors.affiliation(actors.operator(), Role.AUDITOR));

        mvc.perform(get("/api/operator/engines").with(auditor))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(org.hamcrest.Matchers.greaterThan(1)));
        mvc.perform(get("/api/operator/services/problems").with(auditor))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(0));
        mvc.perform(post("/api/operator/services/reload").with(auditor)).andExpect(status().isForbidden());
        mvc.perform(post("/api/operator/services/reload").with(operator)).andExpect(status().isOk());
    }

    @Test
    void aDepartureIsSaidBeforeItIsDone() throws Exception {
        AffiliationId adminPost = town.joins(town.person("Aïcha", "Admin"), member, "agent", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(adminPost.value())
                .update();
        TestSession admin = actors.signIn(adminPost);
        PersonId person = town.person("Nadia", "Benali");
        AffiliationId post = town.joins(person, member, "elu", null);
        AffiliationId other = town.joins(person, town.member("Grigny"), "agent", null);
        actors.signIn(post);

        mvc.perform(get("/api/members/" + member + "/affiliations/" + post + "/departure-preview")
                        .with(admin))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.person.givenName").value("Nadia"))
                .andExpect(jsonPath("$.services[*].id").value(hasItem("atelier")))
                .andExpect(jsonPath("$.sessions").value(1))
                .andExpect(jsonPath("$.appPasswords").value(0))
                .andExpect(jsonPath("$.remaining[0].id").value(other.toString()))
                .andExpect(jsonPath("$.warnings.length()").value(0));
        mvc.perform(get("/api/members/" + member + "/affiliations/" + adminPost + "/departure-preview")
                        .with(admin))
                .andExpect(jsonPath("$.warnings.length()").value(2));
        mvc.perform(get("/api/members/" + member + "/affiliations/" + other + "/departure-preview")
                        .with(admin))
                .andExpect(status().isNotFound());
    }

    private long failing(PersonId person) {
        return jdbc.sql("SELECT count(*) FROM provisioning.account WHERE person = ? AND error IS NOT NULL")
                .param(person.value())
                .query(Long.class)
                .single();
    }

    private long told(PersonId person) {
        return jdbc.sql("SELECT count(*) FROM audit.entry WHERE act = 'account.failing' AND subject = ANY (?::text[])")
                .param(accounts(person).stream().map(UUID::toString).toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    private java.util.List<UUID> accounts(PersonId person) {
        return jdbc.sql("SELECT id FROM provisioning.account WHERE person = ?")
                .param(person.value())
                .query(UUID.class)
                .list();
    }
}
