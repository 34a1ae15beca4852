package org.entente.keycloak.sources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identity source as the platform wants it.
 *
 * @param state {@code off}, {@code trial} (entered only by a link that names it) or {@code on}
 * @param trustsAddresses whether every address it gives counts as verified
 * @param trustsFactors whether applications are told of the factors it says were used
 * @param signsOutThere whether who signs out is led there to sign out too, where it has a place for it
 * @param saml what {@code POST sources/saml-metadata} answered for its metadata
 * @param partners for ProConnect, which is no member's
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Wanted(
        String member,
        String label,
        List<String> domains,
        String state,
        boolean passwordsToo,
        boolean trustsAddresses,
        boolean trustsFactors,
        boolean signsOutThere,
        @Nullable Oidc oidc,
        @Nullable Map<String, String> saml,
        @Nullable Partners partners) {

    Wanted {
        if (member == null || label == null || state == null || (oidc == null) == (saml == null)) {
            throw new IllegalArgumentException("A source needs member, label, state, and oidc or saml");
        }
        if (member.isEmpty() != (partners != null) || (partners != null && oidc == null)) {
            throw new IllegalArgumentException("A source of no member is that of partners, by OpenID Connect");
        }
        domains = domains == null ? List.of() : List.copyOf(domains);
    }

    /**
     * @param door where the platform says whose an account is
     * @param pkce whether the provider knows it: a parameter it does not know is an error
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Partners(String door, boolean pkce) {}

    /** An OpenID Connect provider, as its discovery document describes it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
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
            @Nullable String endSessionUrl) {}

    /** Says nothing of the secret: it must not reach a log. */
    @Override
    public String toString() {
        return "Wanted[" + member + ", " + label + ", " + state + "]";
    }
}
