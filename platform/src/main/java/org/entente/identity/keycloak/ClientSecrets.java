package org.entente.identity.keycloak;

import java.security.SecureRandom;
import java.util.Base64;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Secrets of Keycloak clients: made once for a territory, the same for every node of the platform, kept closed. */
@Component
class ClientSecrets {

    private static final String PURPOSE = "keycloak client";

    private static final Logger log = LoggerFactory.getLogger(ClientSecrets.class);
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final Sealed sealed;
    private final SecureRandom random = new SecureRandom();

    ClientSecrets(JdbcClient jdbc, Sealed sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    private record Kept(@Nullable String plain, byte @Nullable [] closed) {}

    /** The secret of this client; the first node to ask makes it. One that does not open is made anew: only the realm has to learn it. */
    String of(String clientId) {
        try {
            return kept(clientId);
        } catch (Refusal e) {
            log.warn("The secret of {} is made anew: {}", clientId, e.getMessage());
            return keep(clientId, make());
        }
    }

    /** One that others have built on, so that it is never made anew: where it does not open, that is said. */
    String lasting(String name) {
        return kept(name);
    }

    private String kept(String clientId) {
        jdbc.sql("""
                        INSERT INTO identity.keycloak_client (client_id, sealed) VALUES (:client, :sealed)
                        ON CONFLICT (client_id) DO NOTHING""")
                .param("client", clientId)
                .param("sealed", sealed.seal(PURPOSE, make()))
                .update();
        Kept kept = jdbc.sql("SELECT secret, sealed FROM identity.keycloak_client WHERE client_id = :client")
                .param("client", clientId)
                .query((row, number) -> new Kept(row.getString(1), row.getBytes(2)))
                .single();
        byte[] closed = kept.closed();
        if (closed != null) {
            return sealed.open(PURPOSE, closed);
        }
        return keep(clientId, kept.plain() == null ? make() : kept.plain());
    }

    private String keep(String clientId, String secret) {
        jdbc.sql("UPDATE identity.keycloak_client SET secret = NULL, sealed = :sealed WHERE client_id = :client")
                .param("sealed", sealed.seal(PURPOSE, secret))
                .param("client", clientId)
                .update();
        return secret;
    }

    private String make() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
