package org.entente.keycloak.sources;

import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * ProConnect, of which the territory is a service ("fournisseur de service", partenaires.proconnect.gouv.fr, read in November 2026). It differs from other
 * OpenID Connect providers: a parameter that it does not know is an error, the nonce has at least 32 characters, and userinfo is a signed JWT, which
 * Keycloak alone would also take unsigned, and for somebody else.
 */
final class ProConnectProvider extends OIDCIdentityProvider {

    private static final int NONCE_BYTES = 32;

    /** The client note in which Keycloak keeps the nonce, and compares it. */
    private static final String NONCE_NOTE = "BROKER_NONCE";

    /** What Keycloak may pass on of an application's request, and ProConnect answers by an error. */
    private static final List<String> UNKNOWN_THERE = List.of("acr_values", "max_age", "ui_locales");

    private static final Set<String> PROMPTS = Set.of("none", "login");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    /** {@code {"id_token":{"acr":null,"amr":null}}}: how sure, and by which means; written so that no brace is taken for a template's. */
    private static final String CLAIMS = "%7B%22id_token%22%3A%7B%22acr%22%3Anull%2C%22amr%22%3Anull%7D%7D";

    /** Event: what came was not signed by ProConnect, for us and now. */
    private static final String NOT_BELIEVED = "proconnect_not_believed";

    private boolean signed;

    ProConnectProvider(KeycloakSession session, OIDCIdentityProviderConfig config) {
        super(session, config);
    }

    @Override
    protected UriBuilder createAuthorizationUrl(AuthenticationRequest request) {
        UriBuilder url = super.createAuthorizationUrl(request);
        UNKNOWN_THERE.forEach(name -> without(url, name));
        String prompt = request.getAuthenticationSession().getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        if (prompt == null || !PROMPTS.contains(prompt)) {
            without(url, OIDCLoginProtocol.PROMPT_PARAM);
        }
        String hint = request.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        if (hint == null || !ADDRESS.matcher(hint).matches()) {
            without(url, OIDCLoginProtocol.LOGIN_HINT_PARAM);
        }
        String nonce = Base64Url.encode(SecretGenerator.getInstance().randomBytes(NONCE_BYTES));
        request.getAuthenticationSession().setClientNote(NONCE_NOTE, nonce);
        url.replaceQueryParam(OIDCLoginProtocol.NONCE_PARAM, nonce);
        return url.queryParam(OIDCLoginProtocol.CLAIMS_PARAM, CLAIMS);
    }

    private static void without(UriBuilder url, String name) {
        url.replaceQueryParam(name, (Object[]) null);
    }

    @Override
    public BrokeredIdentityContext getFederatedIdentity(String response) {
        try {
            return super.getFederatedIdentity(response);
        } catch (IdentityBrokerException e) {
            // Keycloak's own event does not say through what somebody came: the operator would never read of it.
            KeycloakContext context = session.getContext();
            EventBuilder event = new EventBuilder(context.getRealm(), session, context.getConnection())
                    .event(EventType.IDENTITY_PROVIDER_LOGIN)
                    .detail(Details.IDENTITY_PROVIDER, getConfig().getAlias());
            AuthenticationSessionModel signIn = context.getAuthenticationSession();
            if (signIn != null) {
                event.detail(Details.CODE_ID, signIn.getParentSession().getId());
            }
            event.error(NOT_BELIEVED);
            throw e;
        }
    }

    @Override
    protected BrokeredIdentityContext extractIdentity(
            AccessTokenResponse response, String accessToken, JsonWebToken idToken) throws IOException {
        signed = false;
        BrokeredIdentityContext identity = super.extractIdentity(response, accessToken, idToken);
        if (!signed) {
            throw new IdentityBrokerException("The userinfo is not signed");
        }
        return identity;
    }

    /** @param shouldBeSigned false only for userinfo, of which Keycloak looks at no more than a signature */
    @Override
    protected String parseTokenInput(String encoded, boolean shouldBeSigned) {
        if (!shouldBeSigned) {
            // Its signature, issuer, audience and time, as of an ID token.
            validateToken(encoded);
            signed = true;
        }
        return super.parseTokenInput(encoded, true);
    }
}
