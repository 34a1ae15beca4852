package org.entente.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Large files that strangers put by a link, in parts over the wire. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class LinkPartsTest {

    private static final int MIB = 1024 * 1024;
    private static final FileLinks.Bound TEN = new FileLinks.Bound(10, 200L * MIB);

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

    private final HttpClient http = HttpClient.newHttpClient();
    private Visitor anne;
    private FileNode folder;

    @BeforeEach
    void aFolderOfAnnes() {
        anne = town.agent(town.member("Givors"), "Anne", null);
        folder = files.makeFolder(anne, town.home(anne), "Dépôts");
    }

    @Test
    void aFileLargerThanAFormMayBeArrivesThoughTheLineBreaks() throws Exception {
        String link = link(TEN);
        byte[] bytes = new byte[66 * MIB + 17];
        new Random(7).nextBytes(bytes);
        String upload = begin(link, "C:\\films\\visite.mp4", bytes.length);
        assertThat(call("GET", link, null, Map.of()).body())
                .as("what is on its way counts")
                .contains("9 fichiers");

        breakOff(upload, Arrays.copyOf(bytes, 9 * MIB), bytes.length);
        await().until(() -> offset(upload) >= 8 * MIB);
        await().untilAsserted(() -> {
            long arrived = offset(upload);
            assertThat(arrived).isLessThanOrEqualTo(9 * MIB);
            assertThat(send(upload, arrived, Arrays.copyOfRange(bytes, (int) arrived, bytes.length)))
                    .isEqualTo(204);
        });
        assertThat(town.names(anne, folder.id())).as("not yet said to be whole").isEmpty();
        assertThat(finish(upload)).isEqualTo(204);
        assertThat(finish(upload)).as("asked again").isEqualTo(204);

        assertThat(town.names(anne, folder.id())).containsExactly("visite.mp4");
        FileNode made = files.find(anne, folder.id(), List.of("visite.mp4")).orElseThrow();
        try (var in = files.read(anne, made.id(), 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(jdbc.sql("SELECT by_link FROM files.node WHERE id = ?")
                        .param(made.id().value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE act = 'file-link.put' AND subject = ?")
                        .param(made.id().toString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(put()).isEqualTo(List.of(1L, (long) bytes.length));
    }

    @Test
    void twoAtOnceDoNotMixAndReplaceNothing() throws Exception {
        town.write(anne, folder.id(), "plan.txt", "d’Anne");
        String link = link(TEN);
        String one = begin(link, "plan.txt", 3);
        String other = begin(link, "plan.txt", 5);
        send(other, 0, "au".getBytes(UTF_8));
        send(one, 0, "un ".getBytes(UTF_8));
        send(other, 2, "tre".getBytes(UTF_8));

        assertThat(together(() -> finish(one), () -> finish(other))).containsOnly(204);
        assertThat(town.names(anne, folder.id())).containsExactlyInAnyOrder("plan.txt", "plan (2).txt", "plan (3).txt");
        assertThat(new String(
                        files.read(
                                        anne,
                                        files.find(anne, folder.id(), List.of("plan.txt"))
                                                .orElseThrow()
                                                .id(),
                                        0,
                                        Long.MAX_VALUE)
                                .readAllBytes(),
                        UTF_8))
                .isEqualTo("d’Anne");
    }

    @Test
    void ofManyWhoComeAtOnceNoMoreAreTakenThanTheLinkMayReceive() throws Exception {
        String few = link(new FileLinks.Bound(3, MIB));
        Callable<Integer> asks = () -> announce(few, "a.bin", 10).statusCode();
        assertThat(together(asks, asks, asks, asks, asks, asks, asks, asks))
                .containsExactlyInAnyOrder(201, 201, 201, 413, 413, 413, 413, 413);

        String small = link(new FileLinks.Bound(10, 25));
        Callable<Integer> large = () -> announce(small, "a.bin", 10).statusCode();
        assertThat(together(large, large, large, large)).containsExactlyInAnyOrder(201, 201, 413, 413);
        assertThat(announce(small, "a.bin", Long.MAX_VALUE).statusCode()).isEqualTo(413);
    }

    @Test
    void whoEndsAnUploadWhileItsFileIsMadeGainsNoRoom() throws Exception {
        String link = link(new FileLinks.Bound(1, MIB));
        for (int n = 0; n < 8; n++) {
            HttpResponse<String> begun = announce(link, "a.bin", 3);
            if (begun.statusCode() == 413) {
                break;
            }
            String upload = begun.headers().firstValue("Location").orElseThrow();
            send(upload, 0, new byte[3]);
            together(() -> finish(upload), () -> finish(upload), () -> end(upload));
        }
        assertThat(town.names(anne, folder.id())).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsGivenUpOrForgottenMayBeSentAgain() throws Exception {
        String link = link(new FileLinks.Bound(1, 10));
        String given = begin(link, "a.bin", 10);
        send(given, 0, new byte[4]);
        assertThat(announce(link, "b.bin", 1).statusCode()).isEqualTo(413);
        assertThat(end(given)).isEqualTo(204);
        assertThat(put()).as("what came may lie in the store yet").isEqualTo(List.of(0L, 4L));
        assertThat(parts()).isZero();
        assertThat(send(given, 4, new byte[6])).isEqualTo(404);
        assertThat(end(given)).isEqualTo(404);
        assertThat(announce(link, "b.bin", 7).statusCode()).isEqualTo(413);

        String old = begin(link, "b.bin", 6);
        send(old, 0, new byte[4]);
        jdbc.sql("UPDATE files.upload SET expires_at = now() - interval '1 second' WHERE folder = ?")
                .param(folder.id().value())
                .update();
        assertThat(send(old, 4, new byte[2])).isEqualTo(404);
        expired.forget();
        assertThat(put()).isEqualTo(List.of(0L, 0L));
        assertThat(parts()).isZero();
    }

    @Test
    void whatIsOnlyAnnouncedKeepsNoRoomFromThoseWhoseSpaceItIs() throws Exception {
        jdbc.sql("UPDATE files.space SET quota = used + 1000 WHERE id = ?")
                .param(folder.space().value())
                .update();
        begin(link(TEN), "a.bin", 1000);

        assertThat(uploads.begin(anne, new FileUploads.Asked(folder.id(), "b.bin", null, null, 1000))
                        .received())
                .isZero();
    }

    @Test
    void whatWouldBeRefusedIsNotKeptFirst() throws Exception {
        String upload = begin(link(TEN), "a.bin", 4 * MIB);
        jdbc.sql("UPDATE files.upload SET parts = 100000 WHERE id = ?")
                .param(id(upload))
                .update();
        long before = kept();

        byte[] bytes = new byte[MIB];
        new Random(11).nextBytes(bytes);
        assertThat(send(upload, 0, bytes)).isEqualTo(409);
        assertThat(send(upload, 17, bytes)).isEqualTo(409);

        assertThat(kept()).isEqualTo(before);
    }

    private long kept() {
        return jdbc.sql("SELECT count(*) FROM storage.content")
                .query(Long.class)
                .single();
    }

    @Test
    void ofOneUploadOnePartComesAtATime() throws Exception {
        String upload = begin(link(TEN), "a.bin", 4 * MIB);
        try (Socket slow = new Socket("127.0.0.1", port)) {
            slow.getOutputStream().write(head(upload, 4 * MIB));
            slow.getOutputStream().write(new byte[1000]);
            slow.getOutputStream().flush();

            await().until(() -> send(upload, 0, new byte[3]) == 503);
        }
        await().until(() -> offset(upload) == 1000);
        assertThat(send(upload, 1000, new byte[3])).isEqualTo(204);
    }

    @Test
    void aLinkThatEndsInTheMiddleSaysSoAndLeavesNothing() throws Exception {
        FileLinks.Made made = links.make(anne, folder.id(), true, null, null, null, TEN);
        String upload = begin(made.path(), "a.bin", 10);
        send(upload, 0, new byte[4]);

        links.end(anne, folder.id(), made.link().id());

        assertThat(send(upload, 4, new byte[6])).isEqualTo(404);
        HttpResponse<String> said = call("POST", upload + "/finish", null, Map.of());
        assertThat(said.statusCode()).isEqualTo(404);
        assertThat(said.body()).contains("file.link.gone", "Demandez-en un autre");
        expired.forget();
        assertThat(parts()).isZero();
        assertThat(town.names(anne, folder.id())).isEmpty();
    }

    @Test
    void anUploadIsKnownByItsLinkOnly() throws Exception {
        String link = link(TEN);
        String other = link(TEN);
        String upload = begin(link, "a.bin", 4);
        UUID id = id(upload);
        assertThat(id.version()).as("made of chance alone").isEqualTo(4);

        for (String wrong : List.of(
                other + "/uploads/" + id,
                link + "/uploads/" + UUID.randomUUID(),
                "/l/" + "A".repeat(43) + "/uploads/" + id)) {
            assertThat(send(wrong, 0, new byte[4])).as(wrong).isEqualTo(404);
            assertThat(call("HEAD", wrong, null, Map.of()).statusCode())
                    .as(wrong)
                    .isEqualTo(404);
            assertThat(finish(wrong)).as(wrong).isEqualTo(404);
            assertThat(end(wrong)).as(wrong).isEqualTo(404);
        }
        String toSee =
                links.make(anne, folder.id(), false, null, null, null, null).path();
        String locked = links.make(anne, folder.id(), true, "correct cheval", null, null, null)
                .path();
        assertThat(announce(toSee, "a.bin", 1).statusCode()).isEqualTo(404);
        assertThat(announce(locked, "a.bin", 1).statusCode()).isEqualTo(404);
        assertThat(offset(upload)).isZero();
    }

    @Test
    void whatIsNotWellSaidIsRefused() throws Exception {
        String link = link(TEN);
        for (String name : List.of("..", "a\u0000b", "fdp.\u202Eexe", "x".repeat(300), "films/")) {
            assertThat(announce(link, name, 1).statusCode()).as(name).isEqualTo(422);
        }
        assertThat(call("POST", link + "/uploads", null, Map.of("Upload-Length", "3"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(put()).as("what is refused counts for nothing").isEqualTo(List.of(0L, 0L));
        String upload = begin(link, "a.bin", 4);
        assertThat(send(upload, 0, new byte[5])).isEqualTo(413);
        assertThat(send(upload, 2, new byte[1])).isEqualTo(409);
        jdbc.sql("UPDATE files.upload SET parts = 1000 WHERE id = ?")
                .param(id(upload))
                .update();
        assertThat(send(upload, 0, new byte[1])).as("a crowd of crumbs").isEqualTo(409);
        assertThat(finish(upload)).isEqualTo(409);
        assertThat(call("POST", upload + "/finish", null, Map.of("Tus-Resumable", "0.2"))
                        .statusCode())
                .isEqualTo(412);
        assertThat(call("POST", link + "/uploads", new byte[2 * MIB], Map.of()).statusCode())
                .as("only a part may be large")
                .isEqualTo(413);
    }

    private String link(FileLinks.Bound bound) {
        return links.make(anne, folder.id(), true, null, null, null, bound).path();
    }

    private static UUID id(String upload) {
        return UUID.fromString(upload.substring(upload.lastIndexOf('/') + 1));
    }

    private String begin(String link, String name, long size) throws Exception {
        return announce(link, name, size).headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> announce(String link, String name, long size) throws Exception {
        String metadata = "filename " + Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
        return call(
                "POST",
                link + "/uploads",
                null,
                Map.of("Upload-Length", String.valueOf(size), "Upload-Metadata", metadata));
    }

    private int send(String upload, long offset, byte[] bytes) throws Exception {
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

    private int finish(String upload) throws Exception {
        return call("POST", upload + "/finish", null, Map.of()).statusCode();
    }

    private int end(String upload) throws Exception {
        return call("DELETE", upload, null, Map.of()).statusCode();
    }

    private long offset(String upload) throws Exception {
        return call("HEAD", upload, null, Map.of())
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow();
    }

    private HttpResponse<String> call(String method, String path, byte[] body, Map<String, String> headers)
            throws Exception {
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
    private static List<Integer> together(Callable<Integer>... calls) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.length)) {
            return threads.invokeAll(List.of(calls)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    /** A request that says it brings {@code announced} bytes, brings fewer, and is gone. */
    private void breakOff(String upload, byte[] bytes, int announced) throws Exception {
        try (Socket line = new Socket("127.0.0.1", port)) {
            line.getOutputStream().write(head(upload, announced));
            line.getOutputStream().write(bytes);
            line.getOutputStream().flush();
        }
    }

    private static byte[] head(String upload, int announced) {
        return ("PATCH " + upload + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\n"
                        + "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: "
                        + announced + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Files and bytes that the only link counts. */
    private List<Long> put() {
        return jdbc.sql("SELECT put_files, put_bytes FROM files.link WHERE node = ?")
                .param(folder.id().value())
                .query((row, n) -> List.of(row.getLong(1), row.getLong(2)))
                .single();
    }

    private int parts() {
        return jdbc.sql(
                        "SELECT count(*) FROM files.upload_part p JOIN files.upload u ON u.id = p.upload WHERE u.folder = ?")
                .param(folder.id().value())
                .query(Integer.class)
                .single();
    }
}
