package org.entente.keycloak.signin;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether somebody who is signed in already gives their second factor now, because this application asks for it. */
final class RaisesAssurance implements ConditionalAuthenticator {

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        return Proofs.lacksSecondFactor(context)
                && (SecondFactors.hasCodeOrKey(user) || SecondFactors.hasPasskey(user));
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
