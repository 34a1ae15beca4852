package org.entente.keycloak.signout;

import java.net.URI;
import java.util.Optional;
import org.entente.keycloak.backchannel.SoapLogout;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.ResourceAdminManager;

/**
 * An application that only the browser can tell, in a frame: OpenID Connect Front-Channel Logout 1.0, or a SAML LogoutRequest by HTTP-POST.
 *
 * @param client of the realm
 * @param request of SAML, to be posted; none where opening the address is all
 */
record Tell(
        String client, String name, String url, @Nullable String request) {

    /** Of this session, while it still exists; empty for an application that is told from server to server, or not at all. */
    static Optional<Tell> of(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        return switch (String.valueOf(client.getProtocol())) {
            case OIDCLoginProtocol.LOGIN_PROTOCOL -> openIdConnect(session, clientSession, client);
            case "saml" ->
                SoapLogout.byPost(session, clientSession)
                        .map(post -> new Tell(client.getClientId(), name(client), post.url(), post.request()));
            default -> Optional.empty();
        };
    }

    private static Optional<Tell> openIdConnect(
            KeycloakSession session, AuthenticatedClientSessionModel clientSession, ClientModel client) {
        String back = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
        String front = OIDCAdvancedConfigWrapper.fromClientModel(client).getFrontChannelLogoutUrl();
        if ((back != null && !back.isBlank()) || !client.isFrontchannelLogout() || front == null || front.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Tell(
                client.getClientId(),
                name(client),
                jakarta.ws.rs.core.UriBuilder.fromUri(front)
                        .queryParam("iss", "{iss}")
                        .queryParam("sid", "{sid}")
                        .build(
                                clientSession.getNote(OIDCLoginProtocol.ISSUER),
                                clientSession.getUserSession().getId())
                        .toString(),
                null));
    }

    static String name(ClientModel client) {
        return client.getName() == null ? client.getClientId() : client.getName();
    }

    /** What a page that shows its frame has to allow. */
    String origin() {
        URI at = URI.create(url);
        return at.getScheme() + "://" + at.getRawAuthority();
    }
}
