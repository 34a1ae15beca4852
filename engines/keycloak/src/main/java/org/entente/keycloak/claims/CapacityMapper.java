package org.entente.keycloak.claims;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
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

    /** After an application has been told something. */
    void told(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        // Of concern to one only.
    }

    @Override
    protected final void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        if (userSession.getUser().getServiceAccountClientLink() != null) {
            return;
        }
        try {
            claim(token, model, Told.of(userSession, context.getClientSession()));
            told(session, context.getClientSession());
        } catch (Told.Refused refused) {
            throw new ErrorResponseException("invalid_grant", refused.getMessage(), Response.Status.BAD_REQUEST);
        }
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }
}
