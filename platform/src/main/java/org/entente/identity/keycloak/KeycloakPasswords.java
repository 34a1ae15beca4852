package org.entente.identity.keycloak;

import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.Passwords;
import org.entente.identity.SignInAccounts;
import org.springframework.stereotype.Component;

/** {@link Passwords} of people to be tried: they are not asked to change it, and it must wait until the person is in Keycloak. */
@Component
class KeycloakPasswords implements Passwords {

    private final SignInAccounts accounts;

    KeycloakPasswords(SignInAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean set(PersonId person, String password) {
        try {
            accounts.setInitialPassword(person, password, false);
            return true;
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND || refusal.kind() == Refusal.Kind.UNAVAILABLE) {
                return false;
            }
            throw refusal;
        }
    }
}
