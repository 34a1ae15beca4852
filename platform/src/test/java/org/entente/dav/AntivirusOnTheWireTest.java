package org.entente.dav;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.scanning.Antivirus;
import org.entente.testing.TestClamd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What devices meet where there is an antivirus: they are told file by file, and go on with the others. */
@Import(Antivirus.class)
class AntivirusOnTheWireTest extends DavTown {

    private static final String VIRUS = new String(TestClamd.EICAR, US_ASCII);

    @Autowired
    TestClamd clamd;

    @Autowired
    Antivirus antivirus;

    @TempDir
    Path folder;

    Device device;

    @BeforeEach
    void aDevice() throws IOException {
        assumeTrue(TestClamd.installed(), "clamd is not installed (Debian: apt install clamav-daemon)");
        jdbc.sql("DELETE FROM scanning.content").update();
        clamd.kill();
        clamd.start();
        antivirus.look();
        device = agent("Nadia");
    }

    @Test
    void aVirusIsTakenAndListedAndCanBeThrownAwayButNotFetched() throws Exception {
        put(device, MINE + "/v.txt", VIRUS);
        put(device, MINE + "/b.txt", "bon");

        HttpResponse<String> answer = send(device, "GET", MINE + "/v.txt", "");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(TestClamd.NAME).doesNotContain("EICAR-STANDARD");
        assertThat(status(device, "GET", MINE + "/v.txt", "", "Range", "bytes=0-3"))
                .isEqualTo(403);
        assertThat(status(device, "GET", MINE + "/v.txt", "", "Range", "bytes=0-3,6-9"))
                .isEqualTo(403);
        assertThat(get(device, MINE + "/b.txt")).isEqualTo("bon");
        assertThat(send(device, "PROPFIND", MINE + "/", "", "Depth", "1").body())
                .contains("v.txt")
                .contains("b.txt");
        assertThat(status(device, "COPY", MINE + "/v.txt", "", "Destination", MINE + "/copie.txt"))
                .isEqualTo(201);
        assertThat(status(device, "GET", MINE + "/copie.txt", "")).isEqualTo(403);
        assertThat(status(device, "DELETE", MINE + "/v.txt", "")).isEqualTo(204);
    }

    @Test
    void whatIsNotScannedYetIsToBeAskedForLater() throws Exception {
        clamd.kill();
        antivirus.look();
        put(device, MINE + "/plus-tard.txt", "patience");

        HttpResponse<String> answer = send(device, "GET", MINE + "/plus-tard.txt", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body())
                .as("by which Nextcloud's clients end everything")
                .doesNotContain("ServiceUnavailable");

        clamd.start();
        await().untilAsserted(() ->
                assertThat(status(device, "GET", MINE + "/plus-tard.txt", "")).isEqualTo(200));
    }

    @Test
    void theClientOfNextcloudGoesOnWithTheOtherFiles() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/nextcloudcmd")),
                "nextcloudcmd is not installed (Debian: apt install nextcloud-desktop-cmd)");
        Path desk = Files.createDirectories(folder.resolve("desk"));
        Path laptop = Files.createDirectories(folder.resolve("laptop"));
        sync(desk);
        Files.writeString(desk.resolve("Mes fichiers/v.txt"), VIRUS);
        Files.writeString(desk.resolve("Mes fichiers/a.txt"), "avant");
        Files.writeString(desk.resolve("Mes fichiers/z.txt"), "après");
        sync(desk);

        sync(laptop);
        sync(laptop);

        Path mine = laptop.resolve("Mes fichiers");
        assertThat(mine.resolve("v.txt")).doesNotExist();
        assertThat(mine.resolve("a.txt")).hasContent("avant");
        assertThat(mine.resolve("z.txt")).hasContent("après");
        assertThat(desk.resolve("Mes fichiers/v.txt"))
                .as("what a computer has stays there")
                .exists();

        Files.delete(desk.resolve("Mes fichiers/v.txt"));
        sync(desk);
        assertThat(status(device, "GET", MINE + "/v.txt", "")).isEqualTo(404);
    }

    /** To its end; that some files did not come is in its answer. */
    private void sync(Path computer) throws Exception {
        run(
                folder,
                "",
                "/usr/bin/nextcloudcmd",
                "--non-interactive",
                "-u",
                device.address(),
                "-p",
                device.password(),
                computer.toString(),
                uri("").toString());
    }
}
