package org.entente.keycloak.claims;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.representations.IDToken;
import org.keycloak.services.ErrorResponseException;

/** What both of our mappers have in common: the capacity of the client session, which must still be the person's. */
abstract class CapacityMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    /** @param capacity the live capacity; empty only in clients that are used in none */
    abstract void claim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel session,
            Optional<Capacity> capacity,
            String service);

    @Override
    protected final void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        UserModel user = userSession.getUser();
        if (user.getServiceAccountClientLink() != null) {
            return;
        }
        var client = context.getClientSession().getClient();
        Optional<Capacity> capacity =
                Capacities.find(user, context.getClientSession().getNote(Capacity.NOTE));
        if (capacity.isEmpty() && !Capacities.exempts(client)) {
            // Sessions of an ended capacity are removed with it; should one be left, it yields nothing.
            throw new ErrorResponseException(
                    "invalid_grant", "The capacity of this session has ended", Response.Status.BAD_REQUEST);
        }
        claim(token, model, userSession, capacity, Capacities.service(client));
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }
}
