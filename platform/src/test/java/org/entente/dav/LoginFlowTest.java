package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Nextcloud's login flow v2, as its clients and a browser take part in it. */
class LoginFlowTest extends DavTown {

    private static final String DESK = "poste-nadia (Desktop Client - Linux)";

    private final HttpClient http = HttpClient.newHttpClient();

    Visitor nadia;
    TestSession browser;

    @BeforeEach
    void somebodyAtAComputer() {
        nadia = town.agent(town.member("Givors"), "Nadia", null);
        browser = TestSession.start(jdbc, nadia.person(), nadia.capacity());
    }

    private record Flow(String page, String token, String endpoint) {}

    private HttpResponse<String> call(String method, URI to, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Flow begin(String client) throws Exception {
        HttpResponse<String> begun = call("POST", uri("/index.php/login/v2"), "", "User-Agent", client);
        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(begun.headers().firstValue("Cache-Control")).contains("no-store");
        String login = JsonPath.read(begun.body(), "$.login");
        assertThat(login)
                .startsWith("http://localhost:8400/connect/"); // the portal's own address, whatever a request says
        return new Flow(
                login.substring(login.lastIndexOf('/') + 1),
                JsonPath.read(begun.body(), "$.poll.token"),
                JsonPath.read(begun.body(), "$.poll.endpoint"));
    }

    private HttpResponse<String> poll(String token) throws Exception {
        return call(
                "POST",
                uri("/index.php/login/v2/poll"),
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> page(TestSession session, String method, String page, String body) throws Exception {
        return api(session, method, "/api/me/device-requests/" + page, body);
    }

    private HttpResponse<String> api(TestSession session, String method, String path, String body) throws Exception {
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        headers.set("Content-Type", "application/json");
        return call(
                method,
                uri(path),
                body,
                headers.headerSet().stream()
                        .flatMap(one -> one.getValue().stream().flatMap(value -> List.of(one.getKey(), value).stream()))
                        .toArray(String[]::new));
    }

    private HttpResponse<String> grant(TestSession session, Flow flow, Visitor capacity) throws Exception {
        return page(session, "POST", flow.page() + "/grant", "{\"capacity\":\"" + capacity.capacity() + "\"}");
    }

    private Device connected(Flow flow, Visitor visitor) throws Exception {
        HttpResponse<String> given = poll(flow.token());
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(given.body(), "$.server")).isEqualTo(uri("").toString());
        return new Device(
                visitor,
                visitor.capacity().value(),
                JsonPath.read(given.body(), "$.loginName"),
                JsonPath.read(given.body(), "$.appPassword"));
    }

    @Test
    void aProgramIsLetInOnceItsPersonSaysYes() throws Exception {
        Flow flow = begin(DESK);
        assertThat(flow.endpoint()).isEqualTo(uri("/index.php/login/v2/poll").toString());
        assertThat(poll(flow.token()).statusCode()).isEqualTo(404);

        HttpResponse<String> asked = page(browser, "GET", flow.page(), "");
        assertThat(JsonPath.<String>read(asked.body(), "$.client")).isEqualTo(DESK);
        assertThat(JsonPath.<Boolean>read(asked.body(), "$.near")).isTrue();
        assertThat(poll(flow.token()).statusCode()).isEqualTo(404); // looking is not granting
        assertThat(grant(browser, flow, nadia).statusCode()).isEqualTo(204);

        Device device = connected(flow, nadia);
        put(device, MINE + "/depuis-le-poste.txt", "Bonjour");
        assertThat(send(device, "PROPFIND", "/remote.php/dav/files/" + device.address() + "/", "", "Depth", "1")
                        .body())
                .contains("Mes%20fichiers");
        // Only once, and its page is over.
        assertThat(poll(flow.token()).statusCode()).isEqualTo(404);
        assertThat(page(browser, "GET", flow.page(), "").statusCode()).isEqualTo(404);
        // Named after the program, among the app passwords, where it is revoked.
        String list = api(browser, "GET", "/api/me/app-passwords", "").body();
        assertThat(JsonPath.<List<String>>read(list, "$[*].label")).containsExactly(DESK);
        assertThat(JsonPath.<List<String>>read(list, "$[*].opens[*].door")).containsExactly("files");
        assertThat(jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE act = 'app-password.made' AND person = ?")
                        .param(nadia.person().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        String id = JsonPath.read(list, "$[0].id");
        assertThat(api(browser, "DELETE", "/api/me/app-passwords/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(status(device, "PROPFIND", "/remote.php/webdav/", "")).isEqualTo(401);
    }

    @Test
    void nothingComesOfANoOrOfWaitingTooLong() throws Exception {
        Flow denied = begin(DESK);
        assertThat(page(browser, "DELETE", denied.page(), "").statusCode()).isEqualTo(204);
        assertThat(poll(denied.token()).statusCode()).isEqualTo(404);
        assertThat(grant(browser, denied, nadia).statusCode()).isEqualTo(404);

        Flow late = begin(DESK);
        Flow lateToFetch = begin(DESK);
        assertThat(grant(browser, lateToFetch, nadia).statusCode()).isEqualTo(204);
        jdbc.sql("UPDATE identity.device_request SET expires_at = now() - interval '1 second' WHERE made_at < now()")
                .update();
        assertThat(page(browser, "GET", late.page(), "").statusCode()).isEqualTo(404);
        assertThat(grant(browser, late, nadia).statusCode()).isEqualTo(404);
        assertThat(poll(lateToFetch.token()).statusCode()).isEqualTo(404);
        assertThat(passwords()).isZero();
    }

    private int passwords() {
        return jdbc.sql("SELECT count(*) FROM identity.app_password WHERE person = ?")
                .param(nadia.person().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void eachCapacityIsAnAccountOfItsOwn() throws Exception {
        Visitor councillor = town.also(nadia, town.member("Métropole"));
        Flow one = begin(DESK);
        Flow other = begin(DESK);
        grant(browser, one, nadia);
        grant(browser, other, councillor);
        Device agent = connected(one, nadia);
        Device elected = connected(other, councillor);

        put(agent, MINE + "/de-la-ville.txt", "ville");
        assertThat(status(elected, "GET", MINE + "/de-la-ville.txt", "")).isEqualTo(404);
        for (Device device : List.of(agent, elected)) {
            assertThat(JsonPath.<String>read(
                            send(device, "GET", "/ocs/v1.php/cloud/user?format=json", "", "OCS-APIRequest", "true")
                                    .body(),
                            "$.ocs.data.id"))
                    .isEqualTo(device.visitor().capacity().toString());
        }
    }

    @Test
    void aDepartureCutsWhatWasGrantedFetchedOrNot() throws Exception {
        Visitor councillor = town.also(nadia, town.member("Métropole"));
        Flow fetched = begin(DESK);
        Flow waiting = begin(DESK);
        grant(browser, fetched, councillor);
        grant(browser, waiting, councillor);
        Device device = connected(fetched, councillor);
        assertThat(status(device, "PROPFIND", "/remote.php/webdav/", "", "Depth", "0"))
                .isEqualTo(207);

        town.ends(councillor);

        assertThat(status(device, "PROPFIND", "/remote.php/webdav/", "")).isEqualTo(401);
        assertThat(poll(waiting.token()).statusCode()).isEqualTo(404);
        assertThat(grant(browser, begin(DESK), councillor).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyElseGetsAnythingOfIt() throws Exception {
        Flow flow = begin(DESK);
        grant(browser, flow, nadia);
        Flow anothers = begin("Somebody else");

        // Neither the page's secret, nor another's, nor guesses, nor none at all.
        for (String wrong : List.of(flow.page(), anothers.token(), "x", "", "%00", flow.token() + "x")) {
            assertThat(poll(wrong).statusCode()).as(wrong).isEqualTo(404);
        }
        assertThat(call("GET", uri("/index.php/login/v2/poll?token=" + flow.token()), "")
                        .statusCode())
                .isEqualTo(405);
        // A page that asks without a session, without the token against forged requests, for somebody else's capacity.
        URI page = uri("/api/me/device-requests/" + anothers.page() + "/grant");
        String mine = "{\"capacity\":\"" + nadia.capacity() + "\"}";
        assertThat(call("POST", page, mine, "Content-Type", "application/json").statusCode())
                .isEqualTo(403);
        HttpHeaders headers = new HttpHeaders();
        browser.headers(headers);
        String cookie = String.valueOf(headers.getFirst("Cookie"));
        assertThat(call("POST", page, mine, "Content-Type", "application/json", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("GET", uri("/api/me/device-requests/" + anothers.page()), "")
                        .statusCode())
                .isEqualTo(401);
        Visitor stranger = town.agent(town.member("Corbas"), "Samir", null);
        assertThat(grant(browser, anothers, stranger).statusCode()).isEqualTo(404);
        assertThat(poll(anothers.token()).statusCode()).isEqualTo(404);
        // Once answered it is not answered again, by anyone.
        TestSession samir = TestSession.start(jdbc, stranger.person(), stranger.capacity());
        assertThat(grant(samir, flow, stranger).statusCode()).isEqualTo(404);
        assertThat(page(samir, "DELETE", flow.page(), "").statusCode()).isEqualTo(404);
        connected(flow, nadia);
    }

    @Test
    void whatAProgramCallsItselfIsOnlyText() throws Exception {
        Flow flow = begin("<img src=x onerror=alert(1)> \"}]\\ " + "x".repeat(300));
        String body = page(browser, "GET", flow.page(), "").body();
        assertThat(JsonPath.<String>read(body, "$.client"))
                .startsWith("<img src=x onerror=alert(1)> \"}]\\ x")
                .hasSize(100);
        assertThat(grant(browser, flow, nadia).statusCode()).isEqualTo(204);
        connected(flow, nadia);
    }
}
