package org.entente.keycloak.saml;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Entered;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.backchannel.Notices;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's SAML, but that an application which takes logout requests by SOAP is told so, without leading the browser through it, and that who entered is kept. */
final class SoapFirst extends SamlProtocol {

    private final BackChannel backChannel;

    SoapFirst(BackChannel backChannel) {
        this.backChannel = backChannel;
    }

    @Override
    public Response authenticated(
            AuthenticationSessionModel signIn, UserSessionModel userSession, ClientSessionContext context) {
        Response answer = super.authenticated(signIn, userSession, context);
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        if (clientSession.getNote(SAML_NAME_ID) != null) {
            Entered.keep(session, clientSession, List.of(Notices.of(session, userSession.getUser(), clientSession)));
        }
        return answer;
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
