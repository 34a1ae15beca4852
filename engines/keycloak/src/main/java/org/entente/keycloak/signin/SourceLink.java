package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.entente.keycloak.Capacities;
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
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * Whose an account of a member's source is, when it comes in for the first time: of the person who has, with that very member, the
 * address the source has verified. Never by the address alone: another member's source cannot speak for them. Who is also with
 * other members confirms by their own password that it is them, so that no member's admin can take over what others gave.
 */
final class SourceLink extends AbstractIdpAuthenticator {

    private static final String PAGE = "entente-source-confirm.ftl";

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
        Owner owner = owner(context, asserted, source, address);
        if (owner == null) {
            return;
        }
        UserModel person = owner.person();
        boolean elsewhere = Capacities.of(person).stream()
                .anyMatch(capacity -> !owner.vouched().contains(capacity.member()));
        if (!elsewhere || comesBack(context, source, person)) {
            link(context, source, person, null);
        } else if (PasswordCheck.has(person)) {
            // Nobody is set as the one who signs in before it is proved that it is them.
            context.challenge(confirmPage(context, source, address, null));
        } else {
            refuse(context, source, address, Refusals.NOT_CONFIRMED);
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext asserted) {
        PasswordCheck.begin(context);
        Optional<Source> source =
                Sources.find(context.getSession(), context.getRealm(), serialized.getIdentityProviderId());
        if (source.isEmpty()) {
            context.failure(AuthenticationFlowError.IDENTITY_PROVIDER_NOT_FOUND);
            return;
        }
        String address = Addresses.normal(asserted.getEmail());
        Owner owner = owner(context, asserted, source.get(), address);
        if (owner == null) {
            return;
        }
        UserModel person = owner.person();
        String password =
                context.getHttpRequest().getDecodedFormParameters().getFirst(CredentialRepresentation.PASSWORD);
        if (password == null || password.isEmpty()) {
            context.forceChallenge(confirmPage(context, source.get(), address, "ententePasswordMissing"));
            return;
        }
        String refusal = PasswordCheck.refusal(context, person, password);
        if (refusal == null) {
            link(context, source.get(), person, PasswordCredentialModel.TYPE);
            return;
        }
        PasswordCheck.failed(context, person, refusal);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                confirmPage(context, source.get(), address, "ententeConfirmWrong"));
    }

    /**
     * @param vouched the members whose word it is that the account is this person's
     */
    private record Owner(UserModel person, Set<String> vouched) {}

    /** The one person the account is of; when there is none, the refusal has been shown. */
    private static @Nullable Owner owner(
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
        return new Owner(owners.getFirst(), Set.of(source.member()));
    }

    private static @Nullable Owner partner(
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
        return new Owner(person, Set.copyOf(answer.vouched()));
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

    /** Whether the person confirmed this source before: their account there was made anew, with another name. */
    private static boolean comesBack(AuthenticationFlowContext context, Source source, UserModel person) {
        // Which account of ProConnect is a partner's is for their member to say: no word for what others gave.
        return !source.ofPartners()
                && context.getSession().users().getFederatedIdentity(context.getRealm(), person, source.alias())
                        != null;
    }

    private static void link(
            AuthenticationFlowContext context, Source source, UserModel person, @Nullable String proof) {
        // Keycloak adds the new link itself; an older one to the same source would be in its way.
        context.getSession().users().removeFederatedIdentity(context.getRealm(), person, source.alias());
        context.setUser(person);
        if (proof == null) {
            context.success();
        } else {
            context.success(proof);
        }
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

    private static Response confirmPage(
            AuthenticationFlowContext context, Source source, @Nullable String address, @Nullable String error) {
        var form = context.form()
                .setExecution(context.getExecution().getId())
                .setAttribute("sourceLabel", source.label())
                .setAttribute("address", address == null ? "" : address);
        if (error != null) {
            form.addError(new FormMessage(CredentialRepresentation.PASSWORD, error));
        }
        return form.createForm(PAGE);
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
