package org.entente.keycloak.claims;

import java.util.List;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Vouching;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/** Tells the portal, which people use in no particular capacity, for which members alone a session counts, and whether a source opened it. */
public final class VouchingClaim extends AbstractOIDCProtocolMapper implements OIDCIDTokenMapper {

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        if (!Capacities.exempts(context.getClientSession().getClient())) {
            return;
        }
        if (Vouching.bySource(userSession)) {
            token.getOtherClaims().put("entente_by_source", true);
        }
        Vouching.only(userSession)
                .ifPresent(members -> token.getOtherClaims().put("entente_only_members", List.copyOf(members)));
    }

    @Override
    public String getId() {
        return "entente-vouching-claim";
    }

    @Override
    public String getDisplayType() {
        return "Entente: for which members a session counts";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "entente_only_members and entente_by_source, for clients that are used in no capacity";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
