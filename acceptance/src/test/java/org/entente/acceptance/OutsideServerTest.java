package org.entente.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.PostgresEngine;
import org.junit.jupiter.api.Test;

class OutsideServerTest {

    @Test
    void aPostgresqlOfSomebodyElseIsUsedAndNeverStopped() throws Exception {
        Path folder = Files.createTempDirectory("entente-outside");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path engines = Path.of(System.getProperty("entente.engines"));
        Path cluster = folder.resolve("theirs/data");
        try (PostgresEngine theirs = new PostgresEngine(
                engines, cluster, folder.resolve("theirs/log"), port, "theirs", List.of("fsync=off"))) {
            theirs.start();
            Command entente = new Command(
                    folder,
                    folder.resolve("data"),
                    Map.of(
                            "postgresql",
                            "  url: jdbc:postgresql://127.0.0.1:" + port
                                    + "/entente\n  user: guest\n  password: secret\n"));

            Command.Result before = entente.run("up");
            assertThat(before.code()).isEqualTo(1);
            assertThat(before.said()).contains("must be there already");

            theirs.createDatabase("entente", "guest", "secret");
            theirs.createDatabase("keycloak", "guest", "secret");
            try {
                Command.Result up = entente.run("up");
                assertThat(up.code()).as(up.said()).isZero();
                assertThat(entente.run("status").said()).contains("outside");
                aTerritoryOfAnotherPlaceIsMadeWithItsFirstAdministrator(entente);
            } finally {
                entente.run("down");
            }

            try (var connection = DriverManager.getConnection(theirs.url("entente"), "guest", "secret");
                    var members =
                            connection.createStatement().executeQuery("SELECT count(*) FROM directory.v_affiliation")) {
                assertThat(members.next()).isTrue();
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static void aTerritoryOfAnotherPlaceIsMadeWithItsFirstAdministrator(Command entente) throws Exception {
        Command.Result unlisted = entente.run("territory", "new", "--epci", "732829320");
        assertThat(unlisted.code()).as(unlisted.said()).isEqualTo(1);
        assertThat(unlisted.said()).contains("732829320").doesNotContain("Exception");

        Command.Result brest = entente.run(
                "territory",
                "new",
                "--epci",
                "242900314",
                "--admin",
                "anne.legall@brest.example",
                "--given-name",
                "Anne",
                "--usual-name",
                "Le Gall");
        assertThat(brest.code()).as(brest.said()).isZero();
        assertThat(brest.said())
                .contains("Brest", "9 collectivités", "/realms/entente/login-actions/action-token?key=");

        Command.Result again = entente.run("territory", "new", "--epci", "242900314");
        assertThat(again.code()).as(again.said()).isEqualTo(1);
    }
}
