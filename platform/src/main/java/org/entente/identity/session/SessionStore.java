package org.entente.identity.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sessions in PostgreSQL, in a table of our own rather than Spring Session's: a session is a handful of typed columns, so one
 * indexed query answers a request (session, person, capacity still live, roles), a departure cuts any number of them in one
 * statement, and listing them needs no reading of serialised objects. Every node sees the same rows; a restart loses none.
 */
@Component
class SessionStore {

    /** A session in use writes when it was last seen at most this often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final String SESSION = """
            SELECT s.id, s.person, p.given_name || ' ' || p.usual_name AS name, coalesce(f.language, p.language) AS language, s.seen_at,
                   s.by_source, s.only_members,
                   a.id AS acting, a.member, m.is_operator, a.source = 'invitation' AS invited,
                   ARRAY(SELECT r.role FROM directory.v_role_grant r WHERE r.affiliation = a.id) AS roles,
                   CASE WHEN a.id IS NULL
                        THEN NOT EXISTS (SELECT 1 FROM directory.v_affiliation o WHERE o.person = s.person AND o.live
                                         AND (s.only_members IS NULL OR o.member = ANY(s.only_members)))
                        ELSE false END AS nowhere
            FROM identity.session s
            JOIN directory.v_person p ON p.id = s.person
            LEFT JOIN identity.preference f ON f.person = s.person
            LEFT JOIN directory.v_affiliation a ON a.id = s.acting AND a.person = s.person AND a.live
                 AND (s.only_members IS NULL OR a.member = ANY(s.only_members))
            LEFT JOIN directory.v_member m ON m.id = a.member
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SessionSettings settings;

    SessionStore(JdbcClient jdbc, Clock clock, SessionSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /** What a browser brought at sign-in. */
    record Origin(
            @Nullable String keycloakSession,
            @Nullable String subject,
            String device,
            @Nullable String address,
            Reach reach) {}

    /** @param secret for its cookie */
    record Started(UUID id, String secret) {}

    Started start(PersonId person, @Nullable AffiliationId acting, Origin origin) {
        String secret = Secret.random();
        Instant now = clock.instant();
        UUID id = jdbc.sql("""
                INSERT INTO identity.session (secret, person, acting, keycloak_session, subject, device, address, by_source, only_members,
                    started_at, seen_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?, ?, ?) RETURNING id""")
                .param(Secret.kept(secret))
                .param(person.value())
                .param(acting == null ? null : acting.value())
                .param(origin.keycloakSession())
                .param(origin.subject())
                .param(origin.device())
                .param(origin.address())
                .param(origin.reach().bySource())
                .param(origin.reach().array())
                .param(at(now))
                .param(at(now))
                .param(at(now.plus(settings.absolute())))
                .query(UUID.class)
                .single();
        return new Started(id, secret);
    }

    /**
     * The session that this cookie opens now, with its capacity as it stands now.
     *
     * @param used whether somebody is at it: what a page asks for by itself, with nobody there, does not keep a session alive
     */
    Optional<PortalSession> find(String secret, boolean used) {
        Instant now = clock.instant();
        Optional<PortalSession> found = jdbc.sql(SESSION + "WHERE s.secret = ? AND s.expires_at > ? AND s.seen_at > ?")
                .params(Secret.kept(secret), at(now), at(now.minus(settings.idle())))
                .query(SessionStore::session)
                .optional();
        found.filter(session -> used && session.seenAt().isBefore(now.minus(SEEN_EVERY)))
                .ifPresent(session -> jdbc.sql("UPDATE identity.session SET seen_at = ? WHERE id = ? AND seen_at < ?")
                        .params(at(now), session.id(), at(now.minus(SEEN_EVERY)))
                        .update());
        return found;
    }

    /** The same session read anew, after it changed. */
    Optional<PortalSession> again(UUID session) {
        return jdbc.sql(SESSION + "WHERE s.id = ?")
                .param(session)
                .query(SessionStore::session)
                .optional();
    }

    /** Ends the session of this cookie; Keycloak's name of it, when there was one. */
    Optional<String> end(String secret) {
        return jdbc.sql("DELETE FROM identity.session WHERE secret = ? RETURNING coalesce(keycloak_session, '')")
                .param(Secret.kept(secret))
                .query(String.class)
                .optional()
                .filter(session -> !session.isEmpty());
    }

    void end(UUID session) {
        jdbc.sql("DELETE FROM identity.session WHERE id = ?").param(session).update();
    }

    /** Ends what Keycloak says has ended: one session by its name, or all of a person. */
    int endAtKeycloak(@Nullable String session, @Nullable String subject) {
        return session == null
                ? jdbc.sql("DELETE FROM identity.session WHERE subject = ?")
                        .param(subject)
                        .update()
                : jdbc.sql("DELETE FROM identity.session WHERE keycloak_session = ?")
                        .param(session)
                        .update();
    }

    boolean actIn(UUID session, AffiliationId capacity) {
        return jdbc.sql("UPDATE identity.session SET acting = ? WHERE id = ?")
                        .params(capacity.value(), session)
                        .update()
                == 1;
    }

    /** Forgets what can no longer be used; harmless on any number of nodes at once. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forgetExpired() {
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM identity.session WHERE expires_at <= ? OR seen_at <= ?")
                .params(at(now), at(now.minus(settings.idle())))
                .update();
        jdbc.sql("DELETE FROM identity.sign_in WHERE expires_at <= ?")
                .param(at(now))
                .update();
    }

    private static PortalSession session(ResultSet row, int number) throws SQLException {
        UUID acting = row.getObject("acting", UUID.class);
        return new PortalSession(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                row.getString("language"),
                acting == null
                        ? null
                        : new PortalSession.Acting(
                                new AffiliationId(acting),
                                new MemberId(row.getObject("member", UUID.class)),
                                row.getBoolean("is_operator"),
                                roles((String[]) row.getArray("roles").getArray()),
                                row.getBoolean("invited")),
                row.getBoolean("nowhere"),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                reach(row));
    }

    private static Reach reach(ResultSet row) throws SQLException {
        Array only = row.getArray("only_members");
        return new Reach(row.getBoolean("by_source"), only == null ? null : List.of((UUID[]) only.getArray()));
    }

    private static Set<Role> roles(String[] codes) {
        return Stream.of(codes).map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
