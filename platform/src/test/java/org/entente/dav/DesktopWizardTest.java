package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;

/** The wizard of Nextcloud's real desktop client (Debian: nextcloud-desktop, xvfb), from the server's address to the first files, both ways. */
class DesktopWizardTest extends DavTown {

    private static final List<String> NEEDED =
            List.of("/usr/bin/nextcloud", "/usr/bin/xvfb-run", "/usr/bin/dbus-run-session");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private Process client;

    @AfterEach
    void theComputerIsTurnedOff() throws Exception {
        if (client != null) {
            List<ProcessHandle> all = new ArrayList<>(client.descendants().toList());
            all.add(client.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle one : all) {
                one.onExit().get();
            }
        }
    }

    @Test
    void somebodyConnectsTheirComputerAndHasTheirFilesOnIt() throws Exception {
        NEEDED.forEach(one -> assumeTrue(Files.isExecutable(Path.of(one)), one + " is not installed"));
        Device nadia = agent("Nadia");
        put(nadia, MINE + "/du-portail.txt", "Bonjour");
        Path local = Files.createDirectories(home.resolve("Entente"));
        begin(local);

        // What the client opens is the portal's page, at which Nadia, who is signed in, says yes.
        Path opened = home.resolve("opened");
        await().atMost(PATIENCE).until(() -> Files.exists(opened) && Files.size(opened) > 0);
        String page = Files.readString(opened).strip().replaceAll("(?s).*/connect/", "");
        assertThat(grant(nadia, page)).isEqualTo(204);

        Path mine = await().atMost(PATIENCE)
                .until(() -> found("du-portail.txt"), all -> !all.isEmpty())
                .getFirst()
                .getParent();
        assertThat(Files.readString(mine.resolve("du-portail.txt"))).isEqualTo("Bonjour");
        Files.writeString(mine.resolve("du-poste.txt"), "Bonsoir");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(nadia, "GET", MINE + "/du-poste.txt", ""))
                        .isEqualTo(200));
        assertThat(get(nadia, MINE + "/du-poste.txt")).isEqualTo("Bonsoir");
    }

    private List<Path> found(String name) throws Exception {
        try (var all = Files.walk(home)) {
            return all.filter(path -> path.endsWith(name)).toList();
        } catch (java.io.UncheckedIOException changing) {
            return List.of();
        }
    }

    /** As by hand, but that its address and folder are given on the command line, and that it opens pages in a file. */
    private void begin(Path local) throws Exception {
        Path programs = Files.createDirectories(home.resolve("programs"));
        Path browser = Files.writeString(
                programs.resolve("xdg-open"), "#!/bin/sh\nprintf '%s\\n' \"$1\" > '" + home.resolve("opened") + "'\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
        Path run = Files.createDirectories(home.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(
                        "xvfb-run",
                        "-a",
                        "dbus-run-session",
                        "nextcloud",
                        "--overrideserverurl",
                        uri("").toString(),
                        "--overridelocaldir",
                        local.toString(),
                        "--isvfsenabled",
                        "0")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "TMPDIR", run.toString(),
                        "XDG_RUNTIME_DIR", run.toString(),
                        "XDG_CONFIG_HOME", home.resolve("config").toString(),
                        "PATH", programs + ":" + System.getenv("PATH"),
                        "QT_QPA_PLATFORM", "xcb",
                        "LC_ALL", "C.UTF-8"));
        client = builder.start();
    }

    private int grant(Device device, String page) throws Exception {
        HttpHeaders session = new HttpHeaders();
        TestSession.start(jdbc, device.visitor().person(), device.visitor().capacity())
                .headers(session);
        HttpRequest.Builder grant = HttpRequest.newBuilder(uri("/api/me/device-requests/" + page + "/grant"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"capacity\":\"" + device.visitor().capacity() + "\"}"));
        session.forEach((name, values) -> values.forEach(value -> grant.header(name, value)));
        return HttpClient.newHttpClient()
                .send(grant.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
