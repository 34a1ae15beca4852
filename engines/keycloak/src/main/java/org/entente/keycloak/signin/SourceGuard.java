package org.entente.keycloak.signin;

import java.util.List;
import java.util.Optional;
import org.entente.keycloak.Capacities;
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
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** At every sign-in through a member's source: it speaks for its people as long as they are with that member, and for no other. */
final class SourceGuard implements Authenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SerializedBrokeredIdentityContext asserted = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                context.getAuthenticationSession(), PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        Optional<Source> found = asserted == null
                ? Optional.empty()
                : Sources.find(context.getSession(), context.getRealm(), asserted.getIdentityProviderId());
        if (asserted == null || found.isEmpty()) {
            context.failure(AuthenticationFlowError.IDENTITY_PROVIDER_NOT_FOUND);
            return;
        }
        Source source = found.get();
        boolean onlyThere = Capacities.of(context.getUser()).stream()
                .allMatch(capacity -> capacity.member().equals(source.member()));
        BrokeredIdentityContext identity =
                asserted.deserialize(context.getSession(), context.getAuthenticationSession());
        Asserted.keepMethods(identity, source.ofPartners() || onlyThere, context.getAuthenticationSession());
        String address = Addresses.normal(asserted.getEmail());
        // Of partners the platform knows whom members invited; it also keeps that they came.
        Refusals refusal = source.ofPartners()
                ? PartnersDoor.ask(context.getRealm(), source, identity, context.getUser())
                        .why()
                : refusal(context, source, address);
        if (refusal == null) {
            context.success();
            return;
        }
        refusal.note(context.getEvent(), source, address);
        context.failureChallenge(
                AuthenticationFlowError.IDENTITY_PROVIDER_ERROR,
                SourceLink.refusalPage(context, source, address, refusal));
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
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
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
