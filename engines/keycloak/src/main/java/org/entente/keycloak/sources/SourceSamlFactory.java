package org.entente.keycloak.sources;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.broker.saml.SAMLIdentityProvider;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.saml.validators.DestinationValidator;

/** Takes the place of Keycloak's own factory: the same name, and a higher order. */
public final class SourceSamlFactory extends SAMLIdentityProviderFactory {

    private @Nullable DestinationValidator destinations;

    @Override
    public SAMLIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new SourceSaml(session, new SAMLIdentityProviderConfig(model), Objects.requireNonNull(destinations));
    }

    @Override
    public void init(Config.Scope config) {
        super.init(config);
        destinations = DestinationValidator.forProtocolMap(config.getArray("knownProtocols"));
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
