package org.entente.keycloak.cas;

import java.util.Map;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.LoginProtocolFactory;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/** Puts CAS beside Keycloak's own protocols. It has no mappers and no scopes: what an application is told is not chosen one by one. */
public final class CasProtocolFactory implements LoginProtocolFactory {

    private final BackChannel backChannel = new BackChannel();

    @Override
    public String getId() {
        return CasWords.PROTOCOL;
    }

    @Override
    public LoginProtocol create(KeycloakSession session) {
        return new CasProtocol(session, backChannel);
    }

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        return new CasEndpoint(session, event);
    }

    @Override
    public Map<String, ProtocolMapperModel> getBuiltinMappers() {
        return Map.of();
    }

    @Override
    public void createDefaultClientScopes(RealmModel realm, boolean addScopesToExistingClients) {
        // There are none.
    }

    @Override
    public void setupClientDefaults(ClientRepresentation representation, ClientModel client) {
        // The platform says all there is to say.
    }

    @Override
    public void addClientScopeDefaults(ClientScopeRepresentation scope) {
        // There are none.
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
        backChannel.close();
    }
}
