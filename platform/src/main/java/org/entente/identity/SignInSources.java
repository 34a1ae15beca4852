package org.entente.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Members' own identity providers, as the sign-in engine keeps them. Every method refuses with {@code UNAVAILABLE} when it does
 * not answer, and has then changed nothing.
 */
public interface SignInSources {

    /** What the member's provider has to know of us, for the source of this name. */
    Ours ours(String alias);

    /** Makes it, or brings it to this; in force within seconds. */
    void put(String alias, Source source);

    /** ProConnect, by which partners of members come: it is no member's, so the engine asks at {@code door} whose an account is. */
    void putPartners(String alias, Partners source);

    void remove(String alias);

    /** Reads the metadata of a SAML provider (SAML 2.0 Metadata, 2.4.3); empty when it cannot be read, or describes none. */
    Optional<Map<String, String>> readMetadata(String xml);

    /** Sign-ins through this source that were refused in the last 30 days, the newest first. */
    List<Refused> refusals(String alias);

    /**
     * @param redirectUri where an OpenID Connect provider sends people back, and the assertion consumer service of SAML
     * @param entityId what a SAML provider calls us
     * @param metadataUrl our SAML metadata, once the source is in force
     * @param afterSignOutUri where an OpenID Connect provider sends people back who signed out there
     * @param backChannelSignOutUri where an OpenID Connect provider tells that somebody signed out there (Back-Channel Logout 1.0)
     */
    record Ours(
            String redirectUri,
            String entityId,
            String metadataUrl,
            String afterSignOutUri,
            String backChannelSignOutUri) {}

    /**
     * @param state {@code off}, {@code trial} or {@code on}
     * @param signsOutThere whether who signs out is led there to sign out too
     * @param oidc or {@code saml}: one of both
     */
    record Source(
            MemberId member,
            String label,
            List<String> domains,
            String state,
            boolean passwordsToo,
            boolean trustsAddresses,
            boolean trustsFactors,
            boolean signsOutThere,
            @Nullable Oidc oidc,
            @Nullable Map<String, String> saml) {}

    /**
     * @param state {@code off}, {@code trial} or {@code on}
     * @param door the address at which the engine reaches the platform: https, or on the same machine
     * @param pkce whether the provider knows it
     */
    record Partners(String label, String state, boolean trustsFactors, Oidc oidc, String door, boolean pkce) {}

    /** An OpenID Connect provider (Discovery 1.0) and what we are to it. */
    record Oidc(
            String issuer,
            String authorizationUrl,
            String tokenUrl,
            @Nullable String userInfoUrl,
            String jwksUrl,
            String clientId,
            String clientSecret,
            String clientAuthentication,
            String scopes,
            @Nullable String endSessionUrl) {

        @Override
        public String toString() {
            return "Oidc[" + issuer + ", " + clientId + "]";
        }
    }

    /** @param reason the word of {@code org.entente.keycloak.sources.Refusals}, or one of Keycloak's own */
    record Refused(
            Instant at, @Nullable String reason, @Nullable String address) {}
}
