package org.entente.keycloak.saml;

import org.entente.keycloak.backchannel.BackChannel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.saml.SamlProtocolFactory;

/** Takes the place of Keycloak's own factory: the same name, and a higher order. */
public final class SoapFirstFactory extends SamlProtocolFactory {

    private final BackChannel backChannel = new BackChannel();

    @Override
    public LoginProtocol create(KeycloakSession session) {
        return new SoapFirst(backChannel).setSession(session);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }

    @Override
    public void close() {
        backChannel.close();
        super.close();
    }
}
