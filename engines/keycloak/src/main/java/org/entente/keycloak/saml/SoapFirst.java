package org.entente.keycloak.saml;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.backchannel.Notices;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.SamlProtocol;

/** Keycloak's SAML, but that an application which takes logout requests by SOAP is told so, without leading the browser through it. */
final class SoapFirst extends SamlProtocol {

    private final BackChannel backChannel;

    SoapFirst(BackChannel backChannel) {
        this.backChannel = backChannel;
    }

    @Override
    public @Nullable Response frontchannelLogout(
            UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {
        return told(userSession, clientSession) ? null : super.frontchannelLogout(userSession, clientSession);
    }

    @Override
    public Response backchannelLogout(UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {
        return told(userSession, clientSession)
                ? Response.ok().build()
                : super.backchannelLogout(userSession, clientSession);
    }

    private boolean told(UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {
        Notice notice = Notices.of(session, userSession.getUser(), clientSession);
        boolean soap = notice.means() == Notice.Means.SAML_SOAP;
        if (soap) {
            backChannel.afterCommit(session, userSession.getUser().getUsername(), List.of(notice));
        }
        return soap;
    }
}
