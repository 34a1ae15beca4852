package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The portal asks for a second factor of somebody who is signed in already, on behalf of an application behind the gateway. */
class PortalFactorsTest extends KeycloakTest {

    private static final String BACK = "/go/coffre/enter?state=abc&to=%2Fdossier&raised=true";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aSecondFactorIsGivenOnTheWayAndRememberedOfTheSessionThatFollows() throws Exception {
        Person nadia = written(newcomer(mayor()));
        inTheDirectory(nadia.person());
        Browser browser = new Browser();

        // By password alone: a session, and nothing proved.
        String signIn = begin("/sign-in?to=/");
        signIn(browser, signIn, nadia);
        assertThat(arrive(browser)).isEqualTo("/");
        assertThat(sessionsProved(nadia.person())).containsExactly(false);

        // Asked for more, she sets up what she had not, without her password.
        signIn = begin("/sign-in?level=second-factor&to="
                + java.net.URLEncoder.encode(BACK, java.nio.charset.StandardCharsets.UTF_8));
        browser.open(signIn);
        assertThat(browser.title()).isEqualTo("Protéger votre compte");
        browser.send("factor", "factor", "code");
        String secret = browser.value("totpSecret");
        browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
        assertThat(arrive(browser)).isEqualTo(BACK);
        assertThat(sessionsProved(nadia.person())).contains(true);

        // And is not asked again in the same sign-in.
        signIn = begin("/sign-in?level=second-factor&to=/");
        browser.open(signIn);
        assertThat(browser.arrived()).isTrue();
        assertThat(arrive(browser)).isEqualTo("/");
    }

    @Test
    void noApplicationRegistersItself() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(org.entente.testing.TestKeycloak.url()
                                + "/realms/entente/clients-registrations/openid-connect"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"client_name\": \"x\", \"redirect_uris\": [\"https://evil.example/cb\"]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isIn(401, 403);
    }

    private String cookie = "";

    private String begin(String path) throws Exception {
        HttpResponse<String> answer = get(path, "");
        cookie = answer.headers().allValues("set-cookie").stream()
                .filter(one -> one.contains("sign_in"))
                .map(one -> one.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
        return answer.headers().firstValue("location").orElseThrow();
    }

    /** Back from Keycloak, at the portal; where it leads then. */
    private String arrive(Browser browser) throws Exception {
        URI left = URI.create(browser.left());
        HttpResponse<String> answer = get(left.getRawPath() + "?" + left.getRawQuery(), cookie);
        String to = answer.headers().firstValue("location").orElseThrow(() -> new AssertionError(answer.body()));
        return to.replaceFirst("^http://[^/]+", "");
    }

    private HttpResponse<String> get(String path, String cookies) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Cookie", cookies)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private java.util.List<Boolean> sessionsProved(UUID person) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM gateway.proof f WHERE f.portal_session = s.id)
                        FROM identity.session s WHERE s.person = ? ORDER BY s.started_at""").param(person).query(Boolean.class).list();
    }

    private void inTheDirectory(UUID person) {
        UUID member = jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                .param("Ville " + person)
                .query(UUID.class)
                .single();
        jdbc.sql("INSERT INTO directory.person (id, given_name, usual_name) VALUES (?, 'Nadia', 'Benali')")
                .param(person)
                .update();
        jdbc.sql("""
                        INSERT INTO directory.affiliation (person, member, kind, function, valid_from, phase)
                        VALUES (?, ?, 'agent', 'Agent', '2020-01-01', 'current')""").params(person, member).update();
    }
}
