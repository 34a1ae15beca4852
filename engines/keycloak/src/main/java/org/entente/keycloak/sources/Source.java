package org.entente.keycloak.sources;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;

/**
 * What signing in has to know of a member's identity source; kept in the settings of Keycloak's identity provider of that alias.
 *
 * @param member the only member whose people it may speak for; empty for ProConnect, by which members' partners come
 * @param domains mail domains of that member: those it may vouch for
 * @param routes whether an address of those domains leads to it; else only a link that names it does
 * @param passwordsToo whether some people of these domains have no account there, and sign in by password
 * @param door where the platform is asked whose an account of ProConnect is; null for members' sources
 */
public record Source(
        String alias,
        String member,
        String label,
        List<String> domains,
        boolean enabled,
        boolean routes,
        boolean passwordsToo,
        @Nullable String door) {

    static final String MEMBER = "entente.member";
    static final String DOMAINS = "entente.domains";
    static final String ROUTES = "entente.routes";
    static final String PASSWORDS_TOO = "entente.passwordsToo";
    static final String TRUSTS_ADDRESSES = "entente.trustsAddresses";
    static final String DOOR = "entente.door";
    static final String TRUSTS_FACTORS = "entente.trustsFactors";

    static final String SIGNS_OUT_THERE = "entente.signsOutThere";
    static final String END_SESSION = "entente.endSession";
    static final String SAML_LOGOUT = "singleLogoutServiceUrl";

    /** On a session that everything has ended of already: from it alone somebody is led to their provider to sign out. */
    public static final String NOTHING_LEFT = "entente.nothing-left";

    static boolean is(IdentityProviderModel provider) {
        return provider.getConfig() != null && provider.getConfig().containsKey(MEMBER);
    }

    static Source of(IdentityProviderModel provider) {
        Map<String, String> config = provider.getConfig();
        String label = provider.getDisplayName();
        return new Source(
                provider.getAlias(),
                config.getOrDefault(MEMBER, ""),
                label == null ? provider.getAlias() : label,
                Arrays.stream(config.getOrDefault(DOMAINS, "").split(",", -1))
                        .filter(domain -> !domain.isBlank())
                        .toList(),
                provider.isEnabled(),
                Boolean.parseBoolean(config.get(ROUTES)),
                Boolean.parseBoolean(config.get(PASSWORDS_TOO)),
                config.get(DOOR));
    }

    /** Whether it is ProConnect, and no member's. */
    public boolean ofPartners() {
        return door != null;
    }

    /** Where people sign out of it; empty when it has no such place, or its member does not want them led there. */
    public static Optional<String> signOutUrl(IdentityProviderModel provider) {
        return is(provider) && !"false".equals(provider.getConfig().get(SIGNS_OUT_THERE))
                ? Optional.ofNullable(provider.getConfig().get(isSaml(provider) ? SAML_LOGOUT : END_SESSION))
                        .filter(url -> !url.isBlank())
                : Optional.empty();
    }

    /** Whether it is ProConnect, which answers nothing to who does not come with a session. */
    public static boolean isProConnect(IdentityProviderModel provider) {
        return provider.getConfig() != null && provider.getConfig().containsKey(DOOR);
    }

    public static boolean isSaml(IdentityProviderModel provider) {
        return SAMLIdentityProviderFactory.PROVIDER_ID.equals(provider.getProviderId());
    }

    /** The provider as it is when somebody is led there to sign out: Keycloak itself, on its own, never does so. */
    public static IdentityProviderModel signingOut(IdentityProviderModel provider) {
        IdentityProviderModel leading = new IdentityProviderModel(provider);
        Map<String, String> config = new HashMap<>(provider.getConfig());
        signOutUrl(provider).filter(url -> !isSaml(provider)).ifPresent(url -> config.put("logoutUrl", url));
        // ProConnect takes no more than it asks for.
        config.put("sendClientIdOnLogout", Boolean.toString(!config.containsKey(DOOR)));
        leading.setConfig(config);
        return leading;
    }

    /** Whether an address is of a domain it may vouch for. */
    public boolean covers(String address) {
        return domains.contains(address.substring(address.indexOf('@') + 1));
    }
}
