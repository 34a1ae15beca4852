package org.entente.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.supervisor.EngineStatus;
import org.entente.launcher.supervisor.StatusFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One territory's life, from its first start to its restored backup. A start is dear, so the steps share it and go in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerritoryTest {

    private static Path folder;
    private static Path data;
    private static Command entente;
    private static Command restored;

    @BeforeAll
    static void firstStart() throws Exception {
        folder = Files.createTempDirectory("entente-acceptance");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
        entente = new Command(folder, data, Map.of());
        restored = new Command(folder, folder.resolve("restored"), Map.of());
        Command.Result up = entente.run("up");
        assertThat(up.code()).as(up.said()).isZero();
        assertThat(up.said()).contains("Sign in", "http://localhost:" + entente.port("platform"));
    }

    @AfterAll
    static void stopAll() throws Exception {
        entente.run("down");
        restored.run("down");
        Folders.delete(folder);
    }

    @Test
    @Order(1)
    void whatFacesBrowsersServes() throws Exception {
        assertThat(get("http://localhost:" + entente.port("platform") + "/api/territory"))
                .isEqualTo(200);
        assertThat(get("http://localhost:" + entente.port("keycloak") + "/realms/entente"))
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    void nobodyElseOnTheMachineReadsItsSecrets() throws Exception {
        assertThat(Files.getPosixFilePermissions(data.resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        for (EngineStatus engine : engines(data)) {
            assertThat(Files.getOwner(Path.of("/proc/" + engine.pid())).getName())
                    .as(engine.name())
                    .isNotEqualTo("root");
        }
    }

    @Test
    @Order(3)
    void aSecondStartOnTheSameFolderIsRefused() throws Exception {
        Command.Result again = entente.run("up");

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.said()).contains("runs already");
    }

    @Test
    @Order(4)
    void anEngineThatIsKilledComesBackAndStatusCountsIt() throws Exception {
        for (String engine : List.of("s3", "postgresql")) {
            long before = engine(data, engine).pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                EngineStatus now = engine(data, engine);
                assertThat(now.restarts()).isEqualTo(1);
                assertThat(now.state().serves()).isTrue();
                assertThat(now.pid()).isNotEqualTo(before);
            });
        }
        Command.Result status = entente.run("status");
        assertThat(status.code()).as(status.said()).isZero();
        assertThat(entente.run("logs", "supervisor").said()).contains("s3 is down", "s3 serves again");
    }

    @Test
    @Order(5)
    void theLedgerIsVerifiedByCommand() throws Exception {
        Command.Result verify = entente.run("audit", "verify");

        assertThat(verify.code()).as(verify.said()).isZero();
    }

    @Test
    @Order(6)
    void peopleDoTheirTasksInABrowserUntilACertificateProvesADeparture() throws Exception {
        Command.Result demo = entente.run("demo", "--persons", "120");
        assertThat(demo.code()).as(demo.said()).isZero();
        Path kept = Files.createDirectories(Command.HOME.resolve("acceptance/target/walk"));

        Command.Result walk = Command.node(
                "e2e/territory.mjs",
                Map.of(
                        "ENTENTE_URL", "http://localhost:" + entente.port("platform"),
                        "ENTENTE_PASSWORD", passwordIn(demo.said()),
                        "ENTENTE_OUTBOX", data.resolve("outbox").toString(),
                        "ENTENTE_KEEP", kept.toString()));

        assertThat(walk.code()).as(walk.said()).isZero();
        Command.Result genuine = entente.run(
                "certificate", "verify", kept.resolve("certificate.pdf").toString());
        assertThat(genuine.code()).as(genuine.said()).isZero();
        assertThat(entente.run("audit", "verify").code()).isZero();
        assertThat(entente.run("mails").said()).contains("capucine.essertier-");
    }

    @Test
    @Order(7)
    void anAdministratorIsMadeAtTheCommandLine() throws Exception {
        Command.Result named =
                entente.run("admin", "odile.first@sitiv.example", "--given-name", "Odile", "--usual-name", "First");
        assertThat(named.code()).as(named.said()).isZero();
        assertThat(named.said()).contains("/realms/entente/login-actions/action-token?key=");

        Command.Result nobody = entente.run("admin", "who@sitiv.example");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.said()).contains("--given-name");
    }

    @Test
    @Order(8)
    void aBackupOfTheRunningTerritoryBringsItBackElsewhere() throws Exception {
        Path file = folder.resolve("backup.tar.gz");
        Command.Result backup = entente.run("backup", file.toString());
        assertThat(backup.code()).as(backup.said()).isZero();

        Command.Result restore = restored.run("restore", file.toString());
        assertThat(restore.code()).as(restore.said()).isZero();
        Command.Result up = restored.run("up");
        assertThat(up.code()).as(up.said()).isZero();
        assertThat(up.said()).as("the second start builds nothing").doesNotContain("once");
        Command.Result verify = restored.run("audit", "verify");
        assertThat(verify.code()).as(verify.said()).isZero();
        assertThat(restored.run("down").code()).isZero();
        assertThat(restored.run("restore", file.toString()).said()).contains("not empty");
    }

    @Test
    @Order(9)
    void whatAKilledSupervisorLeavesBehindIsEnded() throws Exception {
        List<EngineStatus> left = engines(data);
        StatusFile.Status status = StatusFile.in(data.resolve("run")).read().orElseThrow();
        status.supervisor().orElseThrow().destroyForcibly();
        await().until(() -> status.supervisor().isEmpty());
        assertThat(entente.run("status").said()).contains("killed");

        assertThat(entente.run("down").code()).isZero();

        assertThat(left)
                .allSatisfy(
                        engine -> assertThat(engine.process()).as(engine.name()).isEmpty());
    }

    private static String passwordIn(String said) {
        Matcher password = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){3}").matcher(said);
        assertThat(password.find()).as(said).isTrue();
        return password.group();
    }

    private static EngineStatus engine(Path data, String name) throws IOException {
        return StatusFile.in(data.resolve("run")).read().orElseThrow().engines().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<EngineStatus> engines(Path data) throws IOException {
        try (Stream<EngineStatus> all = StatusFile.in(data.resolve("run")).read().orElseThrow().engines().stream()) {
            return all.filter(engine -> engine.process().isPresent()).toList();
        }
    }

    private static int get(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
