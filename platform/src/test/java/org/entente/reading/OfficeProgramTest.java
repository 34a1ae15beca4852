package org.entente.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.entente.testing.Bombs;
import org.entente.testing.Documents;
import org.entente.testing.TestOffice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** LibreOffice with real documents, hostile ones, and one who kills it. */
class OfficeProgramTest {

    @TempDir
    Path folder;

    private final OfficeProgram program = program(Duration.ofSeconds(60));

    private static OfficeProgram program(Duration time) {
        PreviewSettings settings = settings(TestOffice.PROGRAM.toString(), time);
        ReadingSettings reading = new ReadingSettings(
                true, "", DataSize.ofMegabytes(1), 1, time, "64m", List.of(""), Duration.ofMinutes(1));
        return new OfficeProgram(settings, reading);
    }

    private static PreviewSettings settings(String program, Duration time) {
        return new PreviewSettings(
                true,
                program,
                DataSize.ofMegabytes(50),
                3,
                time,
                DataSize.ofGigabytes(3),
                List.of("/etc/libreoffice", "/var/lib/libreoffice"),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
    }

    @BeforeEach
    void installed() {
        assumeTrue(
                TestOffice.installed(), "LibreOffice is not installed (Debian: apt install libreoffice-core-nogui …)");
    }

    @AfterEach
    void end() {
        program.close();
    }

    private static byte[] convert(OfficeProgram program, byte[] document, OfficeKind kind) throws Exception {
        AtomicReference<byte[]> pdf = new AtomicReference<>();
        program.convert(new ByteArrayInputStream(document), kind, (in, size) -> {
            pdf.set(in.readAllBytes());
            assertThat(pdf.get()).hasSize((int) size);
        });
        return pdf.get();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static int pictures(byte[] pdf) throws IOException {
        int pictures = 0;
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage page : document.getPages()) {
                for (var name : page.getResources().getXObjectNames()) {
                    pictures += page.getResources().isImageXObject(name) ? 1 : 0;
                }
            }
        }
        return pictures;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            testWORD.docx, Sample Word Document
            testWORD.doc, Sample Word Document
            testODFwithOOo3.odt, Apache Tika Test Document
            testEXCEL.xlsx, Sample Excel Worksheet
            testPPT.pptx, Attachment Test
            testRTF.rtf, indexation Word""")
    void itShowsWhatPeopleWrite(String document, String words) throws Exception {
        byte[] pdf = convert(
                program, Documents.one(document), OfficeKind.of(document).orElseThrow());

        assertThat(text(pdf).replaceAll("\\s+", " ")).contains(words);
    }

    @Test
    void whatADocumentNamesIsNeitherFetchedNorRead() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = "PRIS-AILLEURS".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        Path secret = readable("secret.txt", "MOT-DE-PASSE-LOCAL".getBytes());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", png);
        Path picture = readable("picture.png", png.toByteArray());
        String site = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            for (byte[] document : List.of(
                    TestOffice.naming(secret.toUri().toString(), picture.toUri().toString()),
                    TestOffice.naming("file:///etc/passwd", site + "/image.png"),
                    TestOffice.naming(site + "/section.txt", "file:///etc/passwd"))) {
                byte[] walled = convert(program, document, OfficeKind.ODT);
                byte[] byTheProfileAlone = alone(document);
                for (byte[] pdf : List.of(walled, byTheProfileAlone)) {
                    assertThat(text(pdf))
                            .contains("Visible")
                            .doesNotContain("MOT-DE-PASSE")
                            .doesNotContain("root:")
                            .doesNotContain("PRIS-AILLEURS");
                    assertThat(pictures(pdf)).isZero();
                }
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private Path readable(String name, byte[] bytes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.write(folder.resolve(name), bytes);
    }

    /** Without the wall: where Linux gives none, how it is set up is all there is. */
    private byte[] alone(byte[] document) throws Exception {
        Path own = Files.createTempDirectory(folder, "alone");
        Files.write(own.resolve("document.odt"), document);
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "\"$@\"; [ $? = 81 ] && \"$@\"",
                        "office",
                        TestOffice.PROGRAM.toString(),
                        "-env:UserInstallation=" + OfficeProfile.make(own).toUri(),
                        "--headless",
                        "--norestore",
                        "--convert-to",
                        "pdf",
                        "--outdir",
                        own.toString(),
                        own.resolve("document.odt").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", own.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllBytes(own.resolve("document.pdf"));
    }

    @Test
    void noMoreIsShownThanSoManyPages() throws Exception {
        StringBuilder rtf = new StringBuilder("{\\rtf1 ");
        for (int page = 1; page <= 10; page++) {
            rtf.append("Feuille ").append(page).append("\\page ");
        }

        byte[] pdf = convert(program, rtf.append("}").toString().getBytes(), OfficeKind.RTF);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(3);
        }
    }

    @Test
    void whatUnpacksToFarTooMuchComesToAnEnd() throws Exception {
        try (OfficeProgram hurried = program(Duration.ofSeconds(20))) {
            for (Map.Entry<OfficeKind, byte[]> bomb : Map.of(
                            OfficeKind.ODT,
                            Bombs.odt(1500),
                            OfficeKind.DOCX,
                            Bombs.nested(3),
                            OfficeKind.RTF,
                            Bombs.laughs())
                    .entrySet()) {
                try {
                    convert(hurried, bomb.getValue(), bomb.getKey());
                } catch (OfficeProgram.NoPdf none) {
                    assertThat(none.reason()).isNotNull();
                }
            }
        }
        assertThat(text(convert(program, "{\\rtf1 Encore l\\'e0}".getBytes(), OfficeKind.RTF)))
                .contains("Encore là");
    }

    @Test
    void whatIsBrokenOrClosedIsSaidToBeSo() {
        for (byte[] document : List.of(
                Documents.one("testWORD_protected_passtika.docx"),
                new byte[] {'P', 'K', 3, 4, 0, 0, 0, 1},
                new byte[10])) {
            assertThatThrownBy(() -> convert(program, document, OfficeKind.DOCX))
                    .isInstanceOfSatisfying(
                            OfficeProgram.NoPdf.class,
                            none -> assertThat(none.reason()).isEqualTo(PreviewState.Reason.BROKEN));
        }
    }

    @Test
    void whoeverKillsItLosesOneDocumentOnly() throws Exception {
        CompletableFuture<byte[]> pdf = CompletableFuture.supplyAsync(() -> {
            try {
                return convert(program, Documents.one("testWORD.docx"), OfficeKind.DOCX);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> program.handle() != null);
        ProcessHandle running = program.handle();
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }

        assertThat(pdf).failsWithin(Duration.ofSeconds(60));
        assertThat(text(convert(program, Documents.one("testWORD.docx"), OfficeKind.DOCX)))
                .contains("Sample Word Document");
    }

    @Test
    void whereItIsNotInstalledThatIsSaid() {
        PreviewSettings without = settings("/no/such/soffice.bin", Duration.ofSeconds(1));

        assertThat(without.installed()).isEmpty();
        assertThat(settings("", Duration.ofSeconds(1)).installed()).contains(TestOffice.PROGRAM);
    }
}
