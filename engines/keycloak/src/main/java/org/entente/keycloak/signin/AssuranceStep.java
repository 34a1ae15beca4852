package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;

/**
 * Nobody enters an application below the level of assurance it asks for. Who has no second factor yet sets one up here; what is never
 * given is refused to the application in so many words, as ProConnect does.
 */
final class AssuranceStep implements Authenticator {

    private final SecondFactorSetup setup = new SecondFactorSetup();

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (SamlRequests.answered(context)) {
            context.failure(
                    AuthenticationFlowError.ACCESS_DENIED,
                    context.form().setError("ententeRequestUsed").createErrorPage(Response.Status.BAD_REQUEST));
        } else if (Proofs.asked(context).outOfReach()) {
            LoginProtocol protocol = context.getSession()
                    .getProvider(
                            LoginProtocol.class,
                            context.getAuthenticationSession().getProtocol());
            protocol.setRealm(context.getRealm())
                    .setHttpHeaders(context.getHttpRequest().getHttpHeaders())
                    .setUriInfo(context.getUriInfo())
                    .setEventBuilder(context.getEvent());
            context.failure(
                    AuthenticationFlowError.ACCESS_DENIED,
                    protocol.sendError(
                            context.getAuthenticationSession(),
                            LoginProtocol.Error.LOA_INVALID,
                            "The level of assurance asked for is not given here"));
        } else if (Proofs.lacksSecondFactor(context)) {
            setup.offer(context);
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        setup.action(context);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // It is the person who chooses which.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
