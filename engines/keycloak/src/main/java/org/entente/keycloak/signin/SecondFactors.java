package org.entente.keycloak.signin;

import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Who needs a second factor, and who has one. A passkey used to sign in is both factors by itself. */
final class SecondFactors {

    private static final String NEEDS = "needsSecondFactor";

    private SecondFactors() {}

    static boolean needed(UserModel user) {
        return Boolean.parseBoolean(user.getFirstAttribute(NEEDS));
    }

    static boolean usedPasskey(AuthenticationFlowContext context) {
        return AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                .contains(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    static boolean hasCodeOrKey(UserModel user) {
        return has(user, OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR);
    }

    static boolean hasPasskey(UserModel user) {
        return has(user, WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    private static boolean has(UserModel user, String... types) {
        return List.of(types).stream().anyMatch(user.credentialManager()::isConfiguredFor);
    }
}
