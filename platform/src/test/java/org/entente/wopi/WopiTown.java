package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.UUID;
import org.entente.files.FileHistory;
import org.entente.files.FileNode;
import org.entente.files.FileSharing;
import org.entente.files.Files;
import org.entente.files.FilesTown;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People with browsers, an office server that calls for them, and a platform that listens. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "entente.wopi.name=Collabora",
            "entente.wopi.platform-url=" + FakeOffice.PLATFORM,
            "entente.wopi.try-again=0s",
            "entente.public-url=http://portal.example",
            "entente.sources.reach=127.0.0.0/8"
        })
@Import({TestPostgres.class, TestS3.class, FilesTown.class, TestActors.class})
abstract class WopiTown {

    /** It lives as long as the context that knows its address. */
    static final FakeOffice office = new FakeOffice();

    @LocalServerPort
    int port;

    @Autowired
    FilesTown town;

    @Autowired
    TestActors actors;

    @Autowired
    Files files;

    @Autowired
    FileHistory history;

    @Autowired
    FileSharing sharing;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    WopiContents contents;

    @Autowired
    WopiTokens tokens;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void office(DynamicPropertyRegistry registry) {
        registry.add("entente.wopi.url", office::url);
    }

    @BeforeEach
    void anOfficeServerAsItShouldBe() {
        office.signs = true;
        office.status = 200;
        office.said = null;
        office.announced = office.url();
    }

    Visitor agent(String name) {
        return town.agent(town.member("Givors"), name, null);
    }

    TestSession signIn(Visitor visitor) {
        return TestSession.start(jdbc, visitor.person(), visitor.capacity());
    }

    /** What the page of somebody's browser is given for the frame. */
    record Opened(String token, String action, boolean writes) {}

    HttpResponse<String> api(TestSession session, String method, String path) throws IOException, InterruptedException {
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept-Language", "fr");
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    Opened open(TestSession session, NodeId file) throws IOException, InterruptedException {
        HttpResponse<String> answer = api(session, "POST", "/api/office-server/files/" + file);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Opened(
                JsonPath.read(answer.body(), "$.token"),
                JsonPath.read(answer.body(), "$.action"),
                JsonPath.read(answer.body(), "$.writes"));
    }

    String open(Visitor visitor, FileNode file) throws IOException, InterruptedException {
        return open(signIn(visitor), file.id()).token();
    }

    FileNode write(Visitor visitor, String name, String text) throws IOException {
        return town.write(visitor, town.home(visitor), name, text);
    }

    static String at(FileNode file) {
        return "/wopi/files/" + file.id();
    }

    HttpResponse<String> info(FileNode file, String token) throws IOException, InterruptedException {
        return office.call("GET", at(file), token).to(port);
    }

    FakeOffice.Call operation(FileNode file, String token, String operation) {
        return office.call("POST", at(file), token).with("X-WOPI-Override", operation);
    }

    HttpResponse<String> locking(FileNode file, String token, String operation, String lock)
            throws IOException, InterruptedException {
        return operation(file, token, operation).with("X-WOPI-Lock", lock).to(port);
    }

    FakeOffice.Call put(FileNode file, String token, String text) {
        return office.call("POST", at(file) + "/contents", token)
                .with("X-WOPI-Override", "PUT")
                .body(text);
    }

    static String lockOf(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-WOPI-Lock").orElse("(none)");
    }

    static <T> T read(HttpResponse<String> answer, String path) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.read(answer.body(), path);
    }

    /** By WebDAV, with an app password. */
    HttpResponse<String> dav(Visitor visitor, String method, String name, String body, String... headers)
            throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString().replaceAll("[^0-9a-f]", "").substring(0, 28);
        jdbc.sql("""
                        INSERT INTO identity.app_password (person, capacity, label, secret, made_at, doors)
                        VALUES (?, ?, 'Essai', sha256(?::bytea), now(), ARRAY['files'])""")
                .params(visitor.person().value(), visitor.capacity().value(), secret)
                .update();
        String address = jdbc.sql("SELECT address FROM directory.v_affiliation WHERE id = ?")
                .param(visitor.capacity().value())
                .query(String.class)
                .single();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/dav/files/Mes%20fichiers/" + name))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((address + ":" + secret).getBytes(UTF_8)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
