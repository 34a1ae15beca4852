package org.entente.keycloak.people;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What Keycloak really holds, in the order of usernames, to be compared with what it should hold. */
final class Listing {

    private final KeycloakSession session;
    private final RealmModel realm;

    Listing(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    List<Row> page(String after, int limit) {
        return Rows.usernamesAfter(session, realm.getId(), after, limit).stream()
                .map(username -> session.users().getUserByUsername(realm, username))
                .map(Listing::row)
                .toList();
    }

    private static Row row(UserModel user) {
        return new Row(
                user.getUsername(),
                user.getId(),
                user.isEnabled(),
                PersonState.revision(user),
                PersonState.of(user).fingerprint());
    }

    record Row(String person, String userId, boolean enabled, long revision, String fingerprint) {}
}
