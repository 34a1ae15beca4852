package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.AppSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Ends the session here and at Keycloak. Keycloak is told by the platform, so no token has to pass through the browser; the browser is sent there for what only
 * it can do (applications without another means, the provider of the person's member), and, to be asked, when Keycloak cannot be told.
 */
@RestController
class SignOutController {

    private static final Logger log = LoggerFactory.getLogger(SignOutController.class);
    private static final String SIGNED_OUT = "/signed-out";
    private static final AppSessions.Ended NOTHING = new AppSessions.Ended(List.of(), null);

    private final SessionStore sessions;
    private final SessionCookies cookies;
    private final ObjectProvider<AppSessions> keycloakSessions;
    private final KeycloakClient keycloak;
    private final SignInSettings settings;

    SignOutController(
            SessionStore sessions,
            SessionCookies cookies,
            ObjectProvider<AppSessions> keycloakSessions,
            KeycloakClient keycloak,
            SignInSettings settings) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.keycloakSessions = keycloakSessions;
        this.keycloak = keycloak;
        this.settings = settings;
    }

    /** Where the browser goes next. */
    record SignedOut(String to) {}

    @PostMapping("/sign-out")
    @Needs(Right.PUBLIC)
    SignedOut signOut(HttpServletRequest request, HttpServletResponse response) {
        PortalSession session = SessionFilter.of(request);
        String secret = cookies.read(request, SessionCookies.SESSION);
        cookies.forget(response, SessionCookies.SESSION);
        cookies.forget(response, SessionCookies.CSRF);
        if (session == null || secret == null) {
            return new SignedOut(SIGNED_OUT);
        }
        return new SignedOut(sessions.end(secret)
                .flatMap(named -> leadsTo(session, named, response))
                .orElse(SIGNED_OUT));
    }

    private Optional<String> leadsTo(PortalSession session, String named, HttpServletResponse response) {
        AppSessions door = keycloakSessions.getIfAvailable();
        try {
            if (door != null) {
                return door.signOut(session.person(), named, settings.at(SIGNED_OUT))
                        .flatMap(out -> {
                            cookies.write(response, SessionCookies.SIGNED_OUT, out.page());
                            return Optional.of(out.to()).filter(to -> !to.isEmpty());
                        });
            }
        } catch (RuntimeException e) {
            log.warn("Keycloak could not be told of a sign-out: {}", e.getMessage());
        }
        return Optional.of(keycloak.signOutUrl(settings.at(SIGNED_OUT)));
    }

    /**
     * What the sign-out of this browser has ended, for the page that says so. Only the cookie says which sign-out: nothing of an address reaches that page.
     *
     * @return nothing listed when it is too long ago, or Keycloak does not say
     */
    @GetMapping("/api/signed-out")
    @Needs(Right.PUBLIC)
    AppSessions.Ended ended(HttpServletRequest request) {
        String page = cookies.read(request, SessionCookies.SIGNED_OUT);
        AppSessions door = keycloakSessions.getIfAvailable();
        if (page == null || door == null) {
            return NOTHING;
        }
        try {
            return door.ended(page).orElse(NOTHING);
        } catch (RuntimeException e) {
            log.warn("Keycloak could not be asked about a sign-out: {}", e.getMessage());
            return NOTHING;
        }
    }
}
