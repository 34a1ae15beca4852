package org.entente.sources;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * By what the people of a member sign in: its own OpenID Connect or SAML provider.
 *
 * @param domains the member's mail domains whose addresses lead to it
 * @param passwordsToo whether some people of these domains have no account there
 * @param trustsAddresses whether every address it gives counts as verified
 * @param trustsFactors whether applications are told of the factors it says were used
 * @param signsOutThere whether who signs out here is led there to sign out too, where it has a place for it
 * @param oidc what is known of an OpenID Connect provider; null for SAML, and until it is described
 * @param saml its metadata as Keycloak reads them; null for OpenID Connect, and until it is described
 */
public record IdentitySource(
        UUID id,
        MemberId member,
        Kind kind,
        String label,
        State state,
        List<String> domains,
        boolean passwordsToo,
        boolean trustsAddresses,
        boolean trustsFactors,
        boolean signsOutThere,
        @Nullable Oidc oidc,
        @Nullable Map<String, String> saml,
        byte @Nullable [] secret,
        int version) {

    public enum Kind {
        OIDC,
        SAML
    }

    /** Off; entered only by a link that names it; entered by an address of its domains. */
    public enum State {
        OFF,
        TRIAL,
        ON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What its discovery document said, and what we are to it. */
    public record Oidc(
            String issuer,
            String authorizationUrl,
            String tokenUrl,
            @Nullable String userInfoUrl,
            String jwksUrl,
            String clientAuthentication,
            String clientId,
            @Nullable String endSessionUrl) {}

    boolean described() {
        return kind == Kind.OIDC ? oidc != null && secret != null : saml != null;
    }
}
