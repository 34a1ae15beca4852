package org.entente.keycloak.signin;

import java.util.List;
import java.util.Optional;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;

/**
 * In which capacity does the person use this app? Runs at every entry into an app, also when the person is signed in already:
 * one capacity fits → it is taken; several → the one asked for by the app, the one remembered, or a page to choose; none → a page
 * that says so. The answer goes into the note {@link Capacity#NOTE} of the client session, and so dies with it.
 */
final class CapacityStep implements Authenticator {

    /** User attribute, followed by the client's id: the capacity last chosen there. */
    private static final String REMEMBERED = "entente.choice.";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Proofs.keep(context);
        ClientModel client = context.getAuthenticationSession().getClient();
        Limits.only(context);
        if (Limits.reachForTheAccount(context)) {
            context.forceChallenge(Limits.page(context, "ententeConfirmFirstAccount"));
            return;
        }
        if (Capacities.exempts(client)) {
            context.success();
            return;
        }
        List<Capacity> fitting = fitting(context);
        if (fitting.isEmpty()
                && !giving(context, Capacities.of(context.getUser())).isEmpty()) {
            context.forceChallenge(Limits.page(context, "ententeConfirmFirstOthers"));
            return;
        }
        if (fitting.isEmpty()) {
            context.failureChallenge(
                    AuthenticationFlowError.ACCESS_DENIED,
                    context.form()
                            .setAttribute(
                                    "hasOthers",
                                    !Capacities.of(context.getUser()).isEmpty())
                            .createForm("entente-no-capacity.ftl"));
            return;
        }
        decided(context, client, fitting)
                .ifPresentOrElse(capacity -> take(context, capacity), () -> ask(context, fitting));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        var form = context.getHttpRequest().getDecodedFormParameters();
        String chosen = form.getFirst("capacity");
        List<Capacity> fitting = fitting(context);
        Optional<Capacity> capacity =
                fitting.stream().filter(one -> one.id().equals(chosen)).findFirst();
        if (capacity.isEmpty()) {
            // Ended meanwhile, or never offered: the choice is offered anew.
            authenticate(context);
            return;
        }
        ClientModel client = context.getAuthenticationSession().getClient();
        if (form.containsKey("remember")) {
            context.getUser().setSingleAttribute(REMEMBERED + client.getClientId(), chosen);
        } else {
            context.getUser().removeAttribute(REMEMBERED + client.getClientId());
        }
        take(context, capacity.get());
    }

    private static List<Capacity> fitting(AuthenticationFlowContext context) {
        List<Capacity> giving = giving(context, Limits.capacities(context));
        String siret = parameter(context, "siret_hint");
        if (siret == null) {
            return giving;
        }
        List<Capacity> there =
                giving.stream().filter(capacity -> capacity.isAt(siret)).toList();
        // A hint is not a rule: when nothing fits it, the person chooses.
        return there.isEmpty() ? giving : there;
    }

    private static List<Capacity> giving(AuthenticationFlowContext context, List<Capacity> capacities) {
        String service = Capacities.service(context.getAuthenticationSession().getClient());
        return capacities.stream().filter(capacity -> capacity.gives(service)).toList();
    }

    private static Optional<Capacity> decided(
            AuthenticationFlowContext context, ClientModel client, List<Capacity> fitting) {
        if (fitting.size() == 1) {
            return Optional.of(fitting.getFirst());
        }
        String hint = parameter(context, "capacity_hint");
        Optional<Capacity> hinted =
                fitting.stream().filter(capacity -> capacity.id().equals(hint)).findFirst();
        if (hinted.isPresent() || asksToChoose(context)) {
            return hinted;
        }
        String remembered = context.getUser().getFirstAttribute(REMEMBERED + client.getClientId());
        return fitting.stream()
                .filter(capacity -> capacity.id().equals(remembered))
                .findFirst();
    }

    private static boolean asksToChoose(AuthenticationFlowContext context) {
        String prompt = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        return prompt != null && List.of(prompt.split(" ", -1)).contains("select_account");
    }

    private static void ask(AuthenticationFlowContext context, List<Capacity> fitting) {
        String before = context.getUser()
                .getFirstAttribute(REMEMBERED
                        + context.getAuthenticationSession().getClient().getClientId());
        context.challenge(context.form()
                .setAttribute("capacities", fitting)
                .setAttribute("chosen", before == null ? "" : before)
                .createForm("entente-capacity.ftl"));
    }

    private static void take(AuthenticationFlowContext context, Capacity capacity) {
        context.getAuthenticationSession().setClientNote(Capacity.NOTE, capacity.id());
        SamlRequests.answer(context);
        context.success();
    }

    private static @Nullable String parameter(AuthenticationFlowContext context, String name) {
        return context.getAuthenticationSession()
                .getClientNote(AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + name);
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
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
