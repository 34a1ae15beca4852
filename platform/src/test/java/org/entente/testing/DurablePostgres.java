package org.entente.testing;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.entente.launcher.engine.PostgresEngine;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A PostgreSQL of one Spring context's own, that keeps what it says it kept: to measure, or to kill. */
@TestConfiguration(proxyBeanMethods = false)
public class DurablePostgres {

    private static final String DATABASE = "entente";

    /** Whether it runs or not: {@link Scratch#again} and {@link TestTerritory#kill} are for it too. */
    @Bean(destroyMethod = "close")
    PostgresEngine durablePostgres() throws IOException, InterruptedException, SQLException {
        var data = Scratch.folder("durable-" + Scratch.freePort());
        PostgresEngine engine = Scratch.untilTheEnd(new PostgresEngine(
                Scratch.engines(),
                data,
                data.resolve("server.log"),
                Scratch.freePort(),
                "test",
                List.of("max_connections=200")));
        engine.createDatabase(DATABASE);
        return engine;
    }

    @Bean
    DynamicPropertyRegistrar durableDatabase(PostgresEngine durablePostgres) {
        return registry -> {
            registry.add("entente.data", () -> Scratch.folder("data-of-durable").toString());
            registry.add("spring.datasource.url", () -> durablePostgres.url(DATABASE));
            registry.add("spring.datasource.username", durablePostgres::user);
            registry.add("spring.datasource.password", durablePostgres::password);
        };
    }
}
