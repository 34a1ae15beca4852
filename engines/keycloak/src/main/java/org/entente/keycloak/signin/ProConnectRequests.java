package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import org.entente.keycloak.ProConnect;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProvider;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProviderFactory;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

/**
 * {@code state} and {@code nonce} must be in what an application built for ProConnect asks, as they must there. How long they are is left
 * to the application: ProConnect's documentation says 32 characters, its server takes shorter ones.
 */
public final class ProConnectRequests
        implements AuthorizationEndpointCheckProvider, AuthorizationEndpointCheckProviderFactory {

    @Override
    public void check(AuthorizationEndpointChecker context) throws AuthorizationCheckException {
        if (ProConnect.builtFor(context.getClient())) {
            AuthorizationEndpointRequest request = context.getAuthorizationEndpointRequest();
            require("state", request.getState());
            require("nonce", request.getNonce());
        }
    }

    private static void require(String parameter, @Nullable String value) throws AuthorizationCheckException {
        if (value == null || value.isBlank()) {
            throw new AuthorizationCheckException(
                    Response.Status.BAD_REQUEST,
                    OAuthErrorException.INVALID_REQUEST,
                    "Missing parameter: " + parameter);
        }
    }

    @Override
    public String getId() {
        return "entente-proconnect";
    }

    @Override
    public AuthorizationEndpointCheckProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return true;
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs nothing of others.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
