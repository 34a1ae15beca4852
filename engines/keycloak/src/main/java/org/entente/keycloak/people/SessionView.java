package org.entente.keycloak.people;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.backchannel.Entered;
import org.jspecify.annotations.Nullable;
import org.keycloak.device.DeviceActivityManager;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.account.DeviceRepresentation;

/** One Keycloak session of a person, and the apps it was used for. */
record SessionView(
        String id,
        boolean offline,
        @Nullable String address,
        @Nullable String device,
        String since,
        String lastSeen,
        List<App> apps) {

    record App(
            String clientId,
            @Nullable String name,
            @Nullable String capacity) {}

    static List<SessionView> of(KeycloakSession session, RealmModel realm, UserModel user) {
        return Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                // What is being signed out at a member's provider is open nowhere.
                .filter(one -> one.getState() != UserSessionModel.State.LOGGING_OUT)
                .map(SessionView::of)
                .toList();
    }

    static List<App> entered(KeycloakSession session, RealmModel realm, UserModel user) {
        return Entered.of(session, List.of(user.getId())).stream()
                .flatMap(entry -> Stream.ofNullable(realm.getClientById(entry.client()))
                        .map(client -> new App(client.getClientId(), client.getName(), entry.capacity())))
                .distinct()
                .toList();
    }

    private static SessionView of(UserSessionModel session) {
        return new SessionView(
                session.getId(),
                session.isOffline(),
                session.getIpAddress(),
                device(session),
                instant(session.getStarted()),
                instant(session.getLastSessionRefresh()),
                session.getAuthenticatedClientSessions().values().stream()
                        .map(SessionView::app)
                        .toList());
    }

    private static App app(AuthenticatedClientSessionModel clientSession) {
        return new App(
                clientSession.getClient().getClientId(),
                clientSession.getClient().getName(),
                clientSession.getNote(Capacity.NOTE));
    }

    private static @Nullable String device(UserSessionModel session) {
        DeviceRepresentation device = DeviceActivityManager.getCurrentDevice(session);
        return device == null ? null : device.getBrowser() + ", " + device.getOs();
    }

    private static String instant(int seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
