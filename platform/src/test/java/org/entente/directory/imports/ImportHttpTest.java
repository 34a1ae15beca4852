package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HR file over the wire, as the browser sends it: to the real server, with everything in between. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPostgres.class, TestActors.class})
class ImportHttpTest {

    private static final String HEAD = "Matricule;Nom d'usage;Prénom;Date de naissance;Fonction\n";
    private static final String BOUNDARY = "the-boundary-of-the-form";

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    MemberId member;
    TestSession hr;

    private record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    @BeforeEach
    void somebodyOfHumanResources() {
        member = actors.member("Givors");
        hr = actors.signIn(actors.affiliation(member, Role.MEMBER_HR));
    }

    @Test
    void aFileIsAnalysedDecidedUponAndApplied() throws Exception {
        MemberId neighbour = actors.member("Grigny");
        var known = actors.person("Élodie", "Fabre");
        jdbc.sql("UPDATE directory.person SET birth_date = '1981-03-04' WHERE id = ?")
                .param(known.value())
                .update();
        actors.affiliation(known, neighbour);

        Answer taken = upload(HEAD + "1;Fabre;Élodie;04/03/1981;Accueil\n2;Zoui;Ali;05/06/1990;Voirie\n");

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.body().path("counts").path("undecided").asInt()).isOne();
        assertThat(people()).isOne();
        String id = taken.text("id");
        Answer early = call("POST", "/" + id + "/apply", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text("code")).isEqualTo("import.undecided");
        Answer decided = call(
                "PUT", "/" + id + "/decisions", "{\"line\": 2, \"decision\": \"same\", \"person\": \"" + known + "\"}");
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
        assertThat(call("POST", "/" + id + "/apply", "{}").status()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> call("GET", "/" + id, null).text("state").equals("applied"));
        assertThat(people()).isEqualTo(3);
        assertThat(call("POST", "/" + id + "/apply", "{}").text("code")).isEqualTo("import.done");
        assertThat(call("GET", "/" + id + "/rows?what=arrival", null)
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void accentsOfAWindowsFileAreRead() throws Exception {
        Answer taken = upload(
                (HEAD + "1;Noël-Lefèvre;Zoé;04/03/1981;Œuvres sociales\n").getBytes(Charset.forName("windows-1252")));

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.text("encoding")).containsIgnoringCase("windows-1252");
        assertThat(call("GET", "/" + taken.text("id") + "/rows", null).body().toString())
                .contains("Noël-Lefèvre");
    }

    @Test
    void whatIsNoCsvIsRefusedWithWhatToDo() throws Exception {
        for (byte[] wrong : new byte[][] {
            "PK\u0003\u0004 a spreadsheet".getBytes(StandardCharsets.UTF_8),
            (HEAD + "1;Zoui;Ali;05/06/1990;Voirie\n").getBytes(StandardCharsets.UTF_16),
            {}
        }) {
            Answer refused = upload(wrong);

            assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
            assertThat(refused.text("code")).isIn("import.not_csv", "import.empty");
            assertThat(refused.text("detail")).isNotBlank();
        }
        assertThat(call("GET", "", null).body()).isEmpty();
    }

    @Test
    void aFileOfAGigabyteIsRefusedPlainly() throws Exception {
        long length = 1L << 30;
        BodyPublisher body = BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new Lines(opening() + HEAD, length)), length);

        Answer refused = send(request("").header("Content-Type", form()).POST(body));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text("code")).isEqualTo("request.413");
        assertThat(refused.text("detail")).isEqualTo("L’envoi est trop volumineux. Rien n’a été enregistré.");
        assertThat(call("GET", "", null).body()).isEmpty();
    }

    @Test
    void aFileThatDoesNotSayHowLongItIsStopsAtTheLimit() throws Exception {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> new Lines(opening() + HEAD, 80L << 20));

        Answer refused = send(request("").header("Content-Type", form()).POST(body));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text("code")).isEqualTo("request.413");
    }

    @Test
    void aLongJsonBodyIsRefusedToo() throws Exception {
        Answer refused =
                call("PUT", "/" + member + "/mapping", "{\"columns\": {\"a\": \"" + "x".repeat(2 << 20) + "\"}}");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text("code")).isEqualTo("request.413");
    }

    private long people() {
        return jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE member = ?")
                .param(member.value())
                .query(Long.class)
                .single();
    }

    private Answer upload(String file) throws Exception {
        return upload(file.getBytes(StandardCharsets.UTF_8));
    }

    private Answer upload(byte[] file) throws Exception {
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return send(request("")
                .header("Content-Type", form())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(opening()),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofByteArray(end))));
    }

    private Answer call(String method, String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), json.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
    }

    private HttpRequest.Builder request(String path) {
        HttpHeaders headers = new HttpHeaders();
        hr.headers(headers);
        String csrf = headers.getFirst("X-XSRF-TOKEN");
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/members/" + member + "/imports" + path))
                .header("X-XSRF-TOKEN", csrf)
                .header("Accept-Language", "fr")
                .header("Cookie", headers.getFirst(HttpHeaders.COOKIE) + "; XSRF-TOKEN=" + csrf);
    }

    private static String form() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    private static String opening() {
        return "--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rh.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    }

    /** A file as long as one likes, made while it is read. */
    private static final class Lines extends InputStream {

        private static final byte[] LINE =
                "1;Zoui;Ali;05/06/1990;Voirie\n".repeat(500).getBytes(StandardCharsets.UTF_8);
        private final byte[] opening;
        private final AtomicLong left;
        private long position;

        Lines(String opening, long length) {
            this.opening = opening.getBytes(StandardCharsets.UTF_8);
            this.left = new AtomicLong(length);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int take = (int) Math.min(length, left.get());
            if (take <= 0) {
                return -1;
            }
            byte[] from = position < opening.length ? opening : LINE;
            int at = (int) (position < opening.length ? position : position % LINE.length);
            take = Math.min(take, from.length - at);
            System.arraycopy(from, at, into, offset, take);
            position += take;
            left.addAndGet(-take);
            return take;
        }
    }
}
