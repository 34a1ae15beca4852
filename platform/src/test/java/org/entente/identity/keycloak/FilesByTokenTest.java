package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.testing.TestActors;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Applications that fetch people's files in their name, by the access token of the sign-in. */
class FilesByTokenTest extends KeycloakTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestApp bureau = new TestApp(TestKeycloak.url(), "bureau");

    /** Somebody of the directory, whom Keycloak knows. */
    private record Somebody(Person person, AffiliationId capacity) {}

    private Somebody somebody() {
        TestActors actors = new TestActors(jdbc);
        MemberId member = actors.member("Givors");
        PersonId person = actors.person("Nadia", "Benali");
        AffiliationId capacity = actors.affiliation(person, member);
        TreeMap<String, java.util.SortedSet<String>> services = new TreeMap<>();
        for (String service : List.of("bureau", "wiki")) {
            services.put(service, new TreeSet<>(List.of("user")));
        }
        Capacity held = new Capacity(
                capacity.value(),
                member.value(),
                null,
                null,
                "Givors",
                "agent",
                "Agent",
                null,
                TestPeople.address(capacity.value()),
                null,
                null,
                services);
        return new Somebody(written(TestPeople.person(person.value(), 1, false, List.of(held))), capacity);
    }

    private HttpResponse<String> ask(String method, String path, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .headers("Authorization", "Bearer " + token, "Depth", "0", "OCS-APIRequest", "true")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int status(String token) throws Exception {
        return ask("PROPFIND", "/dav/files/", token).statusCode();
    }

    @Test
    void aTokenForFilesOpensThemInTheCapacityThatWasChosenUntilTheSessionEnds() throws Exception {
        Somebody nadia = somebody();
        TestApp.Answer tokens = bureau.tokens(signIn(new Browser(), bureau.signInUrl("files"), nadia.person()));
        String token = tokens.text("access_token");

        assertThat(status(token)).isEqualTo(207);
        String who = ask("GET", "/ocs/v2.php/cloud/user?format=json", token).body();
        assertThat(new JsonMapper().readTree(who).at("/ocs/data/id").asString(""))
                .isEqualTo(nadia.capacity().toString());
        // It is no app password, and revokes none.
        assertThat(ask("DELETE", "/ocs/v2.php/core/apppassword", token).statusCode())
                .isEqualTo(403);

        // The signature, one letter of it; another kind of token; something else.
        int at = token.length() - 10;
        String forged = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
        for (String wrong : List.of(forged, tokens.text("refresh_token"), tokens.text("id_token"), "a.b.c", "x")) {
            HttpResponse<String> refused = ask("PROPFIND", "/dav/files/", wrong);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(said -> assertThat(said).startsWith("Bearer "));
        }

        accounts.of(new PersonId(nadia.person().person()))
                .forEach(session -> accounts.end(new PersonId(nadia.person().person()), session.session()));
        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void aTokenThatWasNotAskedForFilesOpensNothing() throws Exception {
        Somebody nadia = somebody();
        Browser browser = signIn(new Browser(), bureau.signInUrl("capacity"), nadia.person());
        assertThat(status(bureau.tokens(browser).text("access_token"))).isEqualTo(401);
        // Who was not described as an application for files does not get it by asking.
        assertThat(browser.open(wiki.signInUrl("files capacity")).parameter("error"))
                .isEqualTo("invalid_scope");
    }

    @Test
    void aDepartureCutsItAtOnce() throws Exception {
        Somebody nadia = somebody();
        String token = bureau.tokens(signIn(new Browser(), bureau.signInUrl("files"), nadia.person()))
                .text("access_token");
        assertThat(status(token)).isEqualTo(207);

        new TestActors(jdbc).ended(nadia.capacity()); // here, before the sign-in has heard of it

        assertThat(status(token)).isEqualTo(401);

        Somebody samir = somebody();
        String other = bureau.tokens(signIn(new Browser(), bureau.signInUrl("files"), samir.person()))
                .text("access_token");
        people.write(List.of(TestPeople.with(samir.person(), 2))); // there, before the directory says so
        assertThat(status(other)).isEqualTo(401);
    }
}
