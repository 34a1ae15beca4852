package org.entente.keycloak.backchannel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Database;
import org.entente.keycloak.Json;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * Which applications somebody entered in which capacity, and by what each knows that session of its own (sid and sub, session index and name,
 * CAS tickets): kept when they enter, so that it does not matter what ends the session here (a sign-out, the time, an administrator), since the application's own may last.
 * Kept until {@link #AFTER} has passed since a session that began then can have ended at the latest.
 */
public final class Entered {

    /** As long as a session here lasts at most, and an assertion of SAML lets one last elsewhere. */
    private static final Duration AFTER = Duration.ofHours(12);

    /** Entering again, or a token that is refreshed, is written down once in this time. */
    private static final Duration AGAIN = Duration.ofHours(1);

    /** Client session note: when it was last written down, and for which capacity. */
    private static final String NOTED = "entente.entered";

    private Entered() {}

    /**
     * One client session that was.
     *
     * @param client id of its row
     * @param notices what the application is to be told of its end
     */
    public record Session(String userSession, String client, String person, String capacity, List<Notice> notices) {}

    /** Keeps that somebody has entered; of a client session that is used in a capacity and really kept. */
    public static void keep(
            KeycloakSession session, AuthenticatedClientSessionModel clientSession, List<Notice> notices) {
        UserSessionModel userSession = clientSession.getUserSession();
        String capacity = clientSession.getNote(Capacity.NOTE);
        if (capacity == null
                || notices.isEmpty()
                || userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT) {
            return;
        }
        RealmModel realm = session.getContext().getRealm();
        long until = Time.currentTime() + longest(realm) + AFTER.toSeconds();
        Database.of(session)
                .createNativeQuery("""
                        INSERT INTO entente_entered (user_session, client, realm, person, capacity, notices, kept_until)
                        VALUES (:session, :client, :realm, :person, :capacity, :notices, :until)
                        ON CONFLICT (user_session, client) DO UPDATE
                        SET person = EXCLUDED.person, capacity = EXCLUDED.capacity, notices = EXCLUDED.notices, kept_until = EXCLUDED.kept_until""")
                .setParameter("session", userSession.getId())
                .setParameter("client", clientSession.getClient().getId())
                .setParameter("realm", realm.getId())
                .setParameter("person", userSession.getUser().getId())
                .setParameter("capacity", capacity)
                .setParameter("notices", Json.write(notices))
                .setParameter("until", until)
                .executeUpdate();
        clientSession.setNote(NOTED, Time.currentTime() + " " + capacity);
    }

    /** Whether {@link #keep} has something new to write down. */
    public static boolean isDue(AuthenticatedClientSessionModel clientSession) {
        String capacity = clientSession.getNote(Capacity.NOTE);
        String noted = clientSession.getNote(NOTED);
        if (capacity == null || noted == null) {
            return capacity != null;
        }
        String[] words = noted.split(" ", 2);
        return !words[1].equals(capacity) || Time.currentTime() - Long.parseLong(words[0]) > AGAIN.toSeconds();
    }

    /** What is known of these people, whether their sessions go on or have ended. */
    public static List<Session> of(KeycloakSession session, Collection<String> people) {
        return people.isEmpty()
                ? List.of()
                : found(
                        session,
                        "JOIN unnest(string_to_array(:ids, ',')) AS wanted(id) ON e.person = wanted.id",
                        String.join(",", people));
    }

    /** What is known of one user session, also when it has ended. */
    public static List<Session> ofSession(KeycloakSession session, String userSession) {
        return found(session, "JOIN (SELECT :ids AS id) AS wanted ON e.user_session = wanted.id", userSession);
    }

    /** They have been told, or are told elsewhere. */
    public static void forget(KeycloakSession session, Collection<Session> told) {
        for (Session one : told) {
            Database.of(session)
                    .createNativeQuery("DELETE FROM entente_entered WHERE user_session = :session AND client = :client")
                    .setParameter("session", one.userSession())
                    .setParameter("client", one.client())
                    .executeUpdate();
        }
    }

    /** What is too old to be of use. */
    public static void clear(KeycloakSession session) {
        Database.of(session)
                .createNativeQuery("DELETE FROM entente_entered WHERE kept_until < :now")
                .setParameter("now", (long) Time.currentTime())
                .executeUpdate();
    }

    private static List<Session> found(KeycloakSession session, String join, String ids) {
        List<Object[]> rows = Database.of(session)
                .createNativeQuery(
                        "SELECT e.user_session, e.client, e.person, e.capacity, e.notices FROM entente_entered e "
                                + join
                                + " WHERE e.realm = :realm AND e.kept_until >= :now ORDER BY e.user_session, e.client",
                        Object[].class)
                .setParameter("ids", ids)
                .setParameter("realm", session.getContext().getRealm().getId())
                .setParameter("now", (long) Time.currentTime())
                .getResultList();
        return rows.stream()
                .map(row -> new Session(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        List.of(Json.read((String) row[4], Notice[].class))))
                .toList();
    }

    private static long longest(RealmModel realm) {
        return Math.max(realm.getSsoSessionMaxLifespan(), realm.getSsoSessionMaxLifespanRememberMe());
    }
}
