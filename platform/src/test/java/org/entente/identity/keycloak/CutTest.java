package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.identity.keycloak.TestPeople.giving;
import static org.entente.identity.keycloak.TestPeople.with;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInPeople.Written;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CutTest extends KeycloakTest {

    @Test
    void whatAVanishedCapacityHeldIsRefusedAtOnceAndTheOtherGoesOn() {
        Capacity mayor = mayor();
        Capacity councillor = councillor();
        Person nadia = written(newcomer(mayor, councillor));
        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity", "siret_hint", "20004697700019"), nadia);
        TestApp.Answer kept = wiki.tokens(browser);
        TestApp.Answer cut = forge.tokens(browser.open(forge.signInUrl("capacity")));
        // An offline token of the very second of the cut.
        TestApp.Answer offline = forge.tokens(signIn(new Browser(), forge.signInUrl("capacity offline_access"), nadia));
        assertThat(forge.active(cut)).isTrue();
        assertThat(forge.userinfo(cut)).isEqualTo(200);
        assertThat(offline.status()).isEqualTo(200);

        Written result = people.write(List.of(without(nadia, councillor))).getFirst();

        assertThat(forge.refresh(cut).status()).isEqualTo(400);
        assertThat(forge.refresh(offline).status()).isEqualTo(400);
        assertThat(forge.active(cut)).isFalse();
        assertThat(forge.active(offline)).isFalse();
        assertThat(forge.userinfo(cut)).isNotEqualTo(200);
        assertThat(forge.userinfo(offline)).isNotEqualTo(200);
        assertThat(result.outcome()).isEqualTo("updated");
        assertThat(result.cut().clientSessions()).isGreaterThanOrEqualTo(1);
        assertThat(result.cut().offlineSessions()).isEqualTo(1);
        // The same browser, the same person, another capacity.
        assertThat(wiki.active(kept)).isTrue();
        assertThat(wiki.userinfo(kept)).isEqualTo(200);
        assertThat(wiki.refresh(kept).status()).isEqualTo(200);
        assertThat(browser.open(forge.signInUrl("")).title()).contains("Pas d’accès");
    }

    @Test
    void anApplicationThatACapacityGivesNoMoreEndsWhileTheCapacityLives() {
        Capacity mayor = mayor();
        Person nadia = written(newcomer(mayor));
        TestApp comptoir =
                TestApp.register(TestKeycloak.url(), "comptoir", "comptoir", "", Map.of("entente.capacity", "none"));
        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity"), nadia);
        TestApp.Answer kept = wiki.tokens(browser);
        TestApp.Answer cut = forge.tokens(browser.open(forge.signInUrl("roles")));
        TestApp.Answer ours = comptoir.tokens(browser.open(comptoir.signInUrl("uid")));
        TestApp.Answer offline = forge.tokens(signIn(new Browser(), forge.signInUrl("offline_access"), nadia));
        assertThat(forge.active(cut)).isTrue();
        assertThat(forge.active(offline)).isTrue();

        Written result =
                people.write(List.of(with(nadia, 2, giving(mayor, "wiki")))).getFirst();

        assertThat(forge.refresh(cut).status()).isEqualTo(400);
        assertThat(forge.refresh(offline).status()).isEqualTo(400);
        assertThat(forge.active(cut)).isFalse();
        assertThat(forge.active(offline)).isFalse();
        assertThat(forge.userinfo(cut)).isNotEqualTo(200);
        assertThat(forge.userinfo(offline)).isNotEqualTo(200);
        assertThat(result.cut().clientSessions()).isGreaterThanOrEqualTo(1);
        assertThat(result.cut().offlineSessions()).isEqualTo(1);
        // The same capacity in what it still gives, and what is used in none.
        assertThat(wiki.active(kept)).isTrue();
        assertThat(wiki.userinfo(kept)).isEqualTo(200);
        assertThat(wiki.refresh(kept).status()).isEqualTo(200);
        assertThat(comptoir.refresh(ours).status()).isEqualTo(200);
        assertThat(browser.open(forge.signInUrl("")).title()).contains("Pas d’accès");
    }

    @Test
    void aSessionThatIsLeftTellsNothingOfAnApplicationItsCapacityGivesNoMore() {
        Capacity mayor = mayor();
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity"), nadia);
        TestApp.Answer kept = wiki.tokens(browser);
        TestApp.Answer left = forge.tokens(browser.open(forge.signInUrl("roles")));

        // As between a cut and a sign-in that ran beside it: what is said of the person changes, and no session ends.
        TestApp.replaceInCapacities(nadia.person(), "\"forge\":[\"user\"]", "\"forum\":[\"user\"]");

        assertThat(forge.refresh(left).status()).isEqualTo(400);
        assertThat(forge.active(left)).isFalse();
        assertThat(forge.userinfo(left)).isNotEqualTo(200);
        assertThat(wiki.refresh(kept).status()).isEqualTo(200);
        // The next write finds it.
        assertThat(people.write(List.of(with(nadia, 2, giving(mayor, "wiki"))))
                        .getFirst()
                        .cut()
                        .clientSessions())
                .isEqualTo(1);
    }

    @Test
    void whoHasNoCapacityLeftIsSignedOutEverywhereAndCannotSignIn() {
        Capacity mayor = mayor();
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), wiki.signInUrl(""), nadia);
        TestApp.Answer tokens = wiki.tokens(browser);

        people.write(List.of(TestPeople.with(nadia, 2)));

        assertThat(wiki.refresh(tokens).status()).isEqualTo(400);
        assertThat(wiki.active(tokens)).isFalse();
        assertThat(accounts.of(new PersonId(nadia.person()))).isEmpty();
        assertThat(browser.open(wiki.signInUrl("")).title()).isEqualTo("Connexion");
    }

    @Test
    void anAppThatHangsDelaysNobodyAndIsToldAllTheSame() throws Exception {
        List<Socket> calls = new CopyOnWriteArrayList<>();
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var accepting = Executors.newVirtualThreadPerTaskExecutor()) {
            var unused = accepting.submit(() -> {
                while (!hanging.isClosed()) {
                    calls.add(hanging.accept());
                }
                return null;
            });
            TestApp slow = TestApp.register(
                    "slow" + hanging.getLocalPort(), "forge", "http://127.0.0.1:" + hanging.getLocalPort() + "/");
            Capacity mayor = mayor();
            Capacity councillor = councillor();
            Person nadia = written(newcomer(mayor, councillor));
            TestApp.Answer tokens = slow.tokens(signIn(new Browser(), slow.signInUrl(""), nadia));

            Instant before = Instant.now();
            people.write(List.of(without(nadia, councillor)));

            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(slow.refresh(tokens).status()).isEqualTo(400);
            await().atMost(Duration.ofSeconds(10)).until(() -> !calls.isEmpty());
            hanging.close();
        }
        for (Socket call : calls) {
            call.close();
        }
    }

    @Test
    void anApplicationIsToldOfADepartureByTheSubjectItKnows() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        app.start();
        try {
            int port = app.getAddress().getPort();
            TestApp listening = TestApp.register(
                    TestKeycloak.url(),
                    "listening" + port,
                    "parapheur",
                    "http://127.0.0.1:" + port + "/",
                    Map.of("entente.profile", "proconnect", "entente.subject-key", "a".repeat(43)));
            Capacity town = TestPeople.at("21690259300013", "parapheur");
            Person nadia = written(newcomer(town, TestPeople.at("20004697700019", "parapheur")));
            TestApp.Answer tokens = listening.tokens(signIn(
                    new Browser(),
                    listening.signInUrl(
                            "siret", "state", "s".repeat(32), "nonce", "n".repeat(32), "siret_hint", "21690259300013"),
                    nadia));
            String subject = tokens.claims("id_token").path("sub").asString();

            people.write(List.of(without(nadia, nadia.capacities().getLast())));

            String notice = told.poll(10, TimeUnit.SECONDS);
            assertThat(notice).startsWith("logout_token=");
            String payload = notice.substring("logout_token=".length()).split("\\.")[1];
            assertThat(new JsonMapper()
                            .readTree(Base64.getUrlDecoder().decode(payload))
                            .path("sub")
                            .asString())
                    .isEqualTo(subject)
                    .isNotEqualTo(nadia.person().toString());
        } finally {
            app.stop(0);
        }
    }

    @Test
    void aSessionIsShownWithItsAppsAndEndsAlone() {
        Person nadia = written(newcomer(mayor()));
        PersonId id = new PersonId(nadia.person());
        TestApp.Answer one = wiki.tokens(signIn(new Browser(), wiki.signInUrl(""), nadia));
        TestApp.Answer other = wiki.tokens(signIn(new Browser(), wiki.signInUrl(""), nadia));
        String session = one.claims("access_token").path("sid").asString();

        assertThat(accounts.of(id))
                .hasSize(2)
                .allSatisfy(app -> assertThat(app.capacity()).isNotNull());
        Person stranger = written(newcomer(mayor()));
        assertThat(accounts.end(new PersonId(stranger.person()), session)).isFalse();
        assertThat(accounts.end(id, session)).isTrue();

        assertThat(wiki.refresh(one).status()).isEqualTo(400);
        assertThat(wiki.refresh(other).status()).isEqualTo(200);
    }
}
