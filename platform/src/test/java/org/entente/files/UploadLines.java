package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.entente.testing.TestActors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;

/** Files that Anne sends in parts, over real lines. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestActors.class)
abstract class UploadLines extends HomeOfAnne {

    static final int MIB = 1024 * 1024;

    @LocalServerPort
    int port;

    @Autowired
    TestActors actors;

    final HttpClient http = HttpClient.newHttpClient();

    HttpHeaders session;

    @BeforeEach
    void sheIsSignedIn() {
        session = signedIn(anne);
    }

    HttpHeaders signedIn(Visitor visitor) {
        HttpHeaders headers = new HttpHeaders();
        actors.signIn(visitor.capacity()).headers(headers);
        return headers;
    }

    String begin(String name, long size) throws Exception {
        return post(name, size).headers().firstValue("Location").orElseThrow();
    }

    HttpResponse<String> post(String name, long size) throws Exception {
        String metadata = "filename " + base64(name) + ",folder " + base64(home.toString()) + ",filetype "
                + base64("application/x-essai");
        return call(
                session,
                "/api/files/uploads",
                "POST",
                null,
                Map.of("Tus-Resumable", "1.0.0", "Upload-Length", String.valueOf(size), "Upload-Metadata", metadata));
    }

    HttpResponse<String> send(String upload, long offset, byte[] bytes) throws Exception {
        return send(session, upload, offset, bytes);
    }

    HttpResponse<String> send(HttpHeaders who, String upload, long offset, byte[] bytes) throws Exception {
        return call(
                who,
                upload,
                "PATCH",
                bytes,
                Map.of(
                        "Tus-Resumable",
                        "1.0.0",
                        "Upload-Offset",
                        String.valueOf(offset),
                        "Content-Type",
                        "application/offset+octet-stream"));
    }

    HttpResponse<String> finish(String upload, String conflict) throws Exception {
        byte[] body = ("{\"conflict\": \"" + conflict + "\"}").getBytes(UTF_8);
        return call(session, upload + "/finish", "POST", body, Map.of("Content-Type", "application/json"));
    }

    long offset(String upload) throws Exception {
        return call(session, upload, "HEAD", null, Map.of("Tus-Resumable", "1.0.0"))
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow();
    }

    HttpResponse<String> call(HttpHeaders who, String path, String method, byte[] body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        who.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    int parts() {
        return jdbc.sql(
                        "SELECT count(*) FROM files.upload_part p JOIN files.upload u ON u.id = p.upload WHERE u.capacity = ?")
                .param(anne.capacity().value())
                .query(Integer.class)
                .single();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
