package org.entente.keycloak.signout;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.keycloak.Json;
import org.entente.keycloak.sources.Source;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.urls.UrlType;

/**
 * What is left to do in the browser once a session has ended, kept for one visit and two minutes: the session itself is gone, so that a browser which never comes
 * leaves nothing open.
 *
 * @param person whose session it was
 * @param source the provider they came through and that is to be told; null when there is none
 * @param notes of the session, by which their provider knows it
 * @param next where the browser goes in the end
 * @param page under which is kept what {@link SignedOut} says
 */
record SignOut(
        String person, List<Tell> tells, @Nullable String source, Map<String, String> notes, String next, String page) {

    private static final long GOOD_FOR_SECONDS = 120;
    private static final String KEY = "entente.sign-out.";
    private static final String LEFT = "left";

    /** Notes of a session that only signing out at the provider needs. */
    private static final String OF_SAML = "SAML_FEDERATED_";

    static SignOut of(KeycloakSession session, UserSessionModel ending, String next) {
        List<Tell> tells = ending.getAuthenticatedClientSessions().values().stream()
                .flatMap(one -> Tell.of(session, one).stream())
                .toList();
        String alias = ending.getNote(Details.IDENTITY_PROVIDER);
        IdentityProviderModel provider =
                alias == null ? null : session.identityProviders().getByAlias(alias);
        boolean told = provider != null
                && provider.isEnabled()
                && Source.signOutUrl(provider).isPresent();
        Map<String, String> notes = new TreeMap<>();
        if (told) {
            ending.getNotes().forEach((name, value) -> {
                if (name.equals(OIDCIdentityProvider.FEDERATED_ID_TOKEN) || name.startsWith(OF_SAML)) {
                    notes.put(name, value);
                }
            });
        }
        return new SignOut(
                ending.getUser().getId(),
                tells,
                told ? alias : null,
                notes,
                next,
                SecretGenerator.getInstance().randomString(40));
    }

    boolean needsTheBrowser() {
        return !tells.isEmpty() || source != null;
    }

    SignOut told() {
        return new SignOut(person, List.of(), source, notes, next, page);
    }

    /** Keeps it, and answers where the browser finds it: once. */
    URI keep(KeycloakSession session, RealmModel realm) {
        String code = SecretGenerator.getInstance().randomString(40);
        session.singleUseObjects().put(KEY + code, GOOD_FOR_SECONDS, Map.of(LEFT, Json.write(this)));
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(realm.getName())
                .path(SignOutFactory.ID)
                .path(code)
                .build();
    }

    static Optional<SignOut> take(KeycloakSession session, String code) {
        Map<String, String> kept = session.singleUseObjects().remove(KEY + code);
        return Optional.ofNullable(kept).map(all -> all.get(LEFT)).map(left -> Json.read(left, SignOut.class));
    }
}
