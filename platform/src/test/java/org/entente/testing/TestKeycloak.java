package org.entente.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.launcher.engine.FolderLock;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.KeycloakDistribution;
import org.entente.launcher.engine.KeycloakEngine;
import org.entente.launcher.engine.PostgresEngine;
import org.entente.launcher.engine.Versions;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * A real Keycloak with our providers, started once for all tests of a run and shared by their contexts: a test that changes a realm
 * makes one of its own or undoes what it did. Its first start on an empty database takes most of a minute, so an initialised
 * database is kept between runs and copied.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestKeycloak {

    private static final KeycloakEngine.Client ADMIN = new KeycloakEngine.Client("entente-bootstrap", "test-bootstrap");
    private static final String DATABASE = "keycloak";

    private static final class Running {
        static final Own OWN = start();

        private static Own start() {
            try {
                return own("keycloak", TestPostgres.IN_A_HURRY);
            } catch (Exception e) {
                throw new IllegalStateException("Keycloak does not start for the tests", e);
            }
        }
    }

    /** The server, for tests that need it without Spring. */
    public static String url() {
        return Running.OWN.url();
    }

    /** The rows of the server, for what none of its doors can do, such as letting a day pass. */
    public static JdbcClient rows() {
        PostgresEngine postgres = Running.OWN.postgres();
        return JdbcClient.create(
                new DriverManagerDataSource(postgres.url(DATABASE), postgres.user(), postgres.password()));
    }

    /** One more Keycloak, with the database server under it. */
    record Own(PostgresEngine postgres, KeycloakEngine keycloak, String url) {}

    /** Starts a Keycloak and a database server for one purpose, which live as long as this run. */
    static Own own(String name, List<String> databaseSettings) throws IOException, InterruptedException {
        KeycloakDistribution distribution = distribution();
        Path data = Scratch.folder(name);
        Path cluster = data.resolve("postgresql");
        Folders.copy(initialised(distribution), cluster);
        PostgresEngine postgres = Scratch.untilTheEnd(postgres(cluster, databaseSettings));
        int port = Scratch.freePort();
        KeycloakEngine keycloak = Scratch.untilTheEnd(keycloak(distribution, data, postgres, port));
        return new Own(postgres, keycloak, url(port));
    }

    /** A client of the master realm that may do everything. */
    public static KeycloakEngine.Client admin() {
        return ADMIN;
    }

    /** A cluster with a database that Keycloak has filled already, made once for each version of Keycloak and PostgreSQL. */
    private static Path initialised(KeycloakDistribution distribution) throws IOException, InterruptedException {
        Path kept = Scratch.engines()
                .resolve("test-keycloak-" + Versions.keycloak() + "-postgresql-" + Versions.postgresql());
        if (Files.isDirectory(kept)) {
            return kept;
        }
        Path making = Scratch.folder("keycloak-template");
        Path cluster = making.resolve("postgresql");
        try (PostgresEngine postgres = postgres(cluster, TestPostgres.IN_A_HURRY)) {
            postgres.start();
            postgres.createDatabase(DATABASE);
            try (KeycloakEngine keycloak = keycloak(distribution, making, postgres, Scratch.freePort())) {
                keycloak.start();
            }
        } catch (java.sql.SQLException e) {
            throw new IOException(e);
        }
        try (FolderLock lock = FolderLock.take(Scratch.engines())) {
            if (!Files.isDirectory(kept)) {
                Path copying = kept.resolveSibling(kept.getFileName() + ".copying");
                Folders.delete(copying);
                Folders.copy(cluster, copying);
                Files.move(copying, kept);
            }
        }
        return kept;
    }

    private static KeycloakDistribution distribution() throws IOException, InterruptedException {
        return KeycloakDistribution.install(
                Scratch.engines(),
                Scratch.built().resolve("dist/keycloak-quarkus-dist-" + Versions.keycloak() + ".zip"),
                List.of(Scratch.home().resolve("engines/keycloak/target/classes")));
    }

    private static PostgresEngine postgres(Path cluster, List<String> settings) throws IOException {
        return new PostgresEngine(
                Scratch.engines(),
                cluster,
                cluster.resolveSibling("postgresql.log"),
                Scratch.freePort(),
                "test",
                settings);
    }

    private static KeycloakEngine keycloak(
            KeycloakDistribution distribution, Path data, PostgresEngine postgres, int port) {
        return new KeycloakEngine(
                distribution,
                data.resolve("home"),
                data.resolve("keycloak.log"),
                new KeycloakEngine.Settings(
                        port, url(port), postgres.url(DATABASE), postgres.user(), postgres.password(), ADMIN));
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }

    @Bean
    DynamicPropertyRegistrar keycloak() {
        return registry -> {
            registry.add("entente.keycloak.url", TestKeycloak::url);
            registry.add("entente.keycloak.admin-client-id", ADMIN::id);
            registry.add("entente.keycloak.admin-client-secret", ADMIN::secret);
            // Other identity providers of the tests are on this machine, too.
            registry.add("entente.sources.reach", () -> "localhost");
        };
    }
}
