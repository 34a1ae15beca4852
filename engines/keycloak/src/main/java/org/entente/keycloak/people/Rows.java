package org.entente.keycloak.people;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.entente.keycloak.Database;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;

/** What Keycloak's own doors do not offer about the rows of users. */
final class Rows {

    private Rows() {}

    /**
     * Makes two batches about the same person wait for each other, on every node of a cluster: without it both would read the
     * same revision and the older could win. First by name, which also holds for people who have no row yet, then the rows of
     * those that exist, against Keycloak's own writers; always in the same order. Answers which exist.
     *
     * <p>The ids are one parameter to join with: of a list of hundreds the database, while its statistics lag behind thousands
     * of newcomers, compares every row with every one.
     */
    static Set<String> lock(KeycloakSession session, Collection<String> userIds) {
        if (userIds.isEmpty()) {
            return Set.of();
        }
        Database.of(session)
                .createNativeQuery("""
                        SELECT count(pg_advisory_xact_lock(key)) FROM (
                            SELECT hashtextextended(id, 0) AS key
                            FROM unnest(string_to_array(:ids, ',')) AS id ORDER BY key) AS keys""")
                .setParameter("ids", String.join(",", userIds))
                .getResultList();
        List<String> existing = Database.of(session)
                .createNativeQuery("""
                        SELECT u.id FROM unnest(string_to_array(:ids, ',')) AS wanted(id) JOIN user_entity u ON u.id = wanted.id
                        ORDER BY u.id FOR UPDATE OF u""", String.class)
                .setParameter("ids", String.join(",", userIds))
                .getResultList();
        return Set.copyOf(existing);
    }

    /**
     * Of these people, those who have a session, online or offline: few, so that the others need not be asked one by one. Where
     * Keycloak keeps online sessions in memory only, its tables do not know and everybody may have one.
     */
    static Set<String> withSessions(KeycloakSession session, String realmId, Collection<String> userIds) {
        if (userIds.isEmpty() || !Profile.isFeatureEnabled(Profile.Feature.PERSISTENT_USER_SESSIONS)) {
            return Set.copyOf(userIds);
        }
        List<String> found = Database.of(session)
                .createNativeQuery("""
                        SELECT DISTINCT s.user_id FROM unnest(string_to_array(:ids, ',')) AS wanted(id)
                        JOIN offline_user_session s ON s.user_id = wanted.id WHERE s.realm_id = :realm""", String.class)
                .setParameter("realm", realmId)
                .setParameter("ids", String.join(",", userIds))
                .getResultList();
        return Set.copyOf(found);
    }

    /** Writes what was changed and forgets it: each of Keycloak's own flushes looks at every row that is still remembered. */
    static void forget(KeycloakSession session) {
        EntityManager rows = Database.of(session);
        rows.flush();
        rows.clear();
    }

    /** People in the order of their usernames, service accounts left out. */
    static List<String> usernamesAfter(KeycloakSession session, String realmId, String after, int limit) {
        return Database.of(session)
                .createNativeQuery("""
                        SELECT username FROM user_entity
                        WHERE realm_id = :realm AND username > :after AND service_account_client_link IS NULL
                        ORDER BY username""", String.class)
                .setParameter("realm", realmId)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }
}
