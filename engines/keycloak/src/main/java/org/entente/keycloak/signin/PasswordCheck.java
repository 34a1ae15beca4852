package org.entente.keycloak.signin;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Whether a password is this person's, with failures counted. Each way costs one hash, so that time tells nothing. */
final class PasswordCheck {

    private PasswordCheck() {}

    static boolean has(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }

    /** Why not, for the event; null when it is right. The page gives one answer for all. */
    static @Nullable String refusal(AuthenticationFlowContext context, @Nullable UserModel user, String password) {
        if (user == null) {
            AuthenticatorUtils.dummyHash(context);
            return Errors.USER_NOT_FOUND;
        }
        String locked = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (locked != null || !has(user)) {
            AuthenticatorUtils.dummyHash(context);
            return locked != null ? locked : Errors.INVALID_USER_CREDENTIALS;
        }
        if (!user.credentialManager().isValid(UserCredentialModel.password(password))) {
            return Errors.INVALID_USER_CREDENTIALS;
        }
        return user.isEnabled() ? null : Errors.USER_DISABLED;
    }

    /** Counts the failure against this person, if there is one. */
    static void failed(AuthenticationFlowContext context, @Nullable UserModel user, String refusal) {
        begin(context);
        if (user != null) {
            context.getEvent().user(user);
            // By this note Keycloak finds whose failure to count, once the step has ended.
            context.getAuthenticationSession()
                    .setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, user.getUsername());
        }
        context.getEvent().error(refusal);
    }

    /** Before anything is looked at: whose failure the last one was says nothing of this one. */
    static void begin(AuthenticationFlowContext context) {
        context.getAuthenticationSession().removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
    }
}
