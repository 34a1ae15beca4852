package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.AppSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Ends the session here and at Keycloak. Keycloak is told by the platform, so no token has to pass through the browser; only when it
 * cannot be told is the browser sent there, where the person is asked.
 */
@RestController
class SignOutController {

    private static final Logger log = LoggerFactory.getLogger(SignOutController.class);
    private static final String SIGNED_OUT = "/signed-out";

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
        return sessions.end(secret)
                .map(named -> {
                    String next = next(named);
                    return new SignedOut(
                            endedAtKeycloak(session, named) ? next : keycloak.signOutUrl(settings.at(SIGNED_OUT)));
                })
                .orElse(new SignedOut(SIGNED_OUT));
    }

    /** Who came by ProConnect signs out there too: at a desk that is shared the next one would be let in as them. */
    private String next(String named) {
        AppSessions door = keycloakSessions.getIfAvailable();
        try {
            return door == null
                    ? SIGNED_OUT
                    : door.elsewhere(named, settings.at(SIGNED_OUT)).orElse(SIGNED_OUT);
        } catch (RuntimeException e) {
            log.warn("Keycloak does not say where a session came from: {}", e.getMessage());
            return SIGNED_OUT;
        }
    }

    private boolean endedAtKeycloak(PortalSession session, String named) {
        AppSessions door = keycloakSessions.getIfAvailable();
        if (door == null) {
            return false;
        }
        try {
            door.end(session.person(), named);
            return true;
        } catch (RuntimeException e) {
            log.warn("Keycloak could not be told of a sign-out: {}", e.getMessage());
            return false;
        }
    }
}
