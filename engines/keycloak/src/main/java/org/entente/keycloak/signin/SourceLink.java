package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.keycloak.sources.Asserted;
import org.entente.keycloak.sources.PartnersDoor;
import org.entente.keycloak.sources.Refusals;
import org.entente.keycloak.sources.Source;
import org.entente.keycloak.sources.Sources;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whose an account of a member's source is, when it comes in for the first time: of the person who has, with that very member, the
 * address the source has verified. Never by the address alone: another member's source cannot speak for them.
 */
final class SourceLink extends AbstractIdpAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext asserted) {
        Optional<Source> found =
                Sources.find(context.getSession(), context.getRealm(), serialized.getIdentityProviderId());
        if (found.isEmpty()) {
            context.failure(AuthenticationFlowError.IDENTITY_PROVIDER_NOT_FOUND);
            return;
        }
        Source source = found.get();
        String address = Addresses.normal(asserted.getEmail());
        UserModel person = owner(context, asserted, source, address);
        if (person != null) {
            // For those who vouch for it only, as long as they have not confirmed it: see SourceGuard.
            link(context, source, person);
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext asserted) {
        authenticateImpl(context, serialized, asserted);
    }

    /** The one person the account is of; when there is none, the refusal has been shown. */
    private static @Nullable UserModel owner(
            AuthenticationFlowContext context,
            BrokeredIdentityContext asserted,
            Source source,
            @Nullable String address) {
        if (source.ofPartners()) {
            return partner(context, asserted, source, address);
        }
        Refusals refusal = refusal(asserted, source, address);
        List<UserModel> owners = refusal == null ? owners(context, source, address) : List.of();
        if (refusal == null && owners.size() != 1) {
            refusal = owners.isEmpty() ? Refusals.UNKNOWN : Refusals.AMBIGUOUS;
        }
        if (refusal != null) {
            refuse(context, source, address, refusal);
            return null;
        }
        return owners.getFirst();
    }

    private static @Nullable UserModel partner(
            AuthenticationFlowContext context,
            BrokeredIdentityContext asserted,
            Source source,
            @Nullable String address) {
        PartnersDoor.Answer answer = PartnersDoor.ask(context.getRealm(), source, asserted, null);
        UserModel person = answer.person() == null
                ? null
                : context.getSession().users().getUserById(context.getRealm(), answer.person());
        if (person == null || !person.isEnabled()) {
            Refusals why = answer.why();
            // Invited a moment ago: the person is on the way here.
            refuse(context, source, address, why == null ? Refusals.UNANSWERED : why);
            return null;
        }
        return person;
    }

    private static @Nullable Refusals refusal(
            BrokeredIdentityContext asserted, Source source, @Nullable String address) {
        if (address == null) {
            return Refusals.NO_ADDRESS;
        }
        if (!Asserted.vouched(asserted)) {
            return Refusals.NOT_VERIFIED;
        }
        return source.covers(address) ? null : Refusals.FOREIGN_DOMAIN;
    }

    private static List<UserModel> owners(AuthenticationFlowContext context, Source source, @Nullable String address) {
        return address == null
                ? List.of()
                : Addresses.ownersAt(context.getSession(), context.getRealm(), address, source.member());
    }

    private static void link(AuthenticationFlowContext context, Source source, UserModel person) {
        // Keycloak adds the new link itself; an older one to the same source would be in its way.
        context.getSession().users().removeFederatedIdentity(context.getRealm(), person, source.alias());
        context.setUser(person);
        context.success();
    }

    private static void refuse(
            AuthenticationFlowContext context, Source source, @Nullable String address, Refusals refusal) {
        context.clearUser();
        refusal.note(context.getEvent(), source, address);
        context.failureChallenge(
                AuthenticationFlowError.IDENTITY_PROVIDER_ERROR, refusalPage(context, source, address, refusal));
    }

    static Response refusalPage(
            AuthenticationFlowContext context, Source source, @Nullable String address, Refusals refusal) {
        return context.form()
                .setAttribute("why", refusal.message())
                .setAttribute("sourceLabel", source.label())
                .setAttribute("ofPartners", source.ofPartners())
                .setAttribute("address", address == null ? "" : address.toLowerCase(Locale.ROOT))
                .createForm("entente-source-refused.ftl");
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }
}
