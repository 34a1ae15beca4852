package org.entente.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps an engine that does not answer from being hammered: while its circuit is open nobody calls it, then one batch tries. Kept
 * in the database, so that all nodes know.
 */
@Component
class Circuit {

    /** A node that dies while it tries leaves the circuit to the next after this time. */
    private static final Duration TRIAL = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Circuit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** May the engine be called? {@code ONCE} when it failed before: one batch, to see. */
    enum Pass {
        FREELY,
        ONCE,
        NOT_NOW
    }

    Pass ask(String service) {
        int failures = jdbc.sql("SELECT failures FROM provisioning.engine WHERE service = ?")
                .param(service)
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (failures == 0) {
            return Pass.FREELY;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        int mine = jdbc.sql(
                        "UPDATE provisioning.engine SET open_until = ? WHERE service = ? AND failures > 0 AND open_until <= ?")
                .param(now.plus(TRIAL))
                .param(service)
                .param(now)
                .update();
        return mine == 1 ? Pass.ONCE : Pass.NOT_NOW;
    }

    /** There was nothing to try with: the next one may. */
    void untried(String service) {
        jdbc.sql("UPDATE provisioning.engine SET open_until = ? WHERE service = ? AND failures > 0")
                .param(OffsetDateTime.now(clock))
                .param(service)
                .update();
    }

    void answered(String service) {
        jdbc.sql("""
                        INSERT INTO provisioning.engine AS e (service, since) VALUES (:service, :now)
                        ON CONFLICT (service) DO UPDATE SET failures = 0, open_until = NULL, error = NULL, since = :now WHERE e.failures > 0""")
                .param("service", service)
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    /** Answers when it may be tried again. */
    OffsetDateTime failed(String service, String why) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int failures = jdbc.sql("""
                        INSERT INTO provisioning.engine AS e (service, failures, since, error) VALUES (:service, 1, :now, :why)
                        ON CONFLICT (service) DO UPDATE SET failures = e.failures + 1, error = :why,
                            since = CASE WHEN e.failures = 0 THEN :now ELSE e.since END RETURNING failures""")
                .param("service", service)
                .param("now", now)
                .param("why", why)
                .query(Integer.class)
                .single();
        OffsetDateTime again = now.plus(Backoff.ENGINE.after(failures, random));
        jdbc.sql("UPDATE provisioning.engine SET open_until = ? WHERE service = ?")
                .param(again)
                .param(service)
                .update();
        return again;
    }
}
