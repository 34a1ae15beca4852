package org.entente.keycloak.signin;

import org.entente.keycloak.sources.Asserted;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whether a second factor is asked for after the password. Who has a passkey only, and need not have a second factor, may still
 * sign in by password on a device that does not hold it.
 */
final class AsksSecondFactor implements ConditionalAuthenticator {

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        if (SecondFactors.usedPasskey(context)) {
            return false;
        }
        if (SecondFactors.needed(user)) {
            // Whatever a member's source says was used: who has rights over others proves themselves here, too.
            return SecondFactors.hasCodeOrKey(user) || SecondFactors.hasPasskey(user);
        }
        return (SecondFactors.hasCodeOrKey(user) && !Asserted.severalFactors(context.getAuthenticationSession()))
                || (SecondFactors.hasPasskey(user) && Proofs.lacksSecondFactor(context));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Shows no page.
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Asks nothing to be set up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
