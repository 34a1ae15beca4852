package org.entente.keycloak.signin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.sources.Directories;
import org.entente.keycloak.sources.Directory;
import org.entente.keycloak.sources.Source;
import org.entente.keycloak.sources.Sources;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.IdentityProviderAuthenticator;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;

/**
 * Where a person signs in: with the source of their member, found by the mail domain, or here. What it answers for an address
 * never depends on whether somebody has that address.
 */
final class HomeRealm {

    /** The hint by which an admin comes in when their member's own source does not answer. */
    static final String RESCUE = "entente";

    /** Auth note: this sign-in was sent to a source once; it is not sent again without being asked. */
    private static final String SENT = "entente.sent";

    /** Auth note: this sign-in is one of an admin whose member's source does not answer. */
    private static final String RESCUED = "entente.rescue";

    private final AuthenticationFlowContext context;

    HomeRealm(AuthenticationFlowContext context) {
        this.context = context;
    }

    /** The source that the application, or a link, names. */
    Optional<Source> hinted() {
        return sentAlready() ? Optional.empty() : Sources.find(context.getSession(), context.getRealm(), hint());
    }

    boolean rescue() {
        return RESCUE.equals(hint()) || context.getAuthenticationSession().getAuthNote(RESCUED) != null;
    }

    void beginRescue() {
        context.getAuthenticationSession().setAuthNote(RESCUED, "true");
    }

    boolean sentAlready() {
        return context.getAuthenticationSession().getAuthNote(SENT) != null;
    }

    /** The sources an address leads to. A mail domain is of one member, so they are, too. */
    List<Source> of(@Nullable String address) {
        if (address == null) {
            return List.of();
        }
        return Sources.forAddress(context.getSession(), context.getRealm(), address);
    }

    /** The sources of the members somebody is with, who is known already and signs in again. */
    List<Source> of(UserModel user) {
        Set<String> members = Capacities.of(user).stream().map(Capacity::member).collect(Collectors.toSet());
        List<Source> sources = new ArrayList<>(Sources.forMembers(context.getSession(), context.getRealm(), members));
        partners()
                .filter(source ->
                        context.getSession().users().getFederatedIdentity(context.getRealm(), user, source.alias())
                                != null)
                .ifPresent(sources::add);
        return sources;
    }

    /** ProConnect, which is offered to everybody: that an address is a partner's is nobody's business. */
    Optional<Source> partners() {
        return Sources.ofPartners(context.getSession(), context.getRealm());
    }

    /**
     * Whether a password of ours counts at this address: where a member's source is in service only those who must prove themselves
     * twice may use one, so that no outage of it locks out the admins. So it is for who is in a directory in service.
     */
    boolean passwordCounts(@Nullable UserModel user, @Nullable String address) {
        return (user != null && SecondFactors.needed(user)) || (free(address) && !onlyInDirectory(user, address));
    }

    /** Whether a passkey, which names a person and no address, counts: as a password would at one of their addresses. */
    boolean passkeyCounts(UserModel user) {
        return SecondFactors.needed(user)
                || Capacities.of(user).stream()
                        .map(Capacity::address)
                        .filter(Objects::nonNull)
                        .anyMatch(address -> passwordCounts(user, address));
    }

    /** Whose directory is asked for the password at this address: the one a link names, or the one in service for its domain. */
    Optional<Directory> directory(@Nullable String address) {
        if (rescue()) {
            return Optional.empty();
        }
        Optional<Directory> named = Directories.named(context.getRealm(), hint());
        return named.isPresent() || !free(address) ? named : Directories.inService(context.getRealm(), address);
    }

    boolean namesDirectory() {
        return Directories.named(context.getRealm(), hint()).isPresent();
    }

    /** The address at which somebody who is known already proves it again: where their password is. */
    @Nullable
    String addressOf(UserModel user) {
        return PasswordCheck.has(user) && passwordCounts(user, user.getEmail())
                ? user.getEmail()
                : Capacities.of(user).stream()
                        .map(Capacity::address)
                        .filter(address -> directory(address)
                                .filter(one -> one.holding(user, address) != null)
                                .isPresent())
                        .findFirst()
                        .orElseGet(user::getEmail);
    }

    private boolean onlyInDirectory(@Nullable UserModel user, @Nullable String address) {
        return Directories.inService(context.getRealm(), address)
                .filter(one -> !one.passwordsToo() && one.holding(user, address) != null)
                .isPresent();
    }

    private boolean free(@Nullable String address) {
        List<Source> sources = address == null
                ? List.of()
                : Sources.forAddress(context.getSession(), context.getRealm(), address.toLowerCase(Locale.ROOT));
        return sources.isEmpty() || sources.stream().anyMatch(Source::passwordsToo);
    }

    void send(Source source, @Nullable String address) {
        context.getAuthenticationSession().setAuthNote(SENT, source.alias());
        new Redirect().redirect(context, source.alias(), address);
    }

    private @Nullable String hint() {
        // Keycloak's own name of it, and ProConnect's.
        String keycloak = context.getAuthenticationSession().getClientNote("kc_idp_hint");
        return keycloak != null
                ? keycloak
                : context.getAuthenticationSession()
                        .getClientNote(
                                AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + "idp_hint");
    }

    private static final class Redirect extends IdentityProviderAuthenticator {
        @Override
        protected void redirect(AuthenticationFlowContext context, String alias, @Nullable String hint) {
            super.redirect(context, alias, hint);
        }
    }
}
