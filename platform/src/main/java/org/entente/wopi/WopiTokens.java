package org.entente.wopi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.identity.PortalSessions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What an office server shows for one person and one file. It is looked up at every call, together with the session in which it was given and the capacity: signing
 * out, a session that ends and a departure end it at once.
 */
@Component
class WopiTokens {

    private static final String ALIVE = """
            SELECT t.*, p.given_name || ' ' || p.usual_name AS name
            FROM wopi.token t
            JOIN identity.v_session s ON s.id = t.session AND s.person = t.person AND s.seen_at > :used AND (s.only_members IS NULL OR t.member = ANY (s.only_members))
            JOIN directory.v_affiliation a ON a.id = t.capacity AND a.person = t.person AND a.live
            JOIN directory.v_person p ON p.id = t.person
            WHERE t.secret = :secret AND t.expires_at > :now""";

    private final JdbcClient jdbc;
    private final PortalSessions sessions;
    private final WopiSettings settings;
    private final Clock clock;

    WopiTokens(JdbcClient jdbc, PortalSessions sessions, WopiSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param secret shown now, and never again */
    record Given(String secret, Instant expiresAt) {}

    /** @param writes whether it was given to write */
    record Held(Visitor visitor, UUID session, NodeId node, boolean writes, Instant expiresAt) {}

    Given give(Visitor visitor, UUID session, NodeId node, boolean writes) {
        return give(visitor, session, node, writes, clock.instant().plus(settings.lasting()));
    }

    /** As good as another that was shown, for a file that came of it. */
    Given give(Held from, NodeId node) {
        return give(from.visitor(), from.session(), node, from.writes(), from.expiresAt());
    }

    private Given give(Visitor visitor, UUID session, NodeId node, boolean writes, Instant until) {
        String secret = Secret.random();
        jdbc.sql("""
                        INSERT INTO wopi.token (secret, person, capacity, member, session, node, writes, made_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        Secret.kept(secret),
                        visitor.person().value(),
                        visitor.capacity().value(),
                        visitor.member().value(),
                        session,
                        node.value(),
                        writes,
                        OffsetDateTime.now(clock),
                        until.atOffset(java.time.ZoneOffset.UTC))
                .update();
        return new Given(secret, until);
    }

    /** Of a session that lives. It is not used by that: a document that somebody left open is asked about by the office server for ever. */
    Optional<Held> shown(String secret, NodeId node, String address) {
        return jdbc.sql(ALIVE)
                .param("secret", Secret.kept(secret))
                .param("now", OffsetDateTime.now(clock))
                .param("used", OffsetDateTime.now(clock).minus(sessions.idle()))
                .query((row, n) -> held(row, address))
                .optional()
                .filter(held -> held.node().equals(node));
    }

    /** Whoever writes in an open document uses their session, though they see nothing else of the portal; false when it ended this moment. */
    boolean worked(Held held) {
        return sessions.used(held.session());
    }

    private static Held held(ResultSet row, String address) throws SQLException {
        Visitor visitor = new Visitor(
                new PersonId(row.getObject("person", UUID.class)),
                new AffiliationId(row.getObject("capacity", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                row.getString("name"),
                address,
                java.util.Set.of());
        return new Held(
                visitor,
                row.getObject("session", UUID.class),
                new NodeId(row.getObject("node", UUID.class)),
                row.getBoolean("writes"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    @Scheduled(cron = "${entente.wopi.cron:0 25 * * * *}")
    @SchedulerLock(name = "wopi-tidy", lockAtMostFor = "PT10M")
    public void tidy() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql(
                        "DELETE FROM wopi.token t WHERE t.expires_at < ? OR NOT EXISTS (SELECT FROM identity.v_session s WHERE s.id = t.session)")
                .param(now)
                .update();
        jdbc.sql("DELETE FROM wopi.lock WHERE expires_at < ?").param(now).update();
    }
}
