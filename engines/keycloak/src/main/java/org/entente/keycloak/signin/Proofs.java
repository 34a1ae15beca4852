package org.entente.keycloak.signin;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.entente.keycloak.Assurance;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.claims.Factors;
import org.entente.keycloak.sources.Asserted;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The credentials a person has used in the session they are in or about to get, and whether they are what the application asks for. */
final class Proofs {

    /** Auth note: what the person sets up before this sign-in can end, and thereby proves. */
    private static final String SET_UP = "entente.set-up";

    private Proofs() {}

    /** Keeps them with the session, so that tokens can tell. */
    static void keep(AuthenticationFlowContext context) {
        Collection<String> used = used(context);
        if (!used.isEmpty()) {
            context.getAuthenticationSession().setUserSessionNote(Capacity.FACTORS, String.join(" ", used));
        }
    }

    /** The sign-in ends only once the person has done this, and thereby shown that they hold what they set up. */
    static void willSetUp(AuthenticationFlowContext context, String requiredAction, String credential) {
        context.getAuthenticationSession().addRequiredAction(requiredAction);
        RequiredActionProviderModel action = context.getRealm().getRequiredActionProviderByAlias(requiredAction);
        if (action != null && action.isEnabled()) {
            context.getAuthenticationSession().setAuthNote(SET_UP, credential);
        }
    }

    /** What the application asks for. */
    static Assurance asked(AuthenticationFlowContext context) {
        return Assurance.asked(
                context.getAuthenticationSession().getClient(), context.getAuthenticationSession()::getClientNote);
    }

    /** Whether two factors are asked for and less was proved until now. */
    static boolean lacksSecondFactor(AuthenticationFlowContext context) {
        return asked(context).needsSecondFactor()
                && !Factors.of(String.join(" ", used(context))).two();
    }

    private static Collection<String> used(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        Set<String> used = new LinkedHashSet<>();
        if (AuthenticatorUtil.isSSOAuthentication(signIn)) {
            // Who is signed in already has proved what they proved then; what comes now is added.
            UserSessionModel session = context.getSession()
                    .sessions()
                    .getUserSession(
                            context.getRealm(), signIn.getParentSession().getId());
            String before = session == null ? null : session.getNote(Capacity.FACTORS);
            if (before != null) {
                used.addAll(List.of(before.split(" ", -1)));
            }
        }
        String source = signIn.getUserSessionNotes().get(Asserted.METHODS);
        if (source != null) {
            used.add(Factors.SOURCE);
            for (String method : source.split(" ", -1)) {
                if (!method.isEmpty()) {
                    used.add(Factors.SAID_BY_SOURCE + method);
                }
            }
        }
        used.addAll(AuthenticatorUtil.getAuthnCredentials(signIn));
        String setUp = signIn.getAuthNote(SET_UP);
        if (setUp != null) {
            used.add(setUp);
        }
        return used;
    }
}
