package org.entente.identity.keycloak;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Secrets of Keycloak clients: made once for a territory, the same for every node of the platform. */
@Component
class ClientSecrets {

    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    ClientSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The secret of this client; the first node to ask makes it. */
    String of(String clientId) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        jdbc.sql("""
                        INSERT INTO identity.keycloak_client (client_id, secret) VALUES (:client, :secret)
                        ON CONFLICT (client_id) DO NOTHING""")
                .param("client", clientId)
                .param("secret", Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
                .update();
        return jdbc.sql("SELECT secret FROM identity.keycloak_client WHERE client_id = :client")
                .param("client", clientId)
                .query(String.class)
                .single();
    }
}
