package org.entente.dav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.files.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ContentDisposition;

/** What is refused, and what nobody gets to see. */
class HostileTest extends DavTown {

    Device anne;

    @BeforeEach
    void somebodyWithAFile() throws Exception {
        anne = agent("Anne");
        put(anne, MINE + "/secret.txt", "à moi");
    }

    @Test
    void withoutAPasswordThereIsNothing() throws Exception {
        for (String method : List.of("GET", "PUT", "PROPFIND", "DELETE", "LOCK", "REPORT", "MKCOL")) {
            assertThat(
                            raw(
                                    method + " " + MINE
                                            + "/secret.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Basic")
                    .doesNotContain("à moi")
                    .doesNotContain("Set-Cookie");
        }
    }

    @Test
    void aPasswordForMailOpensNoFiles() throws Exception {
        assertThat(status(device(anne.visitor(), "mail"), "GET", MINE + "/secret.txt", ""))
                .isEqualTo(401);
    }

    @Test
    void othersOfTheSameMemberAndOtherCapacitiesOfTheSamePersonSeeNothingOfIt() throws Exception {
        Device colleague = device(town.agent(anne.visitor().member(), "Bruno", null));
        Visitor elsewhere = town.also(anne.visitor(), town.member("Corbas"));
        Device otherCapacity = device(elsewhere);

        for (Device other : List.of(colleague, otherCapacity)) {
            assertThat(status(other, "GET", MINE + "/secret.txt", "")).isEqualTo(404);
            assertThat(send(other, "PROPFIND", MINE + "/", "", "Depth", "1").body())
                    .doesNotContain("secret");
            String theirs = "/remote.php/dav/files/" + anne.visitor().capacity() + "/Mes%20fichiers/secret.txt";
            assertThat(status(other, "GET", theirs, "")).isEqualTo(404);
            assertThat(status(other, "DELETE", theirs, "")).isEqualTo(404);
        }
        assertThat(get(anne, MINE + "/secret.txt")).isEqualTo("à moi");
    }

    @Test
    void aDepartureIsFeltAtTheNextRequest() throws Exception {
        assertThat(status(anne, "GET", MINE + "/secret.txt", "")).isEqualTo(200);

        town.ends(anne.visitor());

        assertThat(status(anne, "GET", MINE + "/secret.txt", "")).isEqualTo(401);
        assertThat(status(anne, "PUT", MINE + "/autre.txt", "x")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dav/files/Mes%20fichiers/../../../api/me",
                "/dav/files/%2e%2e/%2e%2e/api/me",
                "/dav/files/Mes%20fichiers/..%2fsecret.txt",
                "/dav/files/Mes%20fichiers/a%00b",
                "/dav/files/Mes%20fichiers/%ff%fe",
                "/dav/files/Mes%20fichiers/%zz",
                "/dav/files/./x",
                "/dav;x/files/",
                "/dav/unknown",
                "/remote.php/other",
                "/ocs/v2.php/apps/files_sharing/api/v1/shares",
                "/index.php/apps/files"
            })
    void whatIsNoPathLeadsNowhere(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + anne.basic()
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 4(0[0134]|12).*");
        assertThat(answer).doesNotContain("à moi").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/dav/files/Mes%20fichiers/x",
                "//evil.example/dav/files/Mes%20fichiers/x",
                "/api/me",
                "/dav/files/Mes%20fichiers/../../x",
                "/dav/files/Mes%20fichiers/%2e%2e/x",
                "file:///etc/passwd",
                "pas une adresse",
                "/dav/files/x",
                "/dav/files/",
                "/dav/files/Mes%20fichiers/nulle/part/x"
            })
    void nothingIsMovedOrCopiedOutOfTheTree(String destination) throws Exception {
        for (String method : List.of("MOVE", "COPY")) {
            assertThat(status(anne, method, MINE + "/secret.txt", "", "Destination", destination))
                    .isIn(400, 403, 404, 409, 502);
        }
        assertThat(get(anne, MINE + "/secret.txt")).isEqualTo("à moi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><propfind xmlns=\"DAV:\"><prop><a>&e;</a></prop></propfind>",
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><propfind xmlns=\"DAV:\"><prop><x>&c;</x></prop></propfind>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><propfind xmlns=\"DAV:\"><allprop/></propfind>",
                "<propfind xmlns=\"DAV:\"><prop><x>&unknown;</x></prop></propfind>",
                "<propfind xmlns=\"DAV:\"><prop>",
                "<propfind xmlns=\"DAV:\"><prop><b:x xmlns:b=\"\"/></prop></propfind>",
                "<propfind/>",
                "<propfind xmlns=\"DAV:\"><allprop/><propname/></propfind>",
                "{}",
                "<a xmlns=\"DAV:\">\u0001</a>"
            })
    void whatIsNoHonestXmlIsRefused(String body) throws Exception {
        for (String method : List.of("PROPFIND", "PROPPATCH", "LOCK", "REPORT")) {
            HttpResponse<String> answer = send(anne, method, MINE + "/", body, "Depth", "0");
            assertThat(answer.statusCode()).as(method + answer.body()).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("root:");
        }
    }

    @Test
    void xmlThatIsTooLargeOrTooDeepIsRefused() throws Exception {
        String deep = "<a>".repeat(60) + "</a>".repeat(60);
        String large = "<propfind xmlns=\"DAV:\"><prop><x>" + "y".repeat(600_000) + "</x></prop></propfind>";
        String many = "<propfind xmlns=\"DAV:\"><prop>" + "<x/>".repeat(6_000) + "</prop></propfind>";

        for (String body : List.of(deep, large, many)) {
            assertThat(status(anne, "PROPFIND", MINE + "/", body, "Depth", "0")).isEqualTo(413);
        }
    }

