package org.entente.keycloak.signin;

import java.util.Optional;
import org.entente.keycloak.sources.Directories;
import org.entente.keycloak.sources.Directory;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;

/** A forgotten password begins with the professional address; whether somebody has it is never told. */
final class ForgottenAddress implements Authenticator {

    private static final String OURS = "ours";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        String fromLink = context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        if (fromLink != null) {
            context.setUser(context.getSession().users().getUserById(context.getRealm(), fromLink));
            context.success();
            return;
        }
        page(context, context.getAuthenticationSession().getAuthNote(Addresses.NOTE), null);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        String typed = context.getHttpRequest().getDecodedFormParameters().getFirst("username");
        String address = Addresses.normal(typed);
        if (address == null) {
            page(context, typed, "ententeAddressInvalid");
            return;
        }
        Optional<Directory> directory = Directories.inService(context.getRealm(), address);
        if (directory.isPresent()
                && !context.getHttpRequest().getDecodedFormParameters().containsKey(OURS)) {
            // The same for every address of the domain: whether somebody has it is not told here either.
            context.forceChallenge(context.form()
                    .setAttribute("address", address)
                    .setAttribute("directoryLabel", directory.get().label())
                    .createForm("entente-forgotten-directory.ftl"));
            return;
        }
        UserModel user = Addresses.owner(context.getSession(), context.getRealm(), address);
        if (user != null && !new HomeRealm(context).passwordCounts(user, address) && directory.isPresent()) {
            // A password of ours would open nothing to them.
            user = null;
        }
        context.getAuthenticationSession().setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, address);
        if (user == null || !user.isEnabled()) {
            context.getEvent()
                    .clone()
                    .detail(Details.USERNAME, address)
                    .error(user == null ? Errors.USER_NOT_FOUND : Errors.USER_DISABLED);
            context.clearUser();
        } else {
            context.setUser(user);
        }
        context.success();
    }

    private static void page(AuthenticationFlowContext context, @Nullable String address, @Nullable String error) {
        var form = context.form().setAttribute("address", address == null ? "" : address);
        if (error != null) {
            form.addError(new FormMessage("username", error));
        }
        context.forceChallenge(form.createForm("entente-forgotten.ftl"));
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
