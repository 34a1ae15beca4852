package org.entente.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A folder of Anne's into which strangers put files by links, over real lines. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class LinkLinesTown {

    static final int MIB = 1024 * 1024;
    static final FileLinks.Bound TEN = new FileLinks.Bound(10, 200L * MIB);

    @LocalServerPort
    int port;

    @Autowired
    Files files;

    @Autowired
    FileLinks links;

    @Autowired
    FilesTown town;

    @Autowired
    FileUploads uploads;

    @Autowired
    ExpiredUploads expired;

    @Autowired
    JdbcClient jdbc;

    final HttpClient http = HttpClient.newHttpClient();
    Visitor anne;
    FileNode folder;

    @BeforeEach
    void aFolderOfAnnes() {
        anne = town.agent(town.member("Givors"), "Anne", null);
        folder = files.makeFolder(anne, town.home(anne), "Dépôts");
    }

    String link(FileLinks.Bound bound) {
        return links.make(anne, folder.id(), true, null, null, null, bound).path();
    }

    static UUID id(String upload) {
        return UUID.fromString(upload.substring(upload.lastIndexOf('/') + 1));
    }

    String begin(String link, String name, long size) throws Exception {
        return announce(link, name, size).headers().firstValue("Location").orElseThrow();
    }

    HttpResponse<String> announce(String link, String name, long size) throws Exception {
        String metadata = "filename " + Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
        return call(
                "POST",
                link + "/uploads",
                null,
                Map.of("Upload-Length", String.valueOf(size), "Upload-Metadata", metadata));
    }

    int send(String upload, long offset, byte[] bytes) throws Exception {
        return call(
                        "PATCH",
                        upload,
                        bytes,
                        Map.of(
                                "Upload-Offset",
                                String.valueOf(offset),
                                "Content-Type",
                                "application/offset+octet-stream"))
                .statusCode();
    }

    int finish(String upload) throws Exception {
        return call("POST", upload + "/finish", null, Map.of()).statusCode();
    }

    int end(String upload) throws Exception {
        return call("DELETE", upload, null, Map.of()).statusCode();
    }

    long offset(String upload) throws Exception {
        return call("HEAD", upload, null, Map.of())
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow();
    }

    HttpResponse<String> call(String method, String path, byte[] body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        Map<String, String> all = new HashMap<>(Map.of("Tus-Resumable", "1.0.0"));
        all.putAll(headers);
        all.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @SafeVarargs
    static List<Integer> together(Callable<Integer>... calls) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.length)) {
            return threads.invokeAll(List.of(calls)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    /** A request that says it brings {@code announced} bytes, brings fewer, and is gone. */
    void breakOff(String upload, byte[] bytes, int announced) throws Exception {
        try (Socket line = new Socket("127.0.0.1", port)) {
            line.getOutputStream().write(head(upload, announced));
            line.getOutputStream().write(bytes);
            line.getOutputStream().flush();
        }
    }

    static byte[] head(String upload, int announced) {
        return ("PATCH " + upload + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\n"
                        + "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: "
                        + announced + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Files and bytes that the only link counts. */
    List<Long> put() {
        return jdbc.sql("SELECT put_files, put_bytes FROM files.link WHERE node = ?")
                .param(folder.id().value())
                .query((row, n) -> List.of(row.getLong(1), row.getLong(2)))
                .single();
    }

    int parts() {
        return jdbc.sql(
                        "SELECT count(*) FROM files.upload_part p JOIN files.upload u ON u.id = p.upload WHERE u.folder = ?")
                .param(folder.id().value())
                .query(Integer.class)
                .single();
    }
}
