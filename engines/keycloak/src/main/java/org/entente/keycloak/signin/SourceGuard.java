package org.entente.keycloak.signin;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Vouching;
import org.entente.keycloak.sources.Asserted;
import org.entente.keycloak.sources.PartnersDoor;
import org.entente.keycloak.sources.Refusals;
import org.entente.keycloak.sources.Source;
import org.entente.keycloak.sources.Sources;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * At every sign-in through a member's source: it speaks for its people as long as they are with that member, and for no other. Who is also with other members
 * confirms by their own password that it is them, or comes in for this member only: so no member's admin can take over what others gave, and none can
 * shut out people of another by taking them in.
 */
final class SourceGuard implements Authenticator {

    private static final String PAGE = "entente-source-confirm.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Came came = came(context);
        if (came == null) {
            return;
        }
        Vouching vouching = came.vouching();
        boolean asks = PasswordCheck.has(context.getUser()) || Limits.asksToConfirm(context);
        if (vouching.elsewhere(context.getUser()) && !vouching.confirmed() && asks) {
            context.challenge(confirmPage(context, came, vouching, null));
        } else {
            goOn(context, came, vouching);
        }
    }

    /** They confirm that it is them, or go on for the member of the source only. */
    @Override
    public void action(AuthenticationFlowContext context) {
        PasswordCheck.begin(context);
        Came came = came(context);
        if (came == null) {
            return;
        }
        UserModel person = context.getUser();
        Vouching vouching = came.vouching();
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String password = form.getFirst(CredentialRepresentation.PASSWORD);
        if (form.containsKey(Limits.ONLY)) {
            goOn(context, came, vouching);
            return;
        }
        if (password == null || password.isEmpty()) {
            context.forceChallenge(confirmPage(context, came, vouching, "ententePasswordMissing"));
            return;
        }
        String refusal = PasswordCheck.refusal(context, person, password);
        if (refusal == null) {
            goOn(context, came, vouching.confirm(person));
            return;
        }
        PasswordCheck.failed(context, person, refusal);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                confirmPage(context, came, vouching, "ententeConfirmWrong"));
    }

    /** @param vouching what the word of the source is worth for this person now */
    private record Came(Source source, SerializedBrokeredIdentityContext asserted, Vouching vouching) {}

    /** How they came; null when the refusal has been shown. */
    private static @Nullable Came came(AuthenticationFlowContext context) {
        SerializedBrokeredIdentityContext asserted = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                context.getAuthenticationSession(), PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        Optional<Source> found = asserted == null
                ? Optional.empty()
                : Sources.find(context.getSession(), context.getRealm(), asserted.getIdentityProviderId());
        if (asserted == null || found.isEmpty()) {
            context.failure(AuthenticationFlowError.IDENTITY_PROVIDER_NOT_FOUND);
            return null;
        }
        Source source = found.get();
        String address = Addresses.normal(asserted.getEmail());
        Refusals refusal;
        Vouching vouching;
        if (source.ofPartners()) {
            // Of partners the platform knows whom members invited; it also keeps that they came.
            PartnersDoor.Answer answer = PartnersDoor.ask(
                    context.getRealm(),
                    source,
                    asserted.deserialize(context.getSession(), context.getAuthenticationSession()),
                    context.getUser());
            refusal = answer.why();
            vouching = Sources.vouching(
                    context.getSession(), context.getUser(), source, asserted.getId(), Set.copyOf(answer.vouched()));
        } else {
            refusal = refusal(context, source, address);
            vouching = Sources.vouching(context.getSession(), context.getUser(), source);
        }
        if (refusal == null) {
            return new Came(source, asserted, vouching);
        }
        refusal.note(context.getEvent(), source, address);
        context.failureChallenge(
                AuthenticationFlowError.IDENTITY_PROVIDER_ERROR,
                SourceLink.refusalPage(context, source, address, refusal));
        return null;
    }

    /** What the source says of how they proved it is believed where nobody but its own member relies on it. */
    private static void goOn(AuthenticationFlowContext context, Came came, Vouching vouching) {
        vouching.keep(context.getAuthenticationSession());
        Asserted.keepMethods(
                came.asserted().deserialize(context.getSession(), context.getAuthenticationSession()),
                came.source().ofPartners() || !vouching.confirmed() || !vouching.elsewhere(context.getUser()),
                context.getAuthenticationSession());
        context.success();
    }

    private static Response confirmPage(
            AuthenticationFlowContext context, Came came, Vouching vouching, @Nullable String error) {
        LoginFormsProvider form = Limits.confirmPage(
                        context, context.getUser(), vouching, came.source().label())
                .setAttribute(
                        "address", Objects.requireNonNullElse(came.asserted().getEmail(), ""));
        if (error != null) {
            form.addError(new FormMessage(CredentialRepresentation.PASSWORD, error));
        }
        return form.createForm(PAGE);
    }

    private static @Nullable Refusals refusal(
            AuthenticationFlowContext context, Source source, @Nullable String address) {
        UserModel person = context.getUser();
        boolean withIt = Capacities.of(person).stream()
                .anyMatch(capacity -> capacity.member().equals(source.member()));
        if (!withIt) {
            return Refusals.LEFT;
        }
        if (address == null || !source.covers(address)) {
            return null;
        }
        List<UserModel> owners = Addresses.ownersAt(context.getSession(), context.getRealm(), address, source.member());
        boolean anothers = !owners.isEmpty()
                && owners.stream().noneMatch(owner -> owner.getId().equals(person.getId()));
        return anothers ? Refusals.OTHERS_ADDRESS : null;
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
