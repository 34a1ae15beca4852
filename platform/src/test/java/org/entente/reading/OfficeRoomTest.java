package org.entente.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.testing.TestOffice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What LibreOffice sees of this machine: asked by documents, and by one who has taken the program over. */
class OfficeRoomTest {

    private static final String SECRET = "MOT-DE-PASSE-DU-TERRITOIRE";

    /** Where secrets lie: a data folder and settings wherever the operator put them, and what every user of Linux may write. */
    private final List<Path> folders = new ArrayList<>();

    private final List<Path> secrets = new ArrayList<>();

    @BeforeEach
    void secrets() throws Exception {
        assumeTrue(
                TestOffice.installed(), "LibreOffice is not installed (Debian: apt install libreoffice-core-nogui …)");
        assumeTrue(Room.possible(), "this machine allows no namespaces");
        Path installation = folder(Path.of("target").toAbsolutePath());
        secret(installation.resolve("entente.yaml"));
        secret(Files.createDirectory(installation.resolve("data")).resolve("secret.txt"));
        for (String shared : List.of("/tmp", "/var/tmp", "/dev/shm")) {
            secret(folder(Path.of(shared)).resolve("secret.txt"));
        }
    }

    private Path folder(Path within) throws Exception {
        Path made = Files.createTempDirectory(within, "room-test");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        folders.add(made);
        return made;
    }

    private void secret(Path file) throws Exception {
        secrets.add(Files.writeString(file, SECRET));
    }

    @AfterEach
    void clean() {
        folders.forEach(one -> new ReaderFolder(one).delete());
    }

    private static byte[] convert(Path program, byte[] document, OfficeKind kind) throws Exception {
        PreviewSettings settings = new PreviewSettings(
                true,
                program.toString(),
                DataSize.ofMegabytes(50),
                3,
                Duration.ofSeconds(90),
                DataSize.ofGigabytes(3),
                List.of("/etc/libreoffice", "/var/lib/libreoffice"),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
        ReadingSettings reading = new ReadingSettings(
                true, "", DataSize.ofMegabytes(1), 1, Duration.ofSeconds(1), "64m", List.of(), Duration.ofMinutes(1));
        AtomicReference<byte[]> pdf = new AtomicReference<>();
        try (OfficeProgram office = new OfficeProgram(settings, reading)) {
            office.convert(new ByteArrayInputStream(document), kind, (in, size) -> pdf.set(in.readAllBytes()));
        }
        return pdf.get();
    }

    /** As if a document had taken the program over: these lines of the shell are run in its place. */
    private String takenOver(String lines) throws Exception {
        Path program = Files.createDirectory(folder(Path.of("/tmp")).resolve("program"))
                .resolve("soffice.bin");
        Files.writeString(
                program, "#!/bin/sh\n( echo %PDF-; echo ran\n" + lines + ") > out/document.pdf 2>&1\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new String(convert(program, new byte[1], OfficeKind.ODT), StandardCharsets.UTF_8);
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void whatADocumentNamesOnThisMachineIsNotInIt() throws Exception {
        for (Path secret : secrets) {
            String uri = secret.toUri().toString();
            assertHidden(convert(TestOffice.PROGRAM, TestOffice.naming(uri, uri), OfficeKind.ODT));
        }
        String uri = secrets.getFirst().toUri().toString();
        String rtf = "{\\rtf1 Visible {\\field{\\*\\fldinst INCLUDETEXT \"" + uri + "\"}{\\fldrslt avant}}}";
        assertHidden(convert(TestOffice.PROGRAM, rtf.getBytes(StandardCharsets.UTF_8), OfficeKind.RTF));
        String csv = "Visible;\"=WEBSERVICE(\"\"" + uri + "\"\")\";\"='" + uri + "'#$Feuille1.A1\"\n";
        assertHidden(convert(TestOffice.PROGRAM, csv.getBytes(StandardCharsets.UTF_8), OfficeKind.XLS));
    }

    private static void assertHidden(byte[] pdf) throws Exception {
        assertThat(text(pdf)).contains("Visible").doesNotContain(SECRET);
    }

    @Test
    void theProgramItselfCannotOpenWhatLiesOutsideItsFolder() throws Exception {
        for (Path secret : secrets) {
            assertThat(takenOver(opening(secret.toString()))).contains("ran").doesNotContain("opened");
        }
        assertThat(takenOver("echo texte > own.txt\n" + opening("own.txt"))).contains("opened");
    }

    /** LibreOffice itself, which sets itself up at its first start. */
    private static String opening(String file) {
        String start = TestOffice.PROGRAM
                + " -env:UserInstallation=file://$PWD/profile --headless --convert-to pdf --outdir $PWD/got '" + file
                + "'\n";
        return start + start + "ls got/*.pdf && echo opened\n";
    }

    @Test
    void whoeverTakesItOverReadsNothingOfOursAndWritesNowhere() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (Path secret : secrets) {
            lines.append("cat '").append(secret).append("' && echo read\n");
            lines.append("ls '").append(secret.getParent()).append("' && echo listed\n");
            lines.append("mkdir -p '").append(secret.getParent()).append("'\n");
            lines.append("echo x > '")
                    .append(secret.getParent().resolve("left"))
                    .append("'\n");
        }
        for (String place : List.of("/", "/usr", "/etc", "/dev", "/opt", "/run", "/srv", "/home", "/root")) {
            lines.append("touch ")
                    .append(place)
                    .append("/entente-left && echo wrote in ")
                    .append(place)
                    .append('\n');
        }
        for (String file : List.of("/etc/passwd", "/etc/hostname", "/etc/shadow", "/proc/1/root/etc/passwd")) {
            lines.append("cat ")
                    .append(file)
                    .append(" && echo read ")
                    .append(file)
                    .append('\n');
        }
        lines.append("mount -t tmpfs none /usr && echo mounted\n");
        lines.append("unshare --user --map-root-user mount --bind /usr /tmp && echo nested\n");

        String said = takenOver(lines.toString());

        assertThat(said)
                .contains("ran")
                .doesNotContain(SECRET)
                .doesNotContainPattern("(?m)^(read|listed|wrote|mounted)");
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(secret.resolveSibling("left")).doesNotExist());
    }
}
