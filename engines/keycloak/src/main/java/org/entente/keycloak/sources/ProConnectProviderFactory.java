package org.entente.keycloak.sources;

import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** See {@link ProConnectProvider}. */
public final class ProConnectProviderFactory extends OIDCIdentityProviderFactory {

    static final String ID = "entente-proconnect";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getName() {
        return "Entente: ProConnect";
    }

    @Override
    public OIDCIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new ProConnectProvider(session, new OIDCIdentityProviderConfig(model));
    }
}
