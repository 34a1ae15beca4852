package org.entente.keycloak.cas;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.AuthorizationEndpointBase;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Begins a sign-in for a CAS application: the same flow as for every other, so the same proofs and the same choice of a capacity. */
final class CasLogin extends AuthorizationEndpointBase {

    /** Client of the portal, where somebody who comes without an application is sent. */
    private static final String PORTAL = "entente-portal";

    CasLogin(KeycloakSession session, EventBuilder event) {
        super(session, event);
    }

    Response begin(MultivaluedMap<String, String> parameters) {
        event.event(EventType.LOGIN);
        checkSsl();
        checkRealm();
        if (!parameters.containsKey("service")) {
            return portal();
        }
        Asked asked = Asked.of(parameters);
        Optional<Services.Found> found = Services.find(realm, asked.service());
        if (found.isEmpty()) {
            return refused();
        }
        ClientModel client = found.get().client();
        session.getContext().setClient(client);
        event.client(client).detail(Details.REDIRECT_URI, found.get().url().text());
        AuthenticationSessionModel signIn = createAuthenticationSession(client, null);
        signIn.setProtocol(CasWords.PROTOCOL);
        signIn.setRedirectUri(found.get().url().text());
        signIn.setAction(AuthenticationSessionModel.Action.AUTHENTICATE.name());
        note(signIn, CasProtocol.RENEW, asked.renew());
        note(signIn, CasProtocol.GATEWAY, asked.gateway());
        note(signIn, CasProtocol.POST, asked.post());
        LoginProtocol protocol = session.getProvider(LoginProtocol.class, CasWords.PROTOCOL)
                .setRealm(realm)
                .setHttpHeaders(headers)
                .setUriInfo(session.getContext().getUri())
                .setEventBuilder(event);
        return handleBrowserAuthenticationRequest(signIn, protocol, asked.gateway(), false);
    }

    private Response portal() {
        ClientModel portal = realm.getClientByClientId(PORTAL);
        return portal == null || portal.getBaseUrl() == null
                ? refused()
                : Response.status(Response.Status.FOUND)
                        .location(URI.create(portal.getBaseUrl()))
                        .build();
    }

    private Response refused() {
        event.error(Errors.INVALID_REDIRECT_URI);
        return ErrorPage.error(session, null, Response.Status.BAD_REQUEST, "ententeCasService");
    }

    private static void note(AuthenticationSessionModel signIn, String name, boolean set) {
        if (set) {
            signIn.setClientNote(name, "true");
        }
    }
}
