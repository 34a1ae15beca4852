package org.entente.testing;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.launcher.engine.PostgresEngine;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A real PostgreSQL, started once for all tests of a run; every Spring context has a database of its own. */
@TestConfiguration(proxyBeanMethods = false)
public class TestPostgres {

    private static final AtomicInteger databases = new AtomicInteger();

    private static final class Running {
        static final PostgresEngine POSTGRES = start();

        private static PostgresEngine start() {
            try (ServerSocket free = new ServerSocket(0)) {
                Path engines = Path.of(System.getProperty("entente.engines", ".entente/engines"));
                Path data = Files.createTempDirectory("entente-test-postgres");
                int port = free.getLocalPort();
                free.close();
                PostgresEngine engine = new PostgresEngine(engines, data, port, "test");
                engine.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine)));
                return engine;
            } catch (Exception e) {
                throw new IllegalStateException("PostgreSQL does not start for the tests", e);
            }
        }

        private static void stop(PostgresEngine engine) {
            try {
                engine.close();
            } catch (Exception e) {
                System.err.println("PostgreSQL of the tests did not stop: " + e);
            }
        }
    }

    /** The server, for tests that need it without Spring. */
    public static PostgresEngine server() {
        return Running.POSTGRES;
    }

    private static Path dataFolder() {
        try {
            return Files.createTempDirectory("entente-test-data");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Bean
    DynamicPropertyRegistrar ownDatabase() {
        return registry -> {
            String name = "test_" + databases.incrementAndGet();
            try {
                server().createDatabase(name);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            Path folder = dataFolder();
            registry.add("entente.data", folder::toString);
            registry.add("spring.datasource.url", () -> server().url(name));
            registry.add("spring.datasource.username", () -> server().user());
            registry.add("spring.datasource.password", () -> server().password());
        };
    }
}
