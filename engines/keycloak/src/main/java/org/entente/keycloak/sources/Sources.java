package org.entente.keycloak.sources;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.entente.keycloak.Json;
import org.entente.keycloak.Vouching;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The identity sources of a realm. Every sign-in asks, so what was read is good for some seconds. */
public final class Sources {

    private static final long GOOD_FOR_MS = 3000;
    private static final Map<String, Read> READ = new ConcurrentHashMap<>();

    /** Realm attributes: the flows that run at the first, and after every, sign-in through a source. */
    private static final String FIRST_FLOW = "entente.flow.first";

    private static final String EVERY_FLOW = "entente.flow.every";

    private Sources() {}

    /** Has every source, those of today and of tomorrow, run these flows. */
    public static void bindFlows(KeycloakSession session, RealmModel realm, String first, String every) {
        realm.setAttribute(FIRST_FLOW, first);
        realm.setAttribute(EVERY_FLOW, every);
        List<IdentityProviderModel> bound = session.identityProviders()
                .getAllStream()
                .filter(Source::is)
                .filter(provider -> !first.equals(provider.getFirstBrokerLoginFlowId())
                        || !every.equals(provider.getPostBrokerLoginFlowId()))
                .toList();
        for (IdentityProviderModel provider : bound) {
            bind(realm, provider);
            session.identityProviders().update(provider);
        }
    }

    static void bind(RealmModel realm, IdentityProviderModel provider) {
        String first = realm.getAttribute(FIRST_FLOW);
        String every = realm.getAttribute(EVERY_FLOW);
        if (first == null || every == null) {
            throw new IllegalStateException("The realm does not have its flows yet");
        }
        provider.setFirstBrokerLoginFlowId(first);
        provider.setPostBrokerLoginFlowId(every);
    }

    /** What the word of a source is worth for somebody now: naming another provider later makes it another source. */
    public static Vouching vouching(KeycloakSession session, UserModel user, Source source) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(source.alias());
        String speaks = provider == null ? "" : SourceKeeper.provider(provider.getConfig());
        return Vouching.of(user, source.member(), source.alias() + " " + Json.sha256(speaks));
    }

    /** The same of ProConnect, for the members that invited this account of it: another account is confirmed anew. */
    public static Vouching vouching(
            KeycloakSession session, UserModel user, Source source, String account, Set<String> members) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(source.alias());
        String speaks = provider == null ? "" : SourceKeeper.provider(provider.getConfig());
        return Vouching.of(user, "partners", source.alias() + " " + Json.sha256(speaks + " " + account), members);
    }

    private record Read(long at, List<Source> sources) {}

    public static List<Source> of(KeycloakSession session, RealmModel realm) {
        Read read = READ.get(realm.getId());
        long now = Time.currentTimeMillis();
        if (read == null || now - read.at() > GOOD_FOR_MS || now < read.at()) {
            read = new Read(
                    now,
                    session.identityProviders()
                            .getAllStream()
                            .filter(Source::is)
                            .map(Source::of)
                            .toList());
            READ.put(realm.getId(), read);
        }
        return read.sources();
    }

    /** Has the next sign-in on this node read them anew. */
    static void forget(RealmModel realm) {
        READ.remove(realm.getId());
    }

    public static Optional<Source> find(KeycloakSession session, RealmModel realm, @Nullable String alias) {
        return of(session, realm).stream()
                .filter(source -> source.enabled() && source.alias().equals(alias))
                .findFirst();
    }

    /** Those in service for the domain of this address. */
    public static List<Source> forAddress(KeycloakSession session, RealmModel realm, String address) {
        return of(session, realm).stream()
                .filter(source -> source.enabled() && source.routes() && source.covers(address))
                .toList();
    }

    /** Those in service of these members. */
    public static List<Source> forMembers(KeycloakSession session, RealmModel realm, Set<String> members) {
        return of(session, realm).stream()
                .filter(source -> source.enabled() && source.routes() && members.contains(source.member()))
                .toList();
    }

    /** ProConnect, where it is in service for members' partners. */
    public static Optional<Source> ofPartners(KeycloakSession session, RealmModel realm) {
        return of(session, realm).stream()
                .filter(source -> source.enabled() && source.routes() && source.ofPartners())
                .findFirst();
    }

    /**
     * Takes from a person the links to sources of members they are not with any more: should the source give the same name to
     * somebody else one day, that one is not taken for this person.
     */
    public static void unlink(KeycloakSession session, RealmModel realm, UserModel user, Set<String> members) {
        Vouching.forgetOthers(user, members);
        forget(realm);
        Set<String> left = of(session, realm).stream()
                .filter(source -> source.ofPartners() ? members.isEmpty() : !members.contains(source.member()))
                .map(Source::alias)
                .collect(Collectors.toSet());
        if (left.isEmpty()) {
            return;
        }
        List<String> links = session.users()
                .getFederatedIdentitiesStream(realm, user)
                .map(FederatedIdentityModel::getIdentityProvider)
                .filter(left::contains)
                .toList();
        links.forEach(alias -> session.users().removeFederatedIdentity(realm, user, alias));
    }
}
