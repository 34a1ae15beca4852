package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Lines on which strangers put parts by a link, and on which nothing comes any more though nobody hangs up. */
@TestPropertySource(properties = "entente.uploads.patience=6s")
class SilentLineTest extends LinkLinesTown {

    private Socket silent(String upload, byte[] some, int announced) throws IOException {
        Socket line = new Socket("127.0.0.1", port);
        line.setSoTimeout(50_000);
        line.getOutputStream().write(head(upload, announced));
        line.getOutputStream().write(some);
        line.getOutputStream().flush();
        return line;
    }

    /** To its end: whoever sends nothing more is hung up on. */
    private static String answer(Socket line) throws IOException {
        return new String(line.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void aLineOnWhichNothingComesIsToldSoAndTheUploadGoesOnFromWhereItIs() throws Exception {
        byte[] bytes = new byte[4 * MIB];
        new Random(3).nextBytes(bytes);
        String upload = begin(link(TEN), "a.bin", bytes.length);

        try (Socket line = silent(upload, Arrays.copyOf(bytes, 1000), bytes.length)) {
            assertThat(answer(line))
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":\"request.408\"", "Plus rien n’arrivait")
                    .containsIgnoringCase("Connection: close");
        }

        assertThat(offset(upload)).isEqualTo(1000);
        assertThat(send(upload, 1000, Arrays.copyOfRange(bytes, 1000, bytes.length)))
                .isEqualTo(204);
        assertThat(finish(upload)).isEqualTo(204);
        FileNode made = files.find(anne, folder.id(), List.of("a.bin")).orElseThrow();
        assertThat(files.read(anne, made.id(), 0, Long.MAX_VALUE)).hasSameContentAs(new ByteArrayInputStream(bytes));
    }

    @Test
    void silentLinesGiveTheirPlacesBack() throws Exception {
        String link = link(TEN);
        List<Socket> lines = new ArrayList<>();
        try {
            // As many as may come from one place.
            for (int n = 0; n < 2; n++) {
                lines.add(silent(begin(link, n + ".bin", MIB), new byte[0], MIB));
            }
            String other = begin(link, "b.bin", 3);
            await().until(() -> send(other, 0, new byte[0]) == 503);
            for (Socket line : lines) {
                assertThat(answer(line)).startsWith("HTTP/1.1 408");
            }
            assertThat(send(other, 0, new byte[3])).isEqualTo(204);
        } finally {
            for (Socket line : lines) {
                line.close();
            }
        }
    }
}
