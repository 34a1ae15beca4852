package org.entente.scanning;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.entente.testing.TestClamd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, with the real clamd and with somebody who only claims to be one. */
class ClamdTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static TestClamd real;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(TestClamd.installed(), "clamd is not installed (Debian: apt install clamav-daemon)");
        real = new TestClamd();
        real.start();
    }

    @AfterAll
    static void stop() {
        if (real != null) {
            real.close();
        }
    }

    private static ScanAnswer scan(String address, byte[] bytes) throws Exception {
        try (Clamd clamd = new Clamd(address)) {
            return clamd.scan(new ByteArrayInputStream(bytes), LONG);
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("dedans.txt"));
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void theRealOneSaysWhatItFoundByItsSocketAndByTheNetwork() throws Exception {
        for (String address : List.of(real.socket(), real.address())) {
            assertThat(scan(address, "rien de mal".getBytes(US_ASCII)).outcome())
                    .isEqualTo(ScanAnswer.Outcome.CLEAN);
            assertThat(scan(address, TestClamd.EICAR))
                    .isEqualTo(new ScanAnswer(ScanAnswer.Outcome.FOUND, TestClamd.NAME));
            assertThat(scan(address, zipped(zipped(TestClamd.EICAR)))).isEqualTo(scan(address, TestClamd.EICAR));
            assertThat(scan(address, new byte[0]).outcome()).isEqualTo(ScanAnswer.Outcome.CLEAN);
            try (Clamd clamd = new Clamd(address)) {
                assertThat(clamd.version()).startsWith("ClamAV 1.");
            }
        }
    }

    @Test
    void whatIsMoreThanItTakesIsSaidToBeTooLarge() throws Exception {
        byte[] large = new byte[40 << 20];
        new Random(1).nextBytes(large);

        assertThat(scan(real.socket(), large).outcome()).isEqualTo(ScanAnswer.Outcome.LARGE);
    }

    @Test
    void nobodyThereIsToldApartFromSomebodyWhoHangsUp() throws Exception {
        assertThatThrownBy(() -> scan(real.socket() + ".not", TestClamd.EICAR))
                .isInstanceOfSatisfying(
                        Clamd.Away.class, away -> assertThat(away.reached()).isFalse());
        assertThatThrownBy(() -> scan("no-such-host.invalid:3310", TestClamd.EICAR))
                .isInstanceOfSatisfying(
                        Clamd.Away.class, away -> assertThat(away.reached()).isFalse());
        try (Impostor impostor = new Impostor(socket -> {})) {
            assertThatThrownBy(() -> scan(impostor.address(), TestClamd.EICAR))
                    .isInstanceOfSatisfying(
                            Clamd.Away.class, away -> assertThat(away.reached()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "OK\0",
                "stream: OK",
                "stream: OK and more\0",
                "stream: FOUND\0",
                "other: OK\0",
                "HTTP/1.1 200 OK\r\n\r\nstream: OK\0"
            })
    void anAnswerThatIsNoneMeansNothing(String said) throws Exception {
        try (Impostor impostor = new Impostor(socket -> answer(socket, said.getBytes(US_ASCII)))) {
            assertThatThrownBy(() -> scan(impostor.address(), TestClamd.EICAR)).isInstanceOf(Clamd.Away.class);
        }
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUpBeforeItFillsAnything() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Impostor impostor = new Impostor(socket -> {
            takeAll(socket);
            byte[] some = new byte[1000];
            java.util.Arrays.fill(some, (byte) 'a');
            while (sent.get() < 1L << 30) {
                socket.getOutputStream().write(some);
                sent.addAndGet(some.length);
            }
        })) {
            assertThatThrownBy(() -> scan(impostor.address(), TestClamd.EICAR)).hasMessageContaining("no end");
            assertThat(sent.get()).isLessThan(1L << 30);
        }
    }

    @Test
    void whoeverSaysNothingOrTakesNothingIsLeftWhenTheTimeIsOver() throws Exception {
        Object never = new Object();
        try (Impostor impostor = new Impostor(socket -> {
                    synchronized (never) {
                        never.wait(60_000);
                    }
                });
                Clamd clamd = new Clamd(impostor.address())) {
            assertThatThrownBy(() -> clamd.scan(new ByteArrayInputStream(TestClamd.EICAR), Duration.ofMillis(300)))
                    .hasMessageContaining("too long");
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return 'a';
                }
            };
            assertThatThrownBy(() -> clamd.scan(endless, Duration.ofMillis(500)))
                    .isInstanceOf(Clamd.Away.class);
        }
    }

    @Test
    void whatItDidNotReadToTheEndIsNotClean() throws Exception {
        try (Impostor impostor = new Impostor(socket -> {
            socket.getInputStream().readNBytes(100);
            socket.getOutputStream().write("stream: OK\0".getBytes(US_ASCII));
        })) {
            assertThatThrownBy(() -> scan(impostor.address(), new byte[30 << 20]))
                    .isInstanceOf(Clamd.Away.class);
        }
    }

    @Test
    void theNameOfAVirusBringsNothingElseAlong() throws Exception {
        String hostile = "stream: <script>alert(1)</script>\r\nSet-Cookie: a=b" + "x".repeat(1000) + " FOUND\0";
        try (Impostor impostor = new Impostor(socket -> answer(socket, hostile.getBytes(US_ASCII)))) {
            ScanAnswer answer = scan(impostor.address(), TestClamd.EICAR);

            assertThat(answer.outcome()).isEqualTo(ScanAnswer.Outcome.FOUND);
            assertThat(answer.detail()).hasSizeLessThanOrEqualTo(150).doesNotContain("<", ">", "\r", "\n", "=");
        }
    }

    @Test
    void whatItGaveUpLookingIntoIsNotAVirus() throws Exception {
        try (Impostor impostor = new Impostor(
                socket -> answer(socket, "stream: Heuristics.Limits.Exceeded.MaxFiles FOUND\0".getBytes(US_ASCII)))) {
            assertThat(scan(impostor.address(), TestClamd.EICAR).outcome()).isEqualTo(ScanAnswer.Outcome.LARGE);
        }
    }

    private static void answer(Socket socket, byte[] bytes) throws IOException {
        takeAll(socket);
        socket.getOutputStream().write(bytes);
    }

    private static void takeAll(Socket socket) throws IOException {
        java.io.DataInputStream in = new java.io.DataInputStream(socket.getInputStream());
        in.readNBytes("zINSTREAM\0".length());
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            in.readNBytes(length);
        }
    }

    @FunctionalInterface
    private interface Manner {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    /** Listens where clamd would, and behaves as it likes. */
    private static final class Impostor implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        Impostor(Manner manner) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        Thread.ofVirtual().start(() -> {
                            try (socket) {
                                manner.with(socket);
                            } catch (IOException | InterruptedException left) {
                                // as it may
                            }
                        });
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
