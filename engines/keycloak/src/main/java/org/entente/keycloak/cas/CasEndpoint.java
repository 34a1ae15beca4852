package org.entente.keycloak.cas;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The addresses of CAS, under {@code /realms/<realm>/protocol/cas}: the only thing that an application is configured with. */
public class CasEndpoint {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EventBuilder event;

    CasEndpoint(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.event = event;
    }

    @GET
    @Path("login")
    public Response login() {
        return new CasLogin(session, event).begin(parameters());
    }

    /** The person signs out everywhere; the browser goes on only to an address of an application of ours. */
    @GET
    @Path("logout")
    public Response logout() {
        Optional<Services.Found> service =
                Services.find(realm, Asked.of(parameters()).service());
        AuthenticationManager.AuthResult signedIn =
                AuthenticationManager.authenticateIdentityCookie(session, realm, false);
        if (signedIn == null) {
            return service.map(found -> CasProtocol.to(found.url().uri()))
                    .orElseGet(() -> CasProtocol.signedOut(session));
        }
        UserSessionModel userSession = signedIn.session();
        userSession.setNote(AuthenticationManager.KEYCLOAK_LOGOUT_PROTOCOL, CasWords.PROTOCOL);
        service.ifPresentOrElse(
                found -> userSession.setNote(
                        CasProtocol.AFTER_SIGN_OUT, found.url().text()),
                () -> userSession.removeNote(CasProtocol.AFTER_SIGN_OUT));
        return AuthenticationManager.browserLogout(
                session,
                realm,
                userSession,
                session.getContext().getUri(),
                session.getContext().getConnection(),
                session.getContext().getRequestHeaders());
    }

    @GET
    @Path("validate")
    public Response validate() {
        return answer("text/plain", Words.lines(verdict()));
    }

    /** Attributes, which CAS 3 has brought, also for those who ask at the address of CAS 2: most applications look for them there. */
    @GET
    @Path("serviceValidate")
    public Response serviceValidate() {
        MultivaluedMap<String, String> parameters = parameters();
        String format = parameters.getFirst("format");
        Verdict verdict = format == null || format.equalsIgnoreCase("XML") || format.equalsIgnoreCase("JSON")
                ? verdict()
                : new Verdict.Bad(Verdict.Code.INVALID_REQUEST, "format is XML or JSON");
        return "JSON".equalsIgnoreCase(format)
                ? answer("application/json", Words.json(verdict))
                : answer("application/xml", Words.xml(verdict));
    }

    @GET
    @Path("p3/serviceValidate")
    public Response serviceValidate3() {
        return serviceValidate();
    }

    @GET
    @Path("proxyValidate")
    public Response proxyValidate() {
        return serviceValidate();
    }

    @GET
    @Path("p3/proxyValidate")
    public Response proxyValidate3() {
        return serviceValidate();
    }

    private Verdict verdict() {
        boolean plain =
                !"https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (plain && realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            return new Verdict.Bad(Verdict.Code.INVALID_REQUEST, "Ask by https");
        }
        return new Validation(session, event).of(parameters());
    }

    private MultivaluedMap<String, String> parameters() {
        return session.getContext().getUri().getQueryParameters();
    }

    /** The protocol answers 200 whatever the verdict: clients take another status for an outage. */
    private static Response answer(String type, String text) {
        return Response.ok(text, type + ";charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
