package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.keycloak.ToldApps;
import org.entente.testing.TestKeycloak;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A member gives a service up while its people are signed in there at the real Keycloak. */
class ServiceTakenAwayTest extends KeycloakTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final Author ADMIN = Author.system("test");

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    AccountStore accounts;

    @Autowired
    ReconcilingEngine reconciling;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionOperations transaction;

    Town town;
    MemberId member;
    PersonId person;
    AffiliationId post;

    @BeforeEach
    void somebodyWhoseMemberHasTheService() {
        town = new Town(jdbc, events, transaction);
        member = town.member("Corbas");
        subscriptions.subscribe(member, "visio", Population.everyone("user"), ADMIN);
        person = town.person("Nadia", "Benali");
        post = town.joins(person, member, "agent", null);
        settled();
        TestApp.setPassword(TestKeycloak.url(), person.value(), PASSWORD);
    }

    @Test
    void itsSessionsEndAndTheApplicationIsToldWhileThePostLives() {
        TestApp room = TestApp.register("room", "visio", ToldApps.url("/registre"));
        TestApp.Answer offline = room.tokens(signedIn(room.signInUrl("offline_access")));
        Browser browser = signedIn(room.signInUrl("roles"));
        TestApp.Answer online = room.tokens(browser);
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        TestApp.Answer kept = registre.tokens(browser.open(registre.signInUrl("uid")));

        subscriptions.unsubscribe(member, "visio", ADMIN);

        await().atMost(Duration.ofSeconds(10)).until(() -> !room.active(online));
        assertThat(room.refresh(online).status()).isEqualTo(400);
        assertThat(room.refresh(offline).status()).isEqualTo(400);
        assertThat(room.userinfo(online)).isNotEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ToldApps.tokens())
                        .anySatisfy(told -> assertThat(claims(told)).contains("\"sub\":\"" + person + "\"")));
        assertThat(registre.refresh(kept).status()).isEqualTo(200);
    }

    @Test
    void theCutHasTheLaneOfCutsUntilItIsDoneAndAGainHasNot() {
        subscriptions.unsubscribe(member, "visio", ADMIN);
        assertThat(urgent()).isTrue();
        settled();

        subscriptions.subscribe(member, "visio", Population.everyone("user"), ADMIN);
        assertThat(urgent()).isFalse();
        settled();

        // Before the engine has the cut, something else changes: it stays a cut.
        transaction.executeWithoutResult(status -> {
            subscriptions.unsubscribe(member, "visio", ADMIN);
            town.renames(post, "Directrice");
        });
        assertThat(urgent()).isTrue();
        settled();
    }

    @Test
    void whoLeavesDoesNotWaitBehindAMemberThatGivesAServiceUp() {
        PersonId other = town.person("Paul", "Part");
        AffiliationId leaving = town.joins(other, member, "agent", null);
        settled();
        UUID claim = UUID.randomUUID();
        reconciling.stop();
        try {
            subscriptions.unsubscribe(member, "visio", ADMIN);
            town.ends(leaving, "manual");

            List<AccountStore.Claimed> first = accounts.claim(service(), true, 1, claim);

            assertThat(first)
                    .singleElement()
                    .satisfies(one -> assertThat(one.desired().capacity().id()).isEqualTo(leaving));
        } finally {
            accounts.giveBack(claim, OffsetDateTime.now(ZoneOffset.UTC), "tried again at once");
            reconciling.start();
        }
        settled();
    }

    private String service() {
        return jdbc.sql("SELECT service FROM provisioning.account WHERE affiliation = ? AND connector = 'keycloak'")
                .param(post.value())
                .query(String.class)
                .single();
    }

    private boolean urgent() {
        return jdbc.sql("SELECT urgent FROM provisioning.account WHERE affiliation = ? AND connector = 'keycloak'")
                .param(post.value())
                .query(Boolean.class)
                .single();
    }

    private void settled() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT applied = revision AND state = 'active' FROM provisioning.account WHERE affiliation = ? AND connector = 'keycloak'")
                                .param(post.value())
                                .query(Boolean.class)
                                .list())
                        .containsExactly(true));
    }

    private Browser signedIn(String url) {
        String address = jdbc.sql("SELECT address FROM directory.affiliation WHERE id = ?")
                .param(post.value())
                .query(String.class)
                .single();
        return new Browser().open(url).send("username", "username", address).send("password", "password", PASSWORD);
    }

    private static String claims(String told) {
        String token = URLDecoder.decode(told.substring(told.indexOf('=') + 1), StandardCharsets.UTF_8);
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }
}
