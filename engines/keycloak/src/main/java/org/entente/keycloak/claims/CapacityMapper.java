package org.entente.keycloak.claims;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.entente.keycloak.Assurance;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
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

/** What our mappers have in common: the capacity of the client session, which must still be the person's. */
abstract class CapacityMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    /** @param told who signs in where, in a capacity that lives */
    abstract void claim(IDToken token, ProtocolMapperModel model, Told told);

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
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        ClientModel client = clientSession.getClient();
        Optional<Capacity> capacity = Capacities.find(user, clientSession.getNote(Capacity.NOTE));
        if (capacity.isEmpty() && !Capacities.exempts(client)) {
            // Sessions of an ended capacity are removed with it; should one be left, it yields nothing.
            throw refused("The capacity of this session has ended");
        }
        Factors factors = Factors.of(userSession.getNote(Capacity.FACTORS));
        Assurance asked = Assurance.asked(clientSession::getNote);
        if (!asked.metBy(factors.two())) {
            // The sign-in asks for it; should another way have led here, it ends here.
            throw refused("The level of assurance that was asked for is not reached");
        }
        claim(token, model, new Told(user, client, capacity, factors, asked));
    }

    private static ErrorResponseException refused(String why) {
        return new ErrorResponseException("invalid_grant", why, Response.Status.BAD_REQUEST);
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }
}
