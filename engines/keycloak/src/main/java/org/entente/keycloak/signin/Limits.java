package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Vouching;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** How far somebody comes by the word of their member's provider or directory alone: to what that member gave, and not to their account itself. */
final class Limits {

    /** Parameter of a request: that the person means to confirm. */
    private static final String CONFIRM = "entente_confirm";

    /** What is offered to who does not confirm now. */
    static final String ONLY = "only";

    private Limits() {}

    /** The members for which this sign-in counts; empty when it counts for all. */
    static Optional<Set<String>> only(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (AuthenticatorUtil.isSSOAuthentication(signIn)) {
            Vouching.carry(
                    context.getSession()
                            .sessions()
                            .getUserSession(
                                    context.getRealm(),
                                    signIn.getParentSession().getId()),
                    signIn);
        }
        return Vouching.only(context.getUser(), signIn);
    }

    /** The capacities of the person for which this sign-in counts. */
    static List<Capacity> capacities(AuthenticationFlowContext context) {
        Optional<Set<String>> only = only(context);
        return Capacities.of(context.getUser()).stream()
                .filter(capacity -> only.isEmpty() || only.get().contains(capacity.member()))
                .toList();
    }

    /** Whether the person has more than this sign-in counts for. */
    static boolean bite(AuthenticationFlowContext context) {
        return capacities(context).size() < Capacities.of(context.getUser()).size();
    }

    /**
     * Whether a password, a code or a passkey would be made or removed: these are the keys to all that the person has, and not for one member's provider to cut.
     */
    static boolean reachForTheAccount(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getClientNote(Constants.KC_ACTION) != null && bite(context);
    }

    static boolean asksToConfirm(AuthenticationFlowContext context) {
        return context.getAuthenticationSession()
                        .getClientNote(AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + CONFIRM)
                != null;
    }

    /** Says that they are to confirm first, and leads to where they do. Nobody has failed: to be shown by {@code forceChallenge}, which counts nothing. */
    static Response page(AuthenticationFlowContext context, String why) {
        ClientModel account = context.getRealm().getClientByClientId("account");
        String portal = account == null ? null : account.getBaseUrl();
        return context.form()
                .setAttribute("why", why)
                .setAttribute("confirmAt", portal == null ? "" : portal + "sign-in?level=confirmed")
                .createForm("entente-confirm-first.ftl");
    }

    /** Asks for the password by which they confirm, if they have one, and offers to go on for the member only. */
    static LoginFormsProvider confirmPage(
            AuthenticationFlowContext context, UserModel person, Vouching vouching, String label) {
        String member = Capacities.of(person).stream()
                .filter(capacity -> vouching.members().contains(capacity.member()))
                .map(Capacity::memberName)
                .findFirst()
                .orElse(label);
        return context.form()
                .setExecution(context.getExecution().getId())
                .setAttribute("sourceLabel", label)
                .setAttribute("memberName", member)
                .setAttribute("hasPassword", PasswordCheck.has(person));
    }
}
