package org.entente.office;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.entente.directory.MemberId;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.FilesTown;
import org.entente.files.Visitor;
import org.entente.files.Writing;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People with a document, and a platform that listens. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "entente.office.rights=200ms",
            "entente.office.look=100ms",
            "entente.office.largest-message=64KB",
            "entente.office.largest-draft=200KB",
            "entente.office.largest-share=250KB",
            "entente.office.most-sockets=4"
        })
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class OfficeTown {

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    int port;

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Person anne;
    Person bruno;
    Person reader;
    FileNode file;

    /** Somebody at a browser. */
    record Person(Visitor visitor, TestSession session) {}

    @BeforeEach
    void aDocumentOfAnneThatBrunoMayChangeAndAnotherRead() throws IOException {
        givors = town.member("Givors");
        anne = person("Anne");
        bruno = person("Bruno");
        reader = person("Chloé");
        file = files.write(
                anne.visitor(),
                town.home(anne.visitor()),
                "Note.docx",
                new ByteArrayInputStream(docx("Bonjour")),
                Writing.PLAIN);
        share(bruno, org.entente.files.SpaceRole.EDIT);
        share(reader, org.entente.files.SpaceRole.READ);
    }

    Person person(String name) {
        Visitor visitor = town.agent(givors, name, null);
        return new Person(visitor, TestSession.start(jdbc, visitor.person(), visitor.capacity()));
    }

    void share(Person person, org.entente.files.SpaceRole role) {
        town.share(file.id(), "c:" + person.visitor().capacity(), role);
    }

    void unshare(Person person) {
        jdbc.sql("DELETE FROM files.share WHERE node = ? AND to_key = ?")
                .params(file.id().value(), "c:" + person.visitor().capacity())
                .update();
    }

    static byte[] docx(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(entry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(UTF_8));
            zip.putNextEntry(entry("word/document.xml"));
            zip.write(("<w:t>" + text + "</w:t>").getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Of no time: the same document is the same bytes whenever it is made. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }

    String here() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> send(Person person, String method, String path, byte[] body) throws Exception {
        return send(here(), person, method, path, body);
    }

    HttpResponse<String> send(String origin, Person person, String method, String path, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin + "/api/office/" + file.id() + "/" + path))
                .header("Content-Type", path.contains("?") ? "application/octet-stream" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        HttpHeaders headers = new HttpHeaders();
        person.session().headers(headers);
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
    }

    JsonNode opened(Person person) throws Exception {
        return done(send(person, "POST", "sitting", new byte[0]));
    }

    static byte[] json(String text, Object... args) {
        return text.formatted(args).replace('\'', '"').getBytes(UTF_8);
    }

    UUID lease(Person person, UUID sitting) throws Exception {
        return UUID.fromString(done(send(person, "POST", "seeding", json("{'sitting':'%s'}", sitting)))
                .get("lease")
                .asString());
    }

    /** Opened by Anne, with the file as it was in it. */
    UUID seeded() throws Exception {
        UUID sitting = UUID.fromString(opened(anne).get("sitting").asString());
        UUID lease = lease(anne, sitting);
        done(send(anne, "PUT", "seed?sitting=" + sitting + "&lease=" + lease, Yjs.typed(1, 0, "Bonjour")));
        return sitting;
    }

    JsonNode leaseToSave(Person person, UUID sitting) throws Exception {
        return done(send(person, "POST", "saving", json("{'sitting':'%s','asked':true}", sitting)));
    }

    HttpResponse<String> save(Person person, UUID sitting, JsonNode lease, long covers, String text, String more)
            throws Exception {
        return send(
                person,
                "PUT",
                "save?sitting=" + sitting + "&lease=" + lease.get("lease").asString() + "&covers=" + covers + more,
                docx(text));
    }

    Line line(Person person, UUID sitting, long since) {
        return Line.open(here(), here(), person.session(), file.id(), sitting, since);
    }

    String text() throws Exception {
        return text(anne.visitor(), file);
    }

    String text(Visitor visitor, FileNode node) throws Exception {
        try (InputStream in = files.read(visitor, node.id(), 0, Long.MAX_VALUE);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (entry.getName().equals("word/document.xml")) {
                    return new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    /** Anne types so often, and stays. */
    Line typing(UUID sitting, int times) {
        Line line = line(anne, sitting, 0);
        for (int n = 0; n < times; n++) {
            line.write(Yjs.typed(2, n, "a"));
        }
        soon().until(() -> line.acknowledged() == times);
        return line;
    }

    /** How many lines somebody has. */
    int there(Person person) {
        return jdbc.sql("SELECT count(*) FROM office.presence WHERE person = ?")
                .param(person.visitor().person().value())
                .query(Integer.class)
                .single();
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
