package org.entente.sources.proconnect;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which account of ProConnect is whose: the rows of {@code sources.proconnect_account}. */
@Component
class PartnerAccounts {

    private final JdbcClient jdbc;
    private final Clock clock;

    PartnerAccounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<UUID> person(String subject) {
        return jdbc.sql("""
                SELECT a.person FROM sources.proconnect_account c JOIN directory.v_affiliation a ON a.id = c.affiliation WHERE c.subject = ?
                """).param(subject).query(UUID.class).optional();
    }

    /** The post by whose invitation it was linked. */
    Optional<UUID> post(String subject) {
        return jdbc.sql("SELECT affiliation FROM sources.proconnect_account WHERE subject = ?")
                .param(subject)
                .query(UUID.class)
                .optional();
    }

    boolean hasOther(UUID person, String subject) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM sources.proconnect_account c JOIN directory.v_affiliation a ON a.id = c.affiliation
                    WHERE a.person = ? AND c.subject <> ?)
                """).params(person, subject).query(Boolean.class).single();
    }

    /** Two accounts that come for one person at the same moment are looked at one after the other. */
    void inTurn(UUID person) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("sources.proconnect " + person)
                .query((row, n) -> true)
                .list();
    }

    void link(String subject, UUID affiliation, @Nullable String address, String siret) {
        jdbc.sql("""
                INSERT INTO sources.proconnect_account (subject, affiliation, linked_at, last_at, address, siret)
                VALUES (:subject, :affiliation, :now, :now, :address, :siret)
                ON CONFLICT (subject) DO UPDATE SET affiliation = EXCLUDED.affiliation, linked_at = EXCLUDED.linked_at, last_at = EXCLUDED.last_at,
                    address = EXCLUDED.address, siret = EXCLUDED.siret
                """)
                .param("subject", subject)
                .param("affiliation", affiliation)
                .param("now", OffsetDateTime.now(clock))
                .param("address", address)
                .param("siret", siret)
                .update();
    }

    void came(String subject, @Nullable String address, String siret) {
        jdbc.sql(
                        "UPDATE sources.proconnect_account SET last_at = :now, address = :address, siret = :siret WHERE subject = :subject")
                .param("now", OffsetDateTime.now(clock))
                .param("address", address)
                .param("siret", siret)
                .param("subject", subject)
                .update();
    }

    /** Whether there was one to forget. */
    boolean forget(UUID person) {
        return jdbc.sql("""
                        DELETE FROM sources.proconnect_account c USING directory.v_affiliation a WHERE a.id = c.affiliation AND a.person = ?
                        """).param(person).update() > 0;
    }
}