    /** Each property is kept with the namespaces around it: one request must not become gigabytes. */
    @Test
    void namespacesDoNotMultiply() throws Exception {
        StringBuilder many = new StringBuilder("<propertyupdate xmlns=\"DAV:\"");
        for (int i = 0; i < 48; i++) {
            many.append(" xmlns:n")
                    .append(i)
                    .append("='")
                    .append("\"".repeat(950))
                    .append(i)
                    .append('\'');
        }
        many.append("><set><prop>").append("<a/>".repeat(4_900)).append("</prop></set></propertyupdate>");
        String few = "<propertyupdate xmlns=\"DAV:\"><set><prop>" + "<a xmlns=\"x\"/>".repeat(300)
                + "</prop></set></propertyupdate>";

        assertThat(status(anne, "PROPPATCH", MINE + "/secret.txt", many.toString()))
                .isEqualTo(413);
        assertThat(status(anne, "PROPPATCH", MINE + "/secret.txt", few)).isEqualTo(413);
        assertThat(get(anne, MINE + "/secret.txt")).isEqualTo("à moi");
    }

    @Test
    void aNameDoesNotBecomeAHeader() throws Exception {
        String name = "a%0d%0aSet-Cookie:%20x=1.txt";
        int made = status(anne, "PUT", MINE + "/" + name, "x");

        assertThat(made).isIn(201, 400);
        String answer = raw("GET " + MINE + "/" + name + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + anne.basic() + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("\nSet-Cookie");
        String quoted = "b%22%3B%20filename=c.html.txt";
        assertThat(status(anne, "PUT", MINE + "/" + quoted, "x")).isEqualTo(201);
        ContentDisposition told = ContentDisposition.parse(send(anne, "GET", MINE + "/" + quoted, "")
                .headers()
                .firstValue("Content-Disposition")
                .orElseThrow());
        assertThat(told.getFilename()).isEqualTo("b\"; filename=c.html.txt");
    }

    @Test
    void whatIsInAFileDoesNothingInABrowser() throws Exception {
        send(anne, "PUT", MINE + "/page.html", "<script>alert(1)</script>", "Content-Type", "text/html");
        HttpResponse<String> answer = send(anne, "GET", MINE + "/page.html", "");

        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(send(anne, "GET", MINE + "/", "").body())
                .contains("secret.txt")
                .doesNotContain("<script");
    }

    @Test
    void anotherSitesPageChangesNothing() throws Exception {
        String answer = raw("DELETE " + MINE
                + "/secret.txt HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nAuthorization: "
                + anne.basic() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403");
        assertThat(get(anne, MINE + "/secret.txt")).isEqualTo("à moi");
    }

    @Test
    void ofTwoWhoReplaceTheSameContentTheSecondIsTold() throws Exception {
        String etag = put(anne, MINE + "/a.txt", "un");
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writers = List.of(
                    () -> status(anne, "PUT", MINE + "/a.txt", "deux", "If-Match", etag),
                    () -> status(anne, "PUT", MINE + "/a.txt", "trois", "If-Match", etag));
            List<Integer> answers = both.invokeAll(writers).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();

            assertThat(answers).containsExactly(204, 412);
        }
        assertThat(status(anne, "PUT", MINE + "/a.txt", "quatre", "If-Match", etag))
                .isEqualTo(412);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "cinq", "If-None-Match", "*"))
                .isEqualTo(412);
        assertThat(status(anne, "DELETE", MINE + "/a.txt", "", "If-Match", "\"autre\""))
                .isEqualTo(412);
    }

    @Test
    void theTopIsNotWrittenTo() throws Exception {
        assertThat(status(anne, "PUT", "/dav/files/x.txt", "x")).isEqualTo(403);
        assertThat(status(anne, "MKCOL", "/dav/files/x", "")).isEqualTo(403);
        assertThat(status(anne, "DELETE", MINE, "")).isEqualTo(403);
        assertThat(status(anne, "MOVE", MINE, "", "Destination", "/dav/files/x"))
                .isEqualTo(403);
        HttpResponse<String> answer = send(anne, "DELETE", "/dav/files/", "", "Accept-Language", "fr");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<d:error").contains("Travaillez dans l’un d’eux");
    }

    @Test
    void aPartOrAWrongSumOrAnUnknownTimeIsNotKept() throws Exception {
        for (String[] header : new String[][] {
            {"Content-Range", "bytes 0-1/5"},
            {"OC-Checksum", "SHA1:0000000000000000000000000000000000000000"},
            {"OC-Checksum", "SHA1:xyz"},
            {"Digest", "SHA-256=AAAA"},
            {"Repr-Digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"},
            {"Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="},
            {"X-OC-Mtime", "hier"}
        }) {
            assertThat(status(anne, "PUT", MINE + "/b.txt", "contenu", header))
                    .as(String.join(": ", header))
                    .isEqualTo(400);
        }
        assertThat(status(anne, "GET", MINE + "/b.txt", "")).isEqualTo(404);
    }

    @Test
    void aBodyThatBreaksOffIsNotKept() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("PUT " + MINE + "/demi.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + anne.basic()
                                    + "\r\nContent-Length: 1000000\r\n\r\nseulement")
                            .getBytes(UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        assertThat(status(anne, "GET", MINE + "/demi.txt", "")).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "()", "(<urn:uuid:x>", "<a> <b>", "([nope])", "(Not)", "<x>(<y>) (", "(\"a\")"})
    void anIfThatCannotBeReadIsRefused(String header) throws Exception {
        assertThat(status(anne, "DELETE", MINE + "/secret.txt", "", "If", header))
                .isEqualTo(400);
        assertThat(get(anne, MINE + "/secret.txt")).isEqualTo("à moi");
    }

    /** A request byte for byte, as no client would send it. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
