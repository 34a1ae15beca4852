package org.entente.keycloak.claims;

import java.util.List;
import org.entente.keycloak.backchannel.Entered;
import org.entente.keycloak.backchannel.Notices;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** In the default scope of every app: no token, no userinfo, no introspection for a capacity that is not live any more; and who entered is kept. */
public final class CapacityGuard extends CapacityMapper {

    @Override
    public String getId() {
        return "entente-capacity-guard";
    }

    @Override
    public String getDisplayType() {
        return "Entente: only while the capacity lives";
    }

    @Override
    public String getHelpText() {
        return "Refuses tokens of a capacity that has ended";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    void claim(IDToken token, ProtocolMapperModel model, Told told) {
        // That there is one was all. An app may ask about the tokens it holds only where they name it as their
        // audience.
        if (token instanceof AccessToken && token.getIssuedFor() != null) {
            token.addAudience(token.getIssuedFor());
        }
    }

    @Override
    void told(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        if (Entered.isDue(clientSession)) {
            UserModel user = clientSession.getUserSession().getUser();
            Entered.keep(session, clientSession, List.of(Notices.of(session, user, clientSession)));
        }
    }
}
