package org.entente.keycloak.signin;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Who needs a second factor and has none chooses one, by a code or by a passkey, before the sign-in goes on. */
final class SecondFactorSetup implements Authenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        boolean ready = !(SecondFactors.needed(user) || Proofs.lacksSecondFactor(context))
                || SecondFactors.usedPasskey(context)
                || SecondFactors.hasCodeOrKey(user)
                || SecondFactors.hasPasskey(user);
        if (ready) {
            context.success();
        } else {
            offer(context);
        }
    }

    void offer(AuthenticationFlowContext context) {
        if (Limits.bite(context) && PasswordCheck.has(context.getUser())) {
            context.forceChallenge(Limits.page(context, "ententeConfirmFirstAccount"));
            return;
        }
        context.challenge(context.form()
                .setAttribute("passkeyToo", mayUsePasskey(context))
                .createForm("entente-second-factor.ftl"));
    }

    /** A passkey opens all that the person has: whoever came by the word of one member's source alone must not make one. */
    private static boolean mayUsePasskey(AuthenticationFlowContext context) {
        return !Limits.bite(context);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        String choice = context.getHttpRequest().getDecodedFormParameters().getFirst("factor");
        if ("passkey".equals(choice) && mayUsePasskey(context)) {
            Proofs.willSetUp(
                    context,
                    WebAuthnPasswordlessRegisterFactory.PROVIDER_ID,
                    WebAuthnCredentialModel.TYPE_PASSWORDLESS);
            context.success();
        } else if ("code".equals(choice) && (mayUsePasskey(context) || !PasswordCheck.has(context.getUser()))) {
            Proofs.willSetUp(context, UserModel.RequiredAction.CONFIGURE_TOTP.name(), OTPCredentialModel.TYPE);
            context.success();
        } else {
            offer(context);
        }
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
