package org.entente.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.entente.testing.Bombs;
import org.entente.testing.Documents;
import org.entente.testing.TestReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** The program that reads, with real documents, hostile ones, and one who kills it. */
class ReaderProcessTest {

    private static final Path HIDDEN = hidden();

    private static Path hidden() {
        try {
            Path folder = Files.createTempDirectory("hidden");
            Files.writeString(folder.resolve("secret"), "x");
            folder.resolve("secret").toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private final ReaderProcess reader = reader(Duration.ofSeconds(30), "256m");

    private static ReaderProcess reader(Duration time, String memory) {
        return new ReaderProcess(new ReadingSettings(
                true,
                TestReader.classPath(),
                DataSize.ofMegabytes(100),
                1_000_000,
                time,
                memory,
                List.of(HIDDEN.toString()),
                Duration.ofMinutes(1)));
    }

    /** Of programs that other tests of this run have begun. */
    private List<Path> before = List.of();

    @BeforeEach
    void whatIsThere() throws IOException {
        before = folders();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        reader.close();
        assertThat(folders()).isSubsetOf(before);
    }

    private static List<Path> folders() throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path place : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    files.filter(file -> file.getFileName()
                                    .toString()
                                    .startsWith("entente-reader-"
                                            + ProcessHandle.current().pid() + "-"))
                            .forEach(left::add);
                }
            }
        }
        return left;
    }

    private ReaderProcess.Text read(byte[] bytes, String type) throws Exception {
        return reader.read(new ByteArrayInputStream(bytes), bytes.length, type);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            testWORD.doc, application/msword, Sample Word Document
            testWORD.docx, application/octet-stream, Sample Word Document
            testEXCEL.xls, application/vnd.ms-excel, Sample Excel Worksheet
            testEXCEL.xlsx, application/octet-stream, Sample Excel Worksheet
            testPPT.pptx, application/octet-stream, Attachment Test
            testODFwithOOo3.odt, application/octet-stream, Tika is part of the Lucene project
            testPDF.pdf, application/pdf, Apache Tika
            testRTF.rtf, application/rtf, indexation Word
            testRFC822, message/rfc822, RFC822 messages not parsed
            test-documents.zip, application/zip, Sample Excel Worksheet""")
    void itReadsWhatPeopleWrite(String document, String type, String words) throws Exception {
        assertThat(read(Documents.one(document), type))
                .satisfies(read -> assertThat(read.outcome()).isEqualTo(ReaderProcess.Outcome.READ))
                .satisfies(
                        read -> assertThat(read.text().replaceAll("\\s+", " ")).contains(words));
    }

    @Test
    void itComesThroughAllRealDocumentsWhateverIsWrongWithThem() throws Exception {
        Map<ReaderProcess.Outcome, Integer> outcomes = new EnumMap<>(ReaderProcess.Outcome.class);
        List<String> died = new ArrayList<>();
        Map<String, byte[]> all = Documents.all(20_000_000);
        for (var document : all.entrySet()) {
            try {
                outcomes.merge(
                        read(document.getValue(), "application/octet-stream").outcome(), 1, Integer::sum);
            } catch (ReaderProcess.Died e) {
                died.add(document.getKey() + " " + e.reason());
            }
        }
        assertThat(all).hasSizeGreaterThan(500);
        assertThat(died).isEmpty();
        assertThat(outcomes.get(ReaderProcess.Outcome.READ)).isGreaterThan(all.size() * 9 / 10);
    }

    @Test
    void whatHasAPasswordIsSaidToHaveOne() throws Exception {
        assertThat(read(Documents.one("testWORD_protected_passtika.docx"), "application/octet-stream")
                        .outcome())
                .isEqualTo(ReaderProcess.Outcome.CLOSED);
        assertThat(read(Documents.one("testPDF_protected.pdf"), "application/pdf")
                        .outcome())
                .isIn(ReaderProcess.Outcome.CLOSED, ReaderProcess.Outcome.READ);
    }

    @Test
    void whatUnpacksToFarMoreThanItIsIsRefused() throws Exception {
        assertThat(read(Documents.one("TIKA-216.tgz"), "application/gzip").outcome())
                .isEqualTo(ReaderProcess.Outcome.BOMB);
        assertThat(read(Bombs.laughs(), "text/xml").outcome()).isEqualTo(ReaderProcess.Outcome.BROKEN);
        assertThat(bounded(Bombs.odt(300))).isTrue();
        assertThat(bounded(Bombs.nested(6))).isTrue();
        assertThat(bounded(Bombs.gzip(2000))).isTrue();

        assertThat(read("Et la vie continue".getBytes(StandardCharsets.UTF_8), "text/plain")
                        .text())
                .contains("la vie continue");
    }

    /** It came to an end, with no more text than is kept of any other. */
    private boolean bounded(byte[] bomb) throws Exception {
        return read(bomb, "application/octet-stream").text().length() <= 1_000_100;
    }

    @Test
    void moreTextThanIsKeptIsNotRead() throws Exception {
        byte[] long1 = "mot ".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);

        assertThat(read(long1, "text/plain").text().length()).isBetween(900_000, 1_000_100);
    }

    @Test
    void whatTakesTooLongIsKilledAndTheNextIsRead() throws Exception {
        try (ReaderProcess hasty = reader(Duration.ofSeconds(15), "256m")) {
            InputStream slow = new InputStream() {
                private int sent;

                @Override
                public int read() {
                    return 'a';
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    if (sent++ == 2) {
                        try {
                            Objects.requireNonNull(hasty.handle())
                                    .onExit()
                                    .get(60, java.util.concurrent.TimeUnit.SECONDS);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    return length;
                }
            };
            assertThatThrownBy(() -> hasty.read(slow, 2_000_000, "text/plain"))
                    .isInstanceOfSatisfying(
                            ReaderProcess.Died.class,
                            died -> assertThat(died.reason()).isEqualTo(TextState.Reason.SLOW));

            byte[] next = "Le suivant".getBytes(StandardCharsets.UTF_8);
            assertThat(hasty.read(new ByteArrayInputStream(next), next.length, "text/plain")
                            .text())
                    .contains("Le suivant");
        }
    }

    @Test
    void killedInTheMiddleItIsBegunAnew() throws Exception {
        read("Avant".getBytes(StandardCharsets.UTF_8), "text/plain");
        ProcessHandle first = Objects.requireNonNull(reader.handle());
        List<ProcessHandle> all = new ArrayList<>(first.descendants().toList());
        InputStream killing = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent++ == 100_000) {
                    first.destroyForcibly();
                }
                return 'a';
            }
        };

        assertThatThrownBy(() -> reader.read(killing, 5_000_000, "text/plain"))
                .isInstanceOfSatisfying(
                        ReaderProcess.Died.class,
                        died -> assertThat(died.reason()).isEqualTo(TextState.Reason.DIED));

        assertThat(read("Après".getBytes(StandardCharsets.UTF_8), "text/plain").text())
                .contains("Après");
        for (ProcessHandle one : all) {
            one.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    @Test
    void wantOfMemoryIsSaidAndNotTriedAgain() {
        try (ReaderProcess poor = reader(Duration.ofSeconds(30), "20m")) {
            List<TextState.Reason> reasons = new ArrayList<>();
            for (var document : Documents.all(3_000_000).entrySet()) {
                try {
                    poor.read(
                            new ByteArrayInputStream(document.getValue()),
                            document.getValue().length,
                            "application/octet-stream");
                } catch (ReaderProcess.Died died) {
                    reasons.add(died.reason());
                    if (died.reason() == TextState.Reason.MEMORY) {
                        break;
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            assertThat(reasons).contains(TextState.Reason.MEMORY);
        }
    }

    @Test
    void itHasNothingOfThePlatformsEnvironmentNoNetworkAndNoSecrets() throws Exception {
        read("x".getBytes(StandardCharsets.UTF_8), "text/plain");
        ProcessHandle outer = Objects.requireNonNull(reader.handle());
        List<ProcessHandle> all = new ArrayList<>(outer.descendants().toList());
        all.add(outer);

        for (ProcessHandle one : all) {
            String environment = Files.readString(Path.of("/proc/" + one.pid() + "/environ"));
            assertThat(environment.split("\0"))
                    .allMatch(entry -> entry.matches("(PATH|LANG|PWD|OLDPWD|SHLVL|_|NLSPATH|LD_LIBRARY_PATH)=.*"));
        }
        assumeTrue(Sandbox.walled(), "this machine allows no namespaces");
        ProcessHandle java = all.stream()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + java.pid() + "/ns/net")))
                .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        assertThat(Files.readAllLines(Path.of("/proc/" + java.pid() + "/net/dev")).stream()
                        .filter(line -> line.contains(":")))
                .allMatch(line -> line.strip().startsWith("lo:"));
        Path root = Path.of("/proc/" + java.pid() + "/root");
        for (String ours : List.of(HIDDEN.toString(), "/etc/passwd", "/home", "/run", "/root", "/opt", "/srv")) {
            assertThat(root.resolve(ours.substring(1))).doesNotExist();
        }
        assertThat(Files.readAllLines(Path.of("/proc/" + java.pid() + "/mounts")).stream()
                        .filter(line -> line.split(" ", -1)[3].startsWith("rw"))
                        .map(line -> line.split(" ", -1)[1]))
                .allMatch(where -> where.matches("/proc|/tmp|/var/tmp|/(dev/shm|tmp)/entente-reader-.*"));
        assertThat(Files.readString(Path.of("/proc/" + java.pid() + "/status"))).contains("CapEff:\t0000000000000000");
    }

    @Test
    void itEndsWhenWhoeverStartedItIsGone() throws Exception {
        read("x".getBytes(StandardCharsets.UTF_8), "text/plain");
        ProcessHandle outer = Objects.requireNonNull(reader.handle());
        CompletableFuture<ProcessHandle> end = outer.onExit();

        reader.hangUp();

        assertThat(end.get(20, java.util.concurrent.TimeUnit.SECONDS).isAlive()).isFalse();
    }
}
