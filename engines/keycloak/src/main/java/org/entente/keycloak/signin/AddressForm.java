package org.entente.keycloak.signin;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.messages.Messages;

/**
 * First the professional address, then the password; a passkey at either page. An address nobody has is answered exactly like
 * one that somebody has, in words and in time.
 */
final class AddressForm extends UsernamePasswordForm {

    private static final String USERNAME = "username";
    private static final String BACK = "back";

    AddressForm(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserModel known = context.getUser();
        if (known != null && alreadyAuthenticatedUsingPasswordlessCredential(context)) {
            context.success();
            return;
        }
        if (known != null) {
            // Signing in again, before something that matters: the address is known.
            String address = known.getEmail();
            context.getAuthenticationSession().setAuthNote(Addresses.NOTE, address == null ? "" : address);
            context.challenge(passwordPage(context, null));
            return;
        }
        context.challenge(addressPage(
                context, context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM), null));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("authenticatorData") || form.containsKey("error")) {
            webauthnAuth.action(context);
        } else if (form.containsKey(BACK)) {
            context.clearUser();
            context.challenge(
                    addressPage(context, context.getAuthenticationSession().getAuthNote(Addresses.NOTE), null));
        } else if (form.containsKey(CredentialRepresentation.PASSWORD)) {
            password(context, form.getFirst(CredentialRepresentation.PASSWORD));
        } else {
            address(context, form.getFirst(USERNAME));
        }
    }

    private void address(AuthenticationFlowContext context, @Nullable String typed) {
        String address = Addresses.normal(typed);
        if (address == null) {
            context.forceChallenge(addressPage(context, typed, "ententeAddressInvalid"));
            return;
        }
        context.getAuthenticationSession().setAuthNote(Addresses.NOTE, address);
        context.forceChallenge(passwordPage(context, null));
    }

    private void password(AuthenticationFlowContext context, @Nullable String password) {
        UserModel user = context.getUser() != null
                ? context.getUser()
                : Addresses.owner(
                        context.getSession(),
                        context.getRealm(),
                        context.getAuthenticationSession().getAuthNote(Addresses.NOTE));
        if (password == null || password.isEmpty()) {
            context.forceChallenge(passwordPage(context, "ententePasswordMissing"));
            return;
        }
        String refusal = refusal(context, user, password);
        if (refusal == null && user != null) {
            context.setUser(user);
            context.success(PasswordCredentialModel.TYPE);
            return;
        }
        if (user != null) {
            context.getEvent().user(user);
            // By this note Keycloak finds whose failures to count.
            context.getAuthenticationSession().setAuthNote(ATTEMPTED_USERNAME, user.getUsername());
        }
        context.getEvent().error(refusal == null ? Errors.USER_NOT_FOUND : refusal);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS, passwordPage(context, "ententePasswordWrong"));
        context.getAuthenticationSession().removeAuthNote(ATTEMPTED_USERNAME);
    }

    /** Why not, for the event; the page gives one answer for all. Each way costs one hash, so that time tells nothing. */
    private static @Nullable String refusal(
            AuthenticationFlowContext context, @Nullable UserModel user, String password) {
        if (user == null) {
            AuthenticatorUtils.dummyHash(context);
            return Errors.USER_NOT_FOUND;
        }
        String locked = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (locked != null || !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)) {
            AuthenticatorUtils.dummyHash(context);
            return locked != null ? locked : Errors.INVALID_USER_CREDENTIALS;
        }
        if (!user.credentialManager().isValid(org.keycloak.models.UserCredentialModel.password(password))) {
            return Errors.INVALID_USER_CREDENTIALS;
        }
        return user.isEnabled() ? null : Errors.USER_DISABLED;
    }

    private Response addressPage(AuthenticationFlowContext context, @Nullable String address, @Nullable String error) {
        LoginFormsProvider form = page(context, error, USERNAME);
        form.setAttribute("address", address == null ? "" : address);
        return form.createForm("entente-address.ftl");
    }

    private Response passwordPage(AuthenticationFlowContext context, @Nullable String error) {
        LoginFormsProvider form = page(context, error, CredentialRepresentation.PASSWORD);
        form.setAttribute("address", context.getAuthenticationSession().getAuthNote(Addresses.NOTE));
        form.setAttribute("again", context.getUser() != null);
        return form.createForm("entente-password.ftl");
    }

    private LoginFormsProvider page(AuthenticationFlowContext context, @Nullable String error, String field) {
        LoginFormsProvider form =
                context.form().setExecution(context.getExecution().getId());
        if (webauthnAuth.isPasskeysEnabled()) {
            webauthnAuth.fillContextForm(context);
        }
        if (error != null) {
            form.addError(new FormMessage(field, error));
        }
        return form;
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        // A passkey that was not accepted: back to the first page, with the reason.
        form.setAttribute("address", "");
        return form.createForm("entente-address.ftl");
    }

    @Override
    protected String getDefaultChallengeMessage(AuthenticationFlowContext context) {
        return Messages.INVALID_USER;
    }
}
