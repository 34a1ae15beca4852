package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

/** Forms that strangers begin to send and do not end, over the wire. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"entente.forms.most=3MB", "entente.forms.most-each=3MB"})
class LinkUploadsOverTheWireTest extends LinkLinesTown {

    private static final int MB = 1_000_000;

    @Test
    void aFormForNoLinkOrWithoutItsPasswordIsAnsweredUnread() throws Exception {
        try (Socket line = begin("/l/" + "A".repeat(43), 2 * MB)) {
            assertThat(status(line)).isEqualTo(404);
        }
        String locked = links.make(anne, folder.id(), true, "correct cheval", null, null, null)
                .path();
        try (Socket line = begin(locked, 2 * MB)) {
            assertThat(status(line)).isEqualTo(404);
        }
        String toSee =
                links.make(anne, folder.id(), false, null, null, null, null).path();
        try (Socket line = begin(toSee, 2 * MB)) {
            assertThat(status(line)).isEqualTo(404);
        }
    }

    @Test
    void formsUnderWayCountAgainstTheBoundOfTheirLink() throws Exception {
        String link = upload(MB + MB / 2);
        List<Socket> lines = new ArrayList<>(List.of(begin(link, MB), begin(link, MB)));
        try {
            Socket refused = answered(lines);
            assertThat(status(refused)).isEqualTo(413);
            lines.remove(refused);
            refused.close();

            end(lines.getFirst(), MB);
            assertThat(status(lines.getFirst())).isEqualTo(200);
            assertThat(town.names(anne, folder.id())).containsExactly("a.bin");
        } finally {
            close(lines);
        }
    }

    @Test
    void formsUnderWayOfAllStrangersAreBoundedAndRoomComesBackWhenTheyAreGone() throws Exception {
        String link = upload(10 * MB);
        List<Socket> slow =
                List.of(begin(link, MB), begin(link, MB), begin(upload(10 * MB), MB), begin(upload(10 * MB), MB));
        try {
            assertThat(status(answered(slow))).isEqualTo(503);
        } finally {
            close(slow);
        }

        await().ignoreExceptions().untilAsserted(() -> {
            try (Socket line = begin(link, MB)) {
                end(line, MB);
                assertThat(status(line)).isEqualTo(200);
            }
        });
    }

    /** The one of these forms that is answered though it has not come to its end. */
    private static Socket answered(List<Socket> lines) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            for (Socket line : lines) {
                                if (line.getInputStream().available() > 0) {
                                    return line;
                                }
                            }
                            return null;
                        },
                        Objects::nonNull);
    }

    private static void close(List<Socket> lines) throws IOException {
        for (Socket line : lines) {
            line.close();
        }
    }

    private String upload(long bytes) {
        return links.make(anne, folder.id(), true, null, null, null, new FileLinks.Bound(10, bytes))
                .path();
    }

    private static final String HEAD =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    private static final String TAIL = "\r\n--x--\r\n";

    /** Sends what comes before the file, and then nothing. */
    private Socket begin(String link, int size) throws IOException {
        Socket line = new Socket("127.0.0.1", port);
        line.setSoTimeout(30_000);
        line.getOutputStream()
                .write(("POST " + link
                                + "/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                                + (HEAD.length() + size + TAIL.length()) + "\r\n\r\n" + HEAD)
                        .getBytes(UTF_8));
        return line;
    }

    private static void end(Socket line, int size) throws IOException {
        line.getOutputStream().write(new byte[size]);
        line.getOutputStream().write(TAIL.getBytes(UTF_8));
        line.getOutputStream().flush();
    }

    private static int status(Socket line) throws IOException {
        return Integer.parseInt(new BufferedReader(new InputStreamReader(line.getInputStream(), UTF_8))
                .readLine()
                .split(" ")[1]);
    }
}
