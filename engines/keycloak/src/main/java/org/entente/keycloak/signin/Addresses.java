package org.entente.keycloak.signin;

import java.util.List;
import java.util.Locale;
import org.entente.keycloak.Capacities;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Finds whose a professional address is. */
final class Addresses {

    /** Auth note: the address that was typed, kept from page to page. */
    static final String NOTE = "entente.address";

    private static final String ATTRIBUTE = "address";
    private static final int LONGEST = 254;

    private Addresses() {}

    /** As it is compared, or null when it cannot be an address. */
    static @Nullable String normal(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String address = typed.strip().toLowerCase(Locale.ROOT);
        int at = address.indexOf('@');
        return at > 0 && at < address.length() - 1 && address.length() <= LONGEST ? address : null;
    }

    /** The one person with this address; nobody when it is unknown, or two people's while one takes it over from the other. */
    static @Nullable UserModel owner(KeycloakSession session, RealmModel realm, @Nullable String address) {
        if (address == null) {
            return null;
        }
        List<UserModel> found = having(session, realm, address);
        List<UserModel> enabled = found.stream().filter(UserModel::isEnabled).toList();
        if (enabled.size() == 1) {
            return enabled.getFirst();
        }
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** Those who have this address with this member now. */
    static List<UserModel> ownersAt(KeycloakSession session, RealmModel realm, String address, String member) {
        return having(session, realm, address).stream()
                .filter(UserModel::isEnabled)
                .filter(user -> Capacities.of(user).stream()
                        .anyMatch(capacity ->
                                capacity.member().equals(member) && address.equalsIgnoreCase(capacity.address())))
                .toList();
    }

    private static List<UserModel> having(KeycloakSession session, RealmModel realm, String address) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, ATTRIBUTE, address)
                .filter(user -> user.getServiceAccountClientLink() == null)
                .toList();
    }
}
