package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.provisioning.nextcloud.NextcloudStandIn;
import org.entente.provisioning.webhook.Receiver;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.MockMvc;

/** From somebody who joins a town to what the application holds, and back when they leave: by the engine, with secrets by reference. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class, ConnectorsInServiceTest.Applications.class})
class ConnectorsInServiceTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TestConfiguration(proxyBeanMethods = false)
    static class Applications {

        @Bean
        NextcloudStandIn nextcloud() throws IOException {
            return new NextcloudStandIn();
        }

        @Bean
        Receiver receiver() throws IOException {
            return new Receiver(SECRET);
        }

        @Bean
        DynamicPropertyRegistrar services(NextcloudStandIn nextcloud, Receiver receiver) throws IOException {
            Path folder = Files.createTempDirectory("entente-test-catalog");
            Path secrets = Files.createTempDirectory("entente-test-secrets");
            Files.writeString(secrets.resolve("FILES"), "app-password\n");
            Files.writeString(secrets.resolve("LETTERS"), SECRET + "\n");
            service(
                    folder,
                    "files",
                    "nextcloud",
                    "url: \"" + nextcloud.url() + "\", user: admin, password: \"${secret:FILES}\"");
            service(folder, "letters", "webhook", "url: \"" + receiver.url() + "\", secret: \"${secret:LETTERS}\"");
            return registry -> {
                registry.add("entente.catalog.folder", folder::toString);
                registry.add("entente.secrets.folder", secrets::toString);
            };
        }

        private static void service(Path folder, String id, String kind, String settings) throws IOException {
            Files.writeString(folder.resolve(id + ".yaml"), """
                    id: %1$s
                    name: {fr: %1$s, en: %1$s}
                    summary: {fr: Pour les essais, en: For tests}
                    icon: hammer
                    category: test
                    signIn: {kind: link, url: "https://%1$s.example.fr/"}
                    roles: [user]
                    suits: [agent, elu, partner, trainee]
                    everyone: true
                    connector: {kind: %2$s, settings: {%3$s}}
                    """.formatted(id, kind, settings));
        }
    }

    @Autowired
    Town town;

    @Autowired
    NextcloudStandIn nextcloud;

    @Autowired
    Receiver receiver;

    @Autowired
    Reconciliation reconciliation;

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whoJoinsATownHasAnAccountInNextcloudAndWhoLeavesHasItNoMore() {
        PersonId person = town.person("Nadia", "Benali");
        AffiliationId post = town.joins(person, town.member("Givors"), "agent", null);
        settled("files", person, "active");
        NextcloudStandIn.User user = nextcloud.users.get(post.toString());
        assertThat(user.displayName).startsWith("Nadia Benali (Givors");
        assertThat(reconciliation.reconcile("files").repaired()).isZero();

        user.displayName = "Roi de France";
        assertThat(reconciliation.reconcile("files").changed).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(user.displayName).startsWith("Nadia Benali (Givors"));

        town.ends(post, "manual");
        settled("files", person, "suspended");
        assertThat(user.enabled).isFalse();
        user.enabled = true;
        assertThat(reconciliation.reconcile("files").reactivated).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(user.enabled).isFalse());
    }

    @Test
    void aReceiverThatWasDownIsToldLaterWithTheSameId() {
        AtomicInteger calls = new AtomicInteger();
        receiver.answers = body -> calls.incrementAndGet() < 3 ? 503 : 204;
        PersonId person = town.person("Paul", "Durand");
        AffiliationId post = town.joins(person, town.member("Grigny"), "agent", null);
        settled("letters", person, "active");
        town.ends(post, "manual");
        settled("letters", person, "suspended");

        String account = jdbc.sql("SELECT id FROM provisioning.account WHERE person = ? AND service = 'letters'")
                .param(person.value())
                .query(UUID.class)
                .single()
                .toString();
        List<String> types = receiver.arrived.stream()
                .map(Receiver.Arrived::body)
                .filter(body -> body.path("data").path("account").asString().equals(account))
                .map(body -> body.path("type").asString())
                .toList();
        assertThat(types).containsExactly("account.activated", "account.suspended");
        assertThat(calls.get()).isGreaterThan(3);
    }

    @Test
    void aServiceThatIsOnlyToldCannotBeComparedAndSaysSo() throws Exception {
        assertThat(reconciliation.comparable("letters")).isFalse();
        mvc.perform(post("/api/operator/services/letters/reconcile")
                        .with(actors.actingAs(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN))))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("service.one-way"));
    }

    private void settled(String service, PersonId person, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.sql("""
                        SELECT count(*) FROM provisioning.account WHERE person = ? AND service = ? AND state = ? AND revision = applied""")
                                .param(person.value())
                                .param(service)
                                .param(state)
                                .query(Long.class)
                                .single())
                        .isEqualTo(1));
    }
}
