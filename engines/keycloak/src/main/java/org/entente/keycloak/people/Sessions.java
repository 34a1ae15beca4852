package org.entente.keycloak.people;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.backchannel.Notices;
import org.entente.keycloak.cas.CasLogout;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Ends what a person holds through a capacity, and nothing else: client sessions, then user sessions left without any. */
final class Sessions {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final List<Notice> notices = new ArrayList<>();
    private final Set<Ended> ended = new HashSet<>();
    private int sessions;
    private int clientSessions;
    private int offlineSessions;

    Sessions(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** Which client session it was. */
    record Ended(String userSession, String client) {}

    /** Ends the client sessions that carry a capacity which is not among the live ones, or which gives that application no more. */
    void keepOnly(List<Capacity> live) {
        end(clientSession -> {
            String capacity = clientSession.getNote(Capacity.NOTE);
            return capacity != null
                    && Capacities.acting(live, capacity, clientSession.getClient())
                            .isEmpty();
        });
    }

    void endAll() {
        end(clientSession -> true);
    }

    /** Ends one user session and the offline one that was made of it. */
    void endOne(UserSessionModel online) {
        end(online, clientSession -> true);
    }

    Result.Cut cut() {
        return new Result.Cut(sessions, clientSessions, offlineSessions);
    }

    Set<Ended> ended() {
        return ended;
    }

    /** What applications are to be told, each once. */
    List<Notice> notices() {
        return Notices.distinct(notices);
    }

    private void end(Predicate<AuthenticatedClientSessionModel> ends) {
        // Lists, not streams: what is walked through is being removed.
        List<UserSessionModel> online =
                session.sessions().getUserSessionsStream(realm, user).toList();
        List<UserSessionModel> offline =
                session.sessions().getOfflineUserSessionsStream(realm, user).toList();
        online.forEach(userSession -> end(userSession, ends));
        offline.forEach(userSession -> end(userSession, ends));
    }

    private void end(UserSessionModel userSession, Predicate<AuthenticatedClientSessionModel> ends) {
        Map<String, AuthenticatedClientSessionModel> all = Map.copyOf(userSession.getAuthenticatedClientSessions());
        List<Map.Entry<String, AuthenticatedClientSessionModel>> ending = all.entrySet().stream()
                .filter(entry -> ends.test(entry.getValue()))
                .toList();
        if (ending.isEmpty() && !all.isEmpty()) {
            return;
        }
        ending.forEach(entry -> {
            ended.add(new Ended(userSession.getId(), entry.getKey()));
            if (CasWords.PROTOCOL.equals(entry.getValue().getClient().getProtocol())) {
                notices.addAll(CasLogout.notices(entry.getValue()));
            } else {
                notices.add(Notices.of(session, user, entry.getValue()));
            }
        });
        if (userSession.isOffline()) {
            offlineSessions += ending.size();
        } else {
            clientSessions += ending.size();
        }
        userSession.removeAuthenticatedClientSessions(
                ending.stream().map(Map.Entry::getKey).toList());
        if (ending.size() == all.size()) {
            remove(userSession);
        }
    }

    private void remove(UserSessionModel userSession) {
        if (userSession.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, userSession);
        } else {
            sessions++;
            session.sessions().removeUserSession(realm, userSession);
        }
    }
}
