package org.entente.keycloak.signout;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.keycloak.cas.CasLogout;
import org.entente.keycloak.sources.Source;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.IdentityBrokerService;

/** The visit of the browser: frames for applications that only it can tell, then the member's own provider where it can be reached, then back to the portal. */
public final class SignOutResource {

    private static final Logger log = Logger.getLogger(SignOutResource.class);
    static final String PORTAL = "entente-portal";

    private final KeycloakSession session;

    SignOutResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    @Path("{code}")
    public Response visit(@PathParam("code") String code) {
        SignOut left = SignOut.take(session, code).orElse(null);
        RealmModel realm = session.getContext().getRealm();
        if (left == null) {
            // The page was loaded again, or came too late: everything has ended all the same.
            ClientModel portal = realm.getClientByClientId(PORTAL);
            return to(URI.create(
                    portal == null || portal.getBaseUrl() == null ? "/" : portal.getBaseUrl() + "signed-out"));
        }
        if (!left.tells().isEmpty()) {
            return frames(realm, left);
        }
        return to(left, realm);
    }

    private Response frames(RealmModel realm, SignOut left) {
        String next = left.source() == null
                ? left.next()
                : left.told().keep(session, realm).toString();
        SignedOut.framesWereShown(session, left.page());
        session.getProvider(SecurityHeadersProvider.class)
                .options()
                .allowFrameSrc(
                        left.tells().stream().map(Tell::origin).distinct().collect(Collectors.joining(" ")));
        return session.getProvider(LoginFormsProvider.class)
                .setAttribute("signOut", Map.of("next", next, "tells", maps(left.tells())))
                .createForm("entente-signing-out.ftl");
    }

    /** A template reads maps. */
    private static List<Map<String, String>> maps(List<Tell> tells) {
        return tells.stream()
                .map(tell -> Map.of("name", tell.name(), "url", tell.url(), "request", text(tell.request())))
                .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Response to(SignOut left, RealmModel realm) {
        URI next = URI.create(left.next());
        String alias = left.source();
        IdentityProviderModel provider =
                alias == null ? null : session.identityProviders().getByAlias(alias);
        UserModel person = session.users().getUserById(realm, left.person());
        if (provider == null || person == null) {
            return to(next);
        }
        if (!Reachable.signsOut(session, realm, provider)) {
            log.infof("The source %s does not take sign-outs at the moment", alias);
            SignedOut.sourceWasUnreached(session, left.page());
            return to(next);
        }
        UserSessionModel over = over(realm, person, left);
        SignedOut.ledToTheSource(session, left.page(), over);
        Response response = IdentityBrokerService.getIdentityProvider(
                        session, Source.signingOut(provider), UserAuthenticationIdentityProvider.class)
                .keycloakInitiatedBrowserLogout(
                        session, over, session.getContext().getUri(), realm);
        return response == null ? to(next) : response;
    }

    /** Keycloak comes back to a session: one that no browser has, made to be signed out. */
    private UserSessionModel over(RealmModel realm, UserModel person, SignOut left) {
        UserSessionModel over = session.sessions()
                .createUserSession(
                        UUID.randomUUID().toString(),
                        realm,
                        person,
                        person.getUsername(),
                        session.getContext().getConnection().getRemoteAddr(),
                        "sign-out",
                        false,
                        null,
                        null,
                        UserSessionModel.SessionPersistenceState.PERSISTENT);
        left.notes().forEach(over::setNote);
        over.setNote(Details.IDENTITY_PROVIDER, left.source());
        over.setNote(Source.NOTHING_LEFT, "true");
        CasLogout.leadsTo(over, left.next());
        over.setState(UserSessionModel.State.LOGGING_OUT);
        return over;
    }

    private static Response to(URI address) {
        return Response.status(Response.Status.FOUND)
                .location(address)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
