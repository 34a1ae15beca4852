package org.entente.identity.keycloak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.identity.AccessTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A service that signs people in by OpenID Connect, as a client of the realm. */
@Component
class OidcApp {

    /**
     * ProConnect's levels of assurance, all at no level of Keycloak: it would turn away a request that names one it does not know, and ask
     * for the password again at one above. What is asked for is judged by our own steps of the sign-in.
     */
    static final String LEVELS = Stream.of(
                    "eidas0",
                    "eidas0-mfa",
                    "eidas1",
                    "eidas1-mfa",
                    "eidas2",
                    "eidas3",
                    "https://proconnect.gouv.fr/assurance/self-asserted",
                    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
                    "https://proconnect.gouv.fr/assurance/consistency-checked",
                    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
                    "https://proconnect.gouv.fr/assurance/certification-dirigeant")
            .map(level -> "\"" + level + "\":-1")
            .collect(Collectors.joining(",", "{", "}"));

    private final Catalog catalog;
    private final Subjects subjects;

    OidcApp(Catalog catalog, Subjects subjects) {
        this.catalog = catalog;
        this.subjects = subjects;
    }

    /** @param body of a client, to be completed */
    RealmClients.Wanted client(Service service, SignIn.Oidc oidc, Map<String, Object> body) {
        String secret = oidc.secret();
        if (secret == null) {
            body.put("publicClient", true);
        } else {
            body.put("publicClient", false);
            body.put("secret", catalog.resolve(secret));
        }
        body.put("baseUrl", oidc.initiateUrl());
        body.put("redirectUris", oidc.redirectUris());
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("entente.service", service.id());
        attributes.put("entente.idp", subjects.identityProvider());
        attributes.put("entente.second-factor", Boolean.toString(service.secondFactor()));
        attributes.put("acr.loa.map", LEVELS);
        if (secret == null) {
            attributes.put("pkce.code.challenge.method", "S256");
        }
        attributes.put(
                "post.logout.redirect.uris",
                oidc.afterSignOut().isEmpty() ? "+" : String.join("##", oidc.afterSignOut()));
        attributes.putAll(profile(oidc));
        attributes.putAll(logout(oidc.logout(), catalog.settings(service.id()).get("backChannelLogout")));
        body.put("frontchannelLogout", oidc.logout() != null && oidc.logout().frontChannel() != null);
        body.put("attributes", attributes);
        // People's files are not for every application that signs them in: who describes it says so.
        return new RealmClients.Wanted(
                oidc.clientId(), body, oidc.files() ? List.of(AccessTokens.FILES_SCOPE) : List.of());
    }

    /** @param before where it was said before the sign-in had words for it */
    private static Map<String, String> logout(SignIn.@Nullable Logout logout, @Nullable String before) {
        String back = logout != null && logout.backChannel() != null ? logout.backChannel() : before;
        String front = logout == null ? null : logout.frontChannel();
        return Map.of(
                "backchannel.logout.url",
                back == null ? "" : back,
                "backchannel.logout.session.required",
                "true",
                "frontchannel.logout.url",
                front == null ? "" : front,
                "frontchannel.logout.session.required",
                "true");
    }

    /** Empty values, too: Keycloak keeps an attribute that is not sent. */
    private Map<String, String> profile(SignIn.Oidc oidc) {
        SignIn.ProConnect proConnect = oidc.proConnect();
        String algorithm = proConnect == null ? "" : proConnect.algorithm().name();
        Map<String, String> profile = new LinkedHashMap<>();
        profile.put(
                "entente.profile",
                proConnect == null
                        ? ""
                        : proConnect.party() == SignIn.Party.FEDERATION ? "proconnect-federation" : "proconnect");
        profile.put("entente.subject-key", proConnect == null ? "" : subjects.key(oidc.clientId()));
        List.of("id.token.signed.response.alg", "user.info.response.signature.alg")
                .forEach(what -> profile.put(what, algorithm));
        return profile;
    }
}
