package org.entente.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.entente.identity.keycloak.NodePackages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

/** Large files in parts over the wire, where lines break. */
class FileUploadsTest extends UploadLines {

    @Autowired
    ExpiredUploads expired;

    @TempDir
    Path folder;

    @Test
    void anUploadGoesOnWhereTheLineBroke() throws Exception {
        byte[] bytes = random(11 * MIB + 17);
        String upload = begin("grand.bin", bytes.length);

        breakOff(upload, 0, Arrays.copyOf(bytes, 5 * MIB), bytes.length);
        await().until(() -> offset(upload) >= 4 * MIB);
        // The last part of the broken line may still be coming to rest: one asks again, as clients do.
        await().untilAsserted(() -> {
            long arrived = offset(upload);
            assertThat(arrived).isLessThanOrEqualTo(5 * MIB);
            assertThat(send(upload, arrived, Arrays.copyOfRange(bytes, (int) arrived, bytes.length))
                            .statusCode())
                    .isEqualTo(204);
        });

        assertThat(finish(upload, "refuse").statusCode()).isEqualTo(200);
        FileNode file = files.find(anne, home, List.of("grand.bin")).orElseThrow();
        try (var in = files.read(anne, file.id(), 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(file.mediaType()).isEqualTo("application/x-essai");
        assertThat(parts()).as("parts that are kept beside the file").isZero();
        assertThat(finish(upload, "refuse").body())
                .as("asked again, it tells the same file")
                .contains(file.id().toString());
    }

    @Test
    void theClientOfTusUploadsIsClosedAndGoesOn() throws Exception {
        byte[] bytes = random(10 * MIB + 3);
        Path file = java.nio.file.Files.write(folder.resolve("film.mp4"), bytes);

        String url = tus(file, Map.of("STOP_AT", "3000000"));
        assertThat(offset(URI.create(url).getPath())).isBetween(3_000_000L, (long) bytes.length - 1);
        assertThat(tus(file, Map.of("URL", url))).isEqualTo(url);

        assertThat(finish(URI.create(url).getPath(), "refuse").statusCode()).isEqualTo(200);
        FileNode made = files.find(anne, home, List.of("été.mp4")).orElseThrow();
        try (var in = files.read(anne, made.id(), 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aNameTakenMeanwhileIsAskedAboutAndNothingIsSentTwice() throws Exception {
        String upload = begin("a.txt", 3);
        send(upload, 0, "abc".getBytes(UTF_8));
        town.write(anne, home, "a.txt", "avant");

        HttpResponse<String> asked = finish(upload, "refuse");
        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(asked.body()).contains("file.exists", "\"size\":5");
        assertThat(finish(upload, "both").statusCode()).isEqualTo(200);
        assertThat(town.names(anne, home)).containsExactlyInAnyOrder("a (2).txt", "a.txt");
    }

    @Test
    void anEmptyFileArrivesToo() throws Exception {
        String upload = begin("vide.txt", 0);

        assertThat(finish(upload, "refuse").statusCode()).isEqualTo(200);
        assertThat(files.find(anne, home, List.of("vide.txt")).orElseThrow().size())
                .isZero();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsSentAndWhatIsSentAlreadyWaitsForRoom() throws Exception {
        SpaceId space = files.node(anne, home).space();
        quota(space, 10L);
        assertThat(post("trop.bin", 11).statusCode()).isEqualTo(413);
        String upload = begin("juste.bin", 8);
        assertThat(post("avec.bin", 3).statusCode())
                .as("what is on its way counts")
                .isEqualTo(413);
        send(upload, 0, new byte[8]);
        town.write(anne, home, "entre-temps.txt", "12345");

        HttpResponse<String> full = finish(upload, "refuse");
        assertThat(full.statusCode()).isEqualTo(413);
        assertThat(full.body()).contains("file.quota");
        quota(space, 100L);
        assertThat(finish(upload, "refuse").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsGivenUpOrForgottenLeavesNothing() throws Exception {
        String given = begin("a.bin", 4);
        send(given, 0, new byte[2]);
        String old = begin("b.bin", 4);
        send(old, 0, new byte[3]);

        assertThat(call(session, given, "DELETE", null, Map.of("Tus-Resumable", "1.0.0"))
                        .statusCode())
                .isEqualTo(204);
        jdbc.sql("UPDATE files.upload SET expires_at = now() - interval '1 second' WHERE id = ?")
                .param(UUID.fromString(old.substring(old.lastIndexOf('/') + 1)))
                .update();
        assertThat(send(old, 3, new byte[1]).statusCode()).isEqualTo(404);
        expired.forget();

        assertThat(parts()).isZero();
    }

    /** A request that says it brings {@code announced} bytes, brings fewer, and is gone. */
    private void breakOff(String upload, long offset, byte[] bytes, int announced) throws IOException {
        try (Socket line = new Socket("127.0.0.1", port)) {
            OutputStream out = line.getOutputStream();
            StringBuilder head = new StringBuilder("PATCH " + upload + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            session.forEach((name, values) ->
                    head.append(name).append(": ").append(values.getFirst()).append("\r\n"));
            head.append("Tus-Resumable: 1.0.0\r\nUpload-Offset: " + offset
                    + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: " + announced
                    + "\r\n\r\n");
            out.write(head.toString().getBytes(US_ASCII));
            new ByteArrayInputStream(bytes).transferTo(out);
            out.flush();
        }
    }

    private String tus(Path file, Map<String, String> more) throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", "scripts/tus-upload.mjs")
                .directory(NodePackages.installed().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .putAll(Map.of(
                        "ENDPOINT",
                        "http://127.0.0.1:" + port + "/api/files/uploads",
                        "COOKIE",
                        session.getFirst(HttpHeaders.COOKIE),
                        "XSRF",
                        session.getFirst("X-XSRF-TOKEN"),
                        "METADATA",
                        "{\"filename\": \"été.mp4\", \"folder\": \"" + home + "\"}",
                        "FILE",
                        file.toString()));
        node.environment().putAll(more);
        Process process = node.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void quota(SpaceId space, long bytes) {
        jdbc.sql("UPDATE files.space SET quota = ? WHERE id = ?")
                .params(bytes, space.value())
                .update();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
