package org.entente.keycloak.cas;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ClientData;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What Keycloak's sign-in and sign-out ask of a protocol, for CAS. */
final class CasProtocol implements LoginProtocol {

    /** Client note of a sign-in: the person proves who they are again. */
    static final String RENEW = "entente.cas.renew";

    /** Client note of a sign-in: nothing is asked of the person. */
    static final String GATEWAY = "entente.cas.gateway";

    /** Client note of a sign-in: the browser posts the ticket. */
    static final String POST = "entente.cas.post";

    /** User session note: where the browser goes once the person is signed out. */
    static final String AFTER_SIGN_OUT = "entente.cas.after-sign-out";

    private KeycloakSession session;
    private RealmModel realm;
    private EventBuilder event;
    private final BackChannel backChannel;

    CasProtocol(KeycloakSession session, BackChannel backChannel) {
        this.session = session;
        this.backChannel = backChannel;
        this.realm = session.getContext().getRealm();
        this.event = new EventBuilder(realm, session);
    }

    @Override
    public Response authenticated(
            AuthenticationSessionModel signIn, UserSessionModel userSession, ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        Optional<ServiceUrl> service = Services.of(clientSession.getClient(), signIn.getRedirectUri());
        if (service.isEmpty()) {
            // Its description has changed while the person was signing in.
            return ErrorPage.error(session, signIn, Response.Status.BAD_REQUEST, "ententeCasService");
        }
        String ticket = new Ticket(
                        userSession.getId(),
                        clientSession.getClient().getId(),
                        service.get().text(),
                        clientSession.getNote(Capacity.NOTE),
                        !AuthenticationManager.isSSOAuthentication(clientSession))
                .give(session);
        if (signIn.getClientNote(POST) != null) {
            return session.getProvider(LoginFormsProvider.class)
                    .setAttribute("cas", Map.of("url", service.get().text(), "ticket", ticket))
                    .createForm("entente-cas-post.ftl");
        }
        return to(service.get().with(ticket));
    }

    /** The protocol has no way to tell an application of an error: a silent question is answered without a ticket, the rest by a page. */
    @Override
    public Response sendError(AuthenticationSessionModel signIn, Error error, String description) {
        Optional<ServiceUrl> service = Services.of(signIn.getClient(), signIn.getRedirectUri());
        boolean silent = signIn.getClientNote(GATEWAY) != null;
        new AuthenticationSessionManager(session).removeTabIdInAuthenticationSession(realm, signIn);
        return service.isPresent() && silent && isOfPassive(error)
                ? to(service.get().uri())
                : ended(service, error);
    }

    /** Where a sign-in is lost, or was finished in another tab: {@code data} comes from the browser, and is judged like a new request. */
    @Override
    public Response sendError(ClientModel client, ClientData data, Error error) {
        return ended(Services.of(client, data.getRedirectUri()), error);
    }

    private Response ended(Optional<ServiceUrl> service, Error error) {
        if (error == Error.ALREADY_LOGGED_IN && service.isPresent()) {
            return to(login(service.get()));
        }
        return ErrorPage.error(session, null, Response.Status.BAD_REQUEST, Messages.ACCESS_DENIED);
    }

    private static boolean isOfPassive(Error error) {
        return error == Error.PASSIVE_LOGIN_REQUIRED || error == Error.PASSIVE_INTERACTION_REQUIRED;
    }

    /** To sign in anew, which a session that is open makes a matter of one redirect. */
    private URI login(ServiceUrl service) {
        UriBuilder login = RealmsResource.protocolUrl(session.getContext().getUri())
                .path("login")
                .queryParam("service", "{service}");
        return login.build(realm.getName(), CasWords.PROTOCOL, service.text());
    }

    @Override
    public ClientData getClientData(AuthenticationSessionModel signIn) {
        return new ClientData(signIn.getRedirectUri(), null, null, null);
    }

    @Override
    public Response backchannelLogout(UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {
        backChannel.afterCommit(session, userSession.getUser().getUsername(), CasLogout.notices(clientSession));
        return Response.ok().build();
    }

    /** Nothing goes through the browser: applications are told by {@link #backchannelLogout}. */
    @Override
    public Response frontchannelLogout(UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {
        return backchannelLogout(userSession, clientSession);
    }

    @Override
    public Response finishBrowserLogout(UserSessionModel userSession, AuthenticationSessionModel signOut) {
        event.event(EventType.LOGOUT)
                .user(userSession.getUser())
                .session(userSession)
                .success();
        String service = userSession.getNote(AFTER_SIGN_OUT);
        return service == null ? signedOut(session) : to(URI.create(service));
    }

    static Response signedOut(KeycloakSession session) {
        return session.getProvider(LoginFormsProvider.class)
                .setSuccess(Messages.SUCCESS_LOGOUT)
                .setAttribute("skipLink", true)
                .setDetachedAuthSession()
                .createInfoPage();
    }

    static Response to(URI address) {
        return Response.status(Response.Status.FOUND)
                .location(address)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @Override
    public boolean requireReauthentication(UserSessionModel userSession, AuthenticationSessionModel signIn) {
        return signIn.getClientNote(RENEW) != null;
    }

    @Override
    public LoginProtocol setSession(KeycloakSession of) {
        this.session = of;
        return this;
    }

    @Override
    public LoginProtocol setRealm(RealmModel of) {
        this.realm = of;
        return this;
    }

    @Override
    public LoginProtocol setUriInfo(UriInfo of) {
        return this;
    }

    @Override
    public LoginProtocol setHttpHeaders(HttpHeaders of) {
        return this;
    }

    @Override
    public LoginProtocol setEventBuilder(EventBuilder of) {
        this.event = of;
        return this;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
