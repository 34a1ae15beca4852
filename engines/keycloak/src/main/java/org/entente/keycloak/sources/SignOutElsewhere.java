package org.entente.keycloak.sources;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/** Where a browser goes that ends a session which came by ProConnect, so that the next at this desk does not find it open there. */
public final class SignOutElsewhere {

    static final String LOGOUT_URL = "entente.logoutUrl";

    private static final int STATE_BYTES = 32;

    private SignOutElsewhere() {}

    /**
     * OpenID Connect RP-Initiated Logout 1.0; ProConnect wants all three parameters.
     *
     * @param back an address that is registered there
     */
    public static Optional<String> of(KeycloakSession session, UserSessionModel one, String back) {
        String alias = one.getNote(Details.IDENTITY_PROVIDER);
        String hint = one.getNote(OIDCIdentityProvider.FEDERATED_ID_TOKEN);
        IdentityProviderModel provider =
                alias == null ? null : session.identityProviders().getByAlias(alias);
        if (provider == null || hint == null || !ProConnectProviderFactory.ID.equals(provider.getProviderId())) {
            return Optional.empty();
        }
        String end = provider.getConfig().get(LOGOUT_URL);
        if (end == null) {
            return Optional.empty();
        }
        String state = Base64Url.encode(SecretGenerator.getInstance().randomBytes(STATE_BYTES));
        return Optional.of(end + (end.contains("?") ? "&" : "?") + "id_token_hint=" + encoded(hint) + "&state=" + state
                + "&post_logout_redirect_uri=" + encoded(back));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
