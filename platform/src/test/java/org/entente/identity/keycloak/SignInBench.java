package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.session.TestSession;
import org.entente.testing.LemonLdap;
import org.entente.testing.TestActors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;

/**
 * Not part of the tests. Signing in to an OpenID Connect application, and the menu of the portal, beside a LemonLDAP::NG on the same machine in the
 * same run: by turns, so that whatever else the machine does meets both.
 */
@Import(TestActors.class)
class SignInBench extends KeycloakTest {

    private static final String REDIRECT = "http://app.test/cb";
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 5;
    private static final int SIGN_INS = 60;
    private static final int ENTRIES = 200;
    private static final int MENUS = 400;

    @Autowired
    TestActors actors;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private LemonLdap lemon;

    @Test
    void besideLemonLdap() throws Exception {
        lemon = LemonLdap.start(LemonLdap.client(REDIRECT)).withWorkers(4);
        List<Person> people = new ArrayList<>();
        for (int n = 0; n < CLIENTS; n++) {
            people.add(written(newcomer(mayor())));
        }
        compare(
                "sign-ins by password",
                SIGN_INS,
                client -> ours(signIn(new Browser(), wiki.signInUrl("email"), people.get(client))),
                client -> theirs(new Browser().open(authorize())));
        List<Browser> inOurs = new ArrayList<>();
        List<Browser> inTheirs = new ArrayList<>();
        for (Person person : people) {
            inOurs.add(signIn(new Browser(), wiki.signInUrl("email"), person));
            Browser browser = new Browser().open(authorize());
            theirs(browser);
            inTheirs.add(browser);
        }
        compare(
                "entries with the session open",
                ENTRIES,
                client -> ours(inOurs.get(client).open(wiki.signInUrl("email"))),
                client -> token(inTheirs.get(client).open(authorize())));
        HttpRequest home = home();
        compare(
                "menu of the portal",
                MENUS,
                client -> ok(home),
                client -> assertThat(inTheirs.get(client).open(lemon.url()).status())
                        .isEqualTo(200));
    }

    /** Best of the rounds of each: what is slower was disturbed. */
    private void compare(String what, int times, IntConsumer ours, IntConsumer theirs) throws Exception {
        rate(times / 4, ours);
        rate(times / 4, theirs);
        double[] our = new double[ROUNDS];
        double[] their = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            our[round] = rate(times, ours);
            their[round] = rate(times, theirs);
        }
        System.out.printf(
                Locale.ROOT,
                "%-30s Entente %.0f/s (%s), LemonLDAP::NG %.0f/s (%s): ratio %.2f%n",
                what,
                max(our),
                rounds(our),
                max(their),
                rounds(their),
                max(our) / max(their));
    }

    private static double rate(int times, IntConsumer one) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int who = client;
                all.add(clients.submit(() -> {
                    for (int n = 0; n < times / CLIENTS; n++) {
                        one.accept(who);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        return times / ((System.nanoTime() - start) / 1e9);
    }

    private void ours(Browser browser) {
        assertThat(wiki.tokens(browser).status()).isEqualTo(200);
    }

    private void theirs(Browser form) {
        token(form.submit("user", "user", "dwho", "password", "dwho"));
    }

    private String authorize() {
        return lemon.url() + "oauth2/authorize?response_type=code&scope=openid+email&client_id=" + LemonLdap.CLIENT
                + "&redirect_uri=" + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8) + "&state=" + UUID.randomUUID()
                + "&nonce=" + UUID.randomUUID();
    }

    private void token(Browser browser) {
        String basic = Base64.getEncoder()
                .encodeToString((LemonLdap.CLIENT + ":" + LemonLdap.SECRET).getBytes(StandardCharsets.UTF_8));
        ok(HttpRequest.newBuilder(URI.create(lemon.url() + "oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=authorization_code&code="
                        + browser.parameter("code") + "&redirect_uri="
                        + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8)))
                .build());
    }

    private HttpRequest home() {
        TestSession session = actors.signIn(actors.affiliation(actors.member("Givors")));
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/me/home"))
                .header("Cookie", String.valueOf(headers.getFirst(HttpHeaders.COOKIE)))
                .build();
    }

    private void ok(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double max(double[] rates) {
        return Arrays.stream(rates).max().orElse(0);
    }

    private static String rounds(double[] rates) {
        return Arrays.stream(rates)
                .mapToObj(rate -> String.format(Locale.ROOT, "%.0f", rate))
                .collect(java.util.stream.Collectors.joining(" "));
    }
}
