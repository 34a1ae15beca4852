package org.entente.keycloak.signin;

import java.util.List;
import java.util.Map;
import org.entente.keycloak.Json;
import org.entente.keycloak.sources.Sources;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sign-in as code. A flow's name ends with the hash of what it says: a changed flow is a new one, bound in one step; the one
 * before it stays for those who are in the middle of it, and goes at the change after.
 */
public final class SignInFlows {

    private static final String PREFIX = "entente ";

    private static final Node SECOND_FACTOR = flow(
            "second factor",
            Requirement.CONDITIONAL,
            step(Step.SecondFactor.ID, Requirement.REQUIRED),
            step("auth-otp-form", Requirement.ALTERNATIVE),
            step("webauthn-authenticator", Requirement.ALTERNATIVE),
            step("webauthn-authenticator-passwordless", Requirement.ALTERNATIVE));

    /** For an application that asks for two factors, also of somebody who is signed in already. */
    private static final Node RAISE = flow(
            "raise assurance",
            Requirement.CONDITIONAL,
            step(Step.Raise.ID, Requirement.REQUIRED),
            step("auth-otp-form", Requirement.ALTERNATIVE),
            step("webauthn-authenticator", Requirement.ALTERNATIVE),
            step("webauthn-authenticator-passwordless", Requirement.ALTERNATIVE));

    private static final Node SIGN_IN = flow(
            "sign-in",
            Requirement.REQUIRED,
            flow(
                    "who",
                    Requirement.REQUIRED,
                    step("auth-cookie", Requirement.ALTERNATIVE),
                    flow(
                            "forms",
                            Requirement.ALTERNATIVE,
                            step(Step.Address.ID, Requirement.REQUIRED),
                            SECOND_FACTOR,
                            step(Step.Setup.ID, Requirement.REQUIRED))),
            RAISE,
            step(Step.Assured.ID, Requirement.REQUIRED),
            step(Step.InCapacity.ID, Requirement.REQUIRED));

    /** The first time that an account of a member's source comes in: whose it is. */
    private static final Node SOURCE_FIRST =
            flow("source first", Requirement.REQUIRED, step(Step.Link.ID, Requirement.REQUIRED));

    /** After every sign-in through a member's source; the rest is as with a password. */
    private static final Node SOURCE_EVERY = flow(
            "source every",
            Requirement.REQUIRED,
            step(Step.Guard.ID, Requirement.REQUIRED),
            SECOND_FACTOR,
            step(Step.Setup.ID, Requirement.REQUIRED),
            RAISE,
            step(Step.Assured.ID, Requirement.REQUIRED),
            step(Step.InCapacity.ID, Requirement.REQUIRED));

    private static final Node FORGOTTEN = flow(
            "forgotten password",
            Requirement.REQUIRED,
            step(Step.Forgotten.ID, Requirement.REQUIRED),
            // Signing in again afterwards: a mailbox must never stand for the second factor.
            new Node("reset-credential-email", Requirement.REQUIRED, Map.of("force-login", "true"), null),
            step("reset-password", Requirement.REQUIRED));

    private final KeycloakSession session;
    private final RealmModel realm;

    public SignInFlows(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Makes what is missing and binds it. Answers which flows are bound now. */
    public Map<String, String> apply() {
        AuthenticationFlowModel signIn = made(SIGN_IN);
        AuthenticationFlowModel forgotten = made(FORGOTTEN);
        AuthenticationFlowModel sourceFirst = made(SOURCE_FIRST);
        AuthenticationFlowModel sourceEvery = made(SOURCE_EVERY);
        AuthenticationFlowModel before = realm.getBrowserFlow();
        realm.setBrowserFlow(signIn);
        realm.setResetCredentialsFlow(forgotten);
        Sources.bindFlows(session, realm, sourceFirst.getId(), sourceEvery.getId());
        forget(List.of(
                signIn.getAlias(),
                forgotten.getAlias(),
                sourceFirst.getAlias(),
                sourceEvery.getAlias(),
                before == null ? signIn.getAlias() : before.getAlias()));
        return Map.of("signIn", signIn.getAlias(), "forgottenPassword", forgotten.getAlias());
    }

    private AuthenticationFlowModel made(Node node) {
        String alias = PREFIX + node.name() + " " + node.hash();
        AuthenticationFlowModel there = realm.getFlowByAlias(alias);
        if (there != null) {
            return there;
        }
        AuthenticationFlowModel flow = realm.addAuthenticationFlow(flowModel(alias, true));
        addChildren(flow, alias, node);
        return flow;
    }

    private void addChildren(AuthenticationFlowModel parent, String alias, Node node) {
        int priority = 10;
        for (Node child : node.children() == null ? List.<Node>of() : node.children()) {
            AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
            execution.setParentFlow(parent.getId());
            execution.setRequirement(child.requirement());
            execution.setPriority(priority);
            priority += 10;
            if (child.children() == null) {
                execution.setAuthenticator(child.name());
                execution.setAuthenticatorConfig(config(alias, child));
            } else {
                String childAlias = alias + " " + child.name();
                AuthenticationFlowModel flow = realm.addAuthenticationFlow(flowModel(childAlias, false));
                execution.setAuthenticatorFlow(true);
                execution.setFlowId(flow.getId());
                addChildren(flow, alias, child);
            }
            realm.addAuthenticatorExecution(execution);
        }
    }

    private @Nullable String config(String alias, Node child) {
        if (child.settings().isEmpty()) {
            return null;
        }
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setAlias(alias + " " + child.name());
        config.setConfig(child.settings());
        return realm.addAuthenticatorConfig(config).getId();
    }

    private void forget(List<String> kept) {
        List<AuthenticationFlowModel> old = realm.getAuthenticationFlowsStream()
                .filter(flow -> flow.isTopLevel() && flow.getAlias().startsWith(PREFIX))
                .filter(flow -> !kept.contains(flow.getAlias()))
                .toList();
        old.forEach(flow ->
                KeycloakModelUtils.deepDeleteAuthenticationFlow(session, realm, flow, () -> {}, () -> {}, false));
    }

    private static AuthenticationFlowModel flowModel(String alias, boolean topLevel) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setAlias(alias);
        flow.setDescription("Made by Entente; changes here are not kept");
        flow.setProviderId("basic-flow");
        flow.setTopLevel(topLevel);
        flow.setBuiltIn(false);
        return flow;
    }

    private static Node flow(String name, Requirement requirement, Node... children) {
        return new Node(name, requirement, Map.of(), List.of(children));
    }

    private static Node step(String authenticator, Requirement requirement) {
        return new Node(authenticator, requirement, Map.of(), null);
    }

    /** A step, or a flow of steps when it has children. */
    private record Node(
            String name,
            Requirement requirement,
            Map<String, String> settings,
            @Nullable List<Node> children) {

        String hash() {
            return Json.sha256(Json.write(this)).substring(0, 8);
        }
    }
}
