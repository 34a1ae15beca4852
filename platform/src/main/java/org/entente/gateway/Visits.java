package org.entente.gateway;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.identity.PortalSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Who is inside which application. Nothing is remembered between two requests: each asks whether it still holds. */
@Component
class Visits {

    /** A visit in use tells the portal's session so at most this often. */
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private static final Map<String, String> POPULATIONS =
            Map.of("agent", "agent", "elu", "elu", "partner", "partenaire", "trainee", "stagiaire");

    private final JdbcClient jdbc;
    private final PortalSessions sessions;
    private final Clock clock;

    Visits(JdbcClient jdbc, PortalSessions sessions, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The visit that this cookie opens now, in this application and no other. */
    Optional<Visit> find(@Nullable String secret, App app) {
        if (secret == null) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT * FROM gateway.visit WHERE secret = ? AND service = ?")
                .params(Secret.kept(secret), app.id())
                .query(Visits::visit)
                .optional()
                .filter(visit -> visit.seenAt().isAfter(clock.instant().minus(TELL_EVERY))
                        || sessions.used(visit.portalSession()));
    }

    /** What the application would be told of whoever acts in this capacity; empty when it gives no right to it. */
    Optional<Map<String, List<String>>> words(App app, AffiliationId capacity) {
        return jdbc.sql("""
                        SELECT a.person, a.kind, a.address, a.phone, p.given_name, p.usual_name, m.siren, m.siret, u.full_name AS unit,
                               ARRAY(SELECT e.role FROM access.v_entitlement e
                                     WHERE e.affiliation = a.id AND e.service = :service ORDER BY e.role) AS roles
                        FROM directory.v_affiliation a
                        JOIN directory.v_person p ON p.id = a.person
                        JOIN directory.v_member m ON m.id = a.member
                        LEFT JOIN directory.v_unit u ON u.id = a.unit
                        WHERE a.id = :capacity AND a.live""")
                .param("service", app.id())
                .param("capacity", capacity.value())
                .query((row, n) -> words(row))
                .optional()
                .filter(words -> words.containsKey("roles"));
    }

    /** Lets somebody in who was found to have the right; gives the secret for the cookie. */
    String start(App app, UUID portalSession, UUID capacity) {
        String secret = Secret.random();
        jdbc.sql(
                        "INSERT INTO gateway.session (secret, service, portal_session, capacity, started_at) VALUES (?, ?, ?, ?, ?)")
                .params(Secret.kept(secret), app.id(), portalSession, capacity, OffsetDateTime.now(clock))
                .update();
        return secret;
    }

    void end(String secret) {
        jdbc.sql("DELETE FROM gateway.session WHERE secret = ?")
                .param(Secret.kept(secret))
                .update();
    }

    /** Those of these visits that still hold. */
    Set<UUID> holding(Collection<UUID> visits) {
        return jdbc.sql("SELECT v.id FROM unnest(?::uuid[]) AS asked(id) JOIN gateway.visit v USING (id)")
                .param(visits.toArray(UUID[]::new))
                .query(UUID.class)
                .set();
    }

    /** Forgets what can no longer be used; harmless on any number of nodes at once. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        jdbc.sql(
                        "DELETE FROM gateway.session g WHERE NOT EXISTS (SELECT FROM identity.v_session s WHERE s.id = g.portal_session)")
                .update();
        jdbc.sql(
                        "DELETE FROM gateway.proof f WHERE NOT EXISTS (SELECT FROM identity.v_session s WHERE s.id = f.portal_session)")
                .update();
        jdbc.sql("DELETE FROM gateway.code WHERE expires_at <= ?")
                .param(OffsetDateTime.now(clock))
                .update();
    }

    private static Visit visit(ResultSet row, int n) throws SQLException {
        Instant seen = row.getObject("seen_at", OffsetDateTime.class).toInstant();
        return new Visit(
                row.getObject("id", UUID.class),
                row.getObject("person", UUID.class),
                new AffiliationId(row.getObject("capacity", UUID.class)),
                row.getObject("portal_session", UUID.class),
                seen,
                words(row));
    }

    private static Map<String, List<String>> words(ResultSet row) throws SQLException {
        Map<String, List<String>> words = new HashMap<>();
        put(words, "uid", row.getString("person"));
        put(words, "givenName", row.getString("given_name"));
        put(words, "sn", row.getString("usual_name"));
        put(words, "mail", row.getString("address"));
        put(words, "telephoneNumber", row.getString("phone"));
        put(words, "siret", row.getString("siret"));
        put(words, "siren", row.getString("siren"));
        put(words, "organizational_unit", row.getString("unit"));
        put(words, "belonging_population", POPULATIONS.get(row.getString("kind")));
        Array roles = row.getArray("roles");
        List<String> all = List.of((String[]) roles.getArray());
        if (!all.isEmpty()) {
            words.put("roles", all);
        }
        return words;
    }

    private static void put(Map<String, List<String>> words, String word, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            words.put(word, List.of(value));
        }
    }
}
