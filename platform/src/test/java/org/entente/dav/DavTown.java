package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.files.FilesTown;
import org.entente.files.Visitor;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People with devices, and a platform that listens: what is tested here happens on the wire. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class DavTown {

    static final String MINE = "/dav/files/Mes%20fichiers";

    @LocalServerPort
    int port;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Something that signs in by an app password. */
    record Device(Visitor visitor, UUID passwordId, String address, String password) {

        String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((address + ":" + password).getBytes(UTF_8));
        }
    }

    Device device(Visitor visitor) {
        return device(visitor, "files");
    }

    Device device(Visitor visitor, String door) {
        String secret = UUID.randomUUID().toString().replaceAll("[^0-9a-f]", "").substring(0, 28);
        UUID id = jdbc.sql("""
                        INSERT INTO identity.app_password (person, capacity, label, secret, made_at, doors)
                        VALUES (?, ?, 'Essai', sha256(?::bytea), now(), ARRAY[?]) RETURNING id""")
                .params(visitor.person().value(), visitor.capacity().value(), secret, door)
                .query(UUID.class)
                .single();
        String address = jdbc.sql("SELECT address FROM directory.v_affiliation WHERE id = ?")
                .param(visitor.capacity().value())
                .query(String.class)
                .single();
        return new Device(visitor, id, address, secret);
    }

    /** What an answer of many tells of, by its last name. */
    static List<String> names(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        return Pattern.compile("<d:href>[^<]*/([^</]+)/?</d:href>")
                .matcher(answer.body())
                .results()
                .map(one -> DavPath.decoded(one.group(1)))
                .toList();
    }

    Device agent(String name) {
        return device(town.agent(town.member("Givors"), name, null));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** @param headers names and values in turn */
    HttpResponse<String> send(Device device, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", device.basic())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    int status(Device device, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(device, method, path, body, headers).statusCode();
    }

    String put(Device device, String path, String text) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(device, "PUT", path, text);
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    String get(Device device, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(device, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What a program said, and how it ended. */
    record Said(int code, String text) {}

    /** Runs a program of this machine to its end. */
    static Said run(Path folder, String input, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("entente-client", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve(".config").toString());
        builder.environment().put("QT_QPA_PLATFORM", "offscreen");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(command[0] + " does not end:\n"
                    + Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return new Said(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
    }

    /** Every file beneath, as {@code path: content}, and every folder as {@code path/}. */
    static List<String> tree(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted().toList()) {
                String name = folder.relativize(path).toString();
                if (name.isEmpty() || name.startsWith(".")) {
                    continue;
                }
                all.add(Files.isDirectory(path) ? name + "/" : name + ": " + Files.readString(path));
            }
        }
        return all;
    }
}
