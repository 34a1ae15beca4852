package org.entente.sources.ldap;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often one person's password was tried at their directory in vain. Directories lock an account for everything after a number of them, five at the
 * strictest that are usual, within half an hour of each other: fewer than that are let through, whoever tries, so that nobody is locked out of their
 * computer from here.
 */
@Component
class LdapTries {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final int most;
    private final Duration apart;

    LdapTries(
            JdbcClient jdbc,
            Clock clock,
            @Value("${entente.sources.ldap.sign-in.tries:4}") int most,
            @Value("${entente.sources.ldap.sign-in.apart:30m}") Duration apart) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.most = most;
        this.apart = apart;
    }

    /** Counts one as failed before it is made, so that many at the same time are counted too; false when there were enough. */
    boolean begin(UUID affiliation) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return jdbc.sql("""
                        INSERT INTO sources.ldap_try AS t (affiliation, failures, last_at) VALUES (:affiliation, 1, :now)
                        ON CONFLICT (affiliation) DO UPDATE
                        SET failures = CASE WHEN t.last_at < :before THEN 1 ELSE t.failures + 1 END, last_at = :now
                        WHERE t.last_at < :before OR t.failures < :most
                        """)
                        .param("affiliation", affiliation)
                        .param("now", now)
                        .param("before", now.minus(apart))
                        .param("most", most)
                        .update()
                == 1;
    }

    /** The password was right. */
    void succeeded(UUID affiliation) {
        jdbc.sql("DELETE FROM sources.ldap_try WHERE affiliation = ?")
                .param(affiliation)
                .update();
    }

    /** The directory never got to see it. */
    void notMade(UUID affiliation) {
        jdbc.sql("UPDATE sources.ldap_try SET failures = greatest(failures - 1, 0) WHERE affiliation = ?")
                .param(affiliation)
                .update();
    }

    void forgetOld() {
        jdbc.sql("DELETE FROM sources.ldap_try WHERE last_at < ?")
                .param(OffsetDateTime.now(clock).minus(apart))
                .update();
    }
}
