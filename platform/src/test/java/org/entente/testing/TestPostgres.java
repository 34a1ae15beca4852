package org.entente.testing;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.launcher.engine.PostgresEngine;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A real PostgreSQL, started once for all tests of a run; every Spring context has a database of its own. */
@TestConfiguration(proxyBeanMethods = false)
public class TestPostgres {

    /** What a test writes need not survive a power cut. */
    static final List<String> IN_A_HURRY =
            List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=600");

    private static final AtomicInteger databases = new AtomicInteger();

    private static final class Running {
        static final PostgresEngine POSTGRES = start();

        private static PostgresEngine start() {
            try {
                var data = Scratch.folder("postgresql");
                return Scratch.untilTheEnd(new PostgresEngine(
                        Scratch.engines(), data, data.resolve("server.log"), Scratch.freePort(), "test", IN_A_HURRY));
            } catch (Exception e) {
                throw new IllegalStateException("PostgreSQL does not start for the tests", e);
            }
        }
    }

    /** The server, for tests that need it without Spring. */
    public static PostgresEngine server() {
        return Running.POSTGRES;
    }

    @Bean
    DynamicPropertyRegistrar ownDatabase() {
        return registry -> {
            String name = "test_" + databases.incrementAndGet();
            try {
                server().createDatabase(name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            registry.add("entente.data", () -> Scratch.folder("data-of-" + name).toString());
            registry.add("spring.datasource.url", () -> server().url(name));
            registry.add("spring.datasource.username", () -> server().user());
            registry.add("spring.datasource.password", () -> server().password());
            // Dozens of contexts are kept for reuse: the one at rest gives its connections back.
            registry.add("spring.datasource.hikari.minimum-idle", () -> 0);
            registry.add("spring.datasource.hikari.idle-timeout", () -> 10_000);
        };
    }
}
