package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.entente.identity.PortalSessions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SqlPortalSessions implements PortalSessions {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SessionSettings settings;

    SqlPortalSessions(JdbcClient jdbc, Clock clock, SessionSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Optional<Current> of(HttpServletRequest request) {
        PortalSession session = SessionFilter.of(request);
        return session == null
                ? Optional.empty()
                : Optional.of(new Current(
                        session.id(),
                        session.person(),
                        session.acting() == null ? null : session.acting().capacity()));
    }

    @Override
    public boolean used(UUID session) {
        Instant now = clock.instant();
        return jdbc.sql("UPDATE identity.session SET seen_at = ? WHERE id = ? AND expires_at > ? AND seen_at > ?")
                        .params(
                                SessionStore.at(now),
                                session,
                                SessionStore.at(now),
                                SessionStore.at(now.minus(settings.idle())))
                        .update()
                == 1;
    }

    @Override
    public Duration idle() {
        return settings.idle();
    }
}
