package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.directory.ChangeSetId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications a departure takes from somebody: how each could be told, how it was, and whether it answered. */
@Component
class DepartureApps {

    private final JdbcClient jdbc;
    private final Catalog catalog;

    DepartureApps(JdbcClient jdbc, Catalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** How an application can be told of a departure, by its description; the word is kept. */
    enum Way {
        /** A part of the platform, which asks at every request. */
        OURS("ours"),
        GATEWAY("gateway"),
        OIDC_BACK_CHANNEL("oidc_back_channel"),
        SAML_SOAP("saml_soap"),
        CAS_LOGOUT("cas_logout"),
        /** Only in the browser of the person, who is not there. */
        BROWSER("browser"),
        /** Nothing but that its tokens are refused. */
        TOKEN("token"),
        /** Nothing but that no assertion is given any more. */
        ASSERTION("assertion"),
        LINK("link");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Way of(Service service, Map<String, String> settings) {
            return switch (service.signIn()) {
                case SignIn.BuiltIn ours -> OURS;
                case SignIn.Link link -> LINK;
                case SignIn.Gateway gateway -> GATEWAY;
                case SignIn.Cas cas -> CAS_LOGOUT;
                case SignIn.Saml saml ->
                    saml.singleLogoutSoap() != null
                            ? SAML_SOAP
                            : saml.singleLogoutService() != null ? BROWSER : ASSERTION;
                case SignIn.Oidc oidc -> of(oidc.logout(), settings);
            };
        }

        private static Way of(SignIn.@Nullable Logout logout, Map<String, String> settings) {
            if (settings.containsKey("backChannelLogout") || (logout != null && logout.backChannel() != null)) {
                return OIDC_BACK_CHANNEL;
            }
            return logout != null && logout.frontChannel() != null ? BROWSER : TOKEN;
        }
    }

    /**
     * One application of one departure, with what is alike of its notices put together.
     *
     * @param means {@code oidc_back_channel}, {@code saml_soap}, {@code cas_logout}, {@code none}; null where it was told nothing
     * @param state {@code waiting}, {@code answered}, {@code refused}, {@code silent}, {@code gone}, {@code untold}; null with {@code means}
     * @param sessions how many of it ended so
     * @param account how far its account is: {@code done} or {@code waiting}; null when it keeps none
     * @param cut whether the engine that signs people in has ended what there was, so that what is not here was not
     */
    record Row(
            UUID departure,
            String service,
            String way,
            @Nullable String means,
            @Nullable String state,
            int sessions,
            int attempts,
            @Nullable Instant at,
            @Nullable Instant nextAttemptAt,
            String detail,
            @Nullable String account,
            boolean cut) {}

    /** In the transaction of the cut: how each application of the departures of this change set can be told, as things stand now. */
    void keep(ChangeSetId changeSet) {
        List<Service> services = catalog.services();
        String[] ways = services.stream()
                .map(service -> Way.of(service, settings(service)).word())
                .toArray(String[]::new);
        jdbc.sql("""
                        INSERT INTO provisioning.departure_app (departure, service, way)
                        SELECT d.id, s.service, w.way FROM provisioning.departure d CROSS JOIN LATERAL unnest(d.services) AS s(service)
                        JOIN unnest(:services::text[], :ways::text[]) AS w(service, way) ON w.service = s.service
                        WHERE d.change_set = :changeSet AND d.state = 'cutting' ON CONFLICT DO NOTHING""")
                .param("services", services.stream().map(Service::id).toArray(String[]::new))
                .param("ways", ways)
                .param("changeSet", changeSet.value())
                .update();
    }

    List<Row> of(Collection<UUID> departures) {
        return jdbc.sql("""
                        WITH wanted AS (SELECT unnest(?::uuid[]) AS departure),
                        notice AS (
                            SELECT n.departure, n.service, n.means, n.state, count(*) AS sessions, max(n.attempts) AS attempts, max(n.at) AS at,
                                min(n.next_attempt_at) FILTER (WHERE n.state = 'waiting') AS next_attempt_at, max(n.detail) AS detail
                            FROM wanted JOIN provisioning.departure_notice n USING (departure) GROUP BY n.departure, n.service, n.means, n.state),
                        act AS (
                            SELECT t.departure, t.system, a.connector, t.state FROM wanted JOIN provisioning.departure_act t USING (departure)
                            JOIN provisioning.account a ON a.id = t.account),
                        app AS (
                            SELECT a.departure, a.service, a.way FROM wanted JOIN provisioning.departure_app a USING (departure)
                            UNION ALL SELECT DISTINCT n.departure, n.service, n.means FROM notice n WHERE NOT EXISTS (
                                SELECT FROM provisioning.departure_app a WHERE a.departure = n.departure AND a.service = n.service))
                        SELECT p.departure, p.service, p.way, n.means, n.state, coalesce(n.sessions, 0) AS sessions, coalesce(n.attempts, 0) AS attempts,
                            n.at, n.next_attempt_at, coalesce(n.detail, '') AS detail,
                            (SELECT t.state FROM act t WHERE t.departure = p.departure AND t.system = p.service) AS account,
                            NOT EXISTS (SELECT FROM act t WHERE t.departure = p.departure AND t.connector = 'keycloak' AND t.state <> 'done') AS cut
                        FROM app p LEFT JOIN notice n ON n.departure = p.departure AND n.service = p.service
                        ORDER BY p.departure, p.service, n.means, n.state""")
                .param(departures.stream().map(UUID::toString).toArray(String[]::new))
                .query(DepartureApps::row)
                .list();
    }

    /** A secret that cannot be found must not keep a departure from being cut. */
    private Map<String, String> settings(Service service) {
        try {
            return service.connector() == null ? Map.of() : catalog.settings(service.id());
        } catch (Refusal secret) {
            return Map.of();
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("departure", UUID.class),
                row.getString("service"),
                row.getString("way"),
                row.getString("means"),
                row.getString("state"),
                row.getInt("sessions"),
                row.getInt("attempts"),
                instant(row, "at"),
                instant(row, "next_attempt_at"),
                row.getString("detail"),
                row.getString("account"),
                row.getBoolean("cut"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
