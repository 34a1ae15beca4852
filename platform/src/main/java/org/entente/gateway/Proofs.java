package org.entente.gateway;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.entente.identity.SignedIn;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which sessions of the portal began with several factors: applications behind the gateway have no other way to ask. */
@Component
class Proofs {

    private final JdbcClient jdbc;
    private final Clock clock;

    Proofs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    void keep(SignedIn signedIn) {
        if (signedIn.severalFactors()) {
            jdbc.sql("INSERT INTO gateway.proof (portal_session, proved_at) VALUES (?, ?)")
                    .params(signedIn.session(), OffsetDateTime.now(clock))
                    .update();
        }
    }

    boolean of(UUID portalSession) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM gateway.proof WHERE portal_session = ?)")
                .param(portalSession)
                .query(Boolean.class)
                .single();
    }
}
