package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignedIn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Back from Keycloak: a new session for the person, or a plain page that says why not. */
@Component
class SignInEnd implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(SignInEnd.class);

    private final SessionStore sessions;
    private final SessionCookies cookies;
    private final Capacities capacities;
    private final PlainPage page;
    private final ApplicationEventPublisher events;

    SignInEnd(
            SessionStore sessions,
            SessionCookies cookies,
            Capacities capacities,
            PlainPage page,
            ApplicationEventPublisher events) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.capacities = capacities;
        this.page = page;
        this.events = events;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OidcUser user = (OidcUser) Objects.requireNonNull(authentication.getPrincipal());
        Optional<PersonId> person = person(user);
        Reach reach = Reach.of(user);
        Optional<AffiliationId> capacity = person.flatMap(one -> capacities.toBeginWith(one, reach));
        // Whatever this browser held before is over: a session is never carried across a sign-in.
        String before = cookies.read(request, SessionCookies.SESSION);
        if (before != null) {
            sessions.end(before);
        }
        if (person.isEmpty() || capacity.isEmpty()) {
            cookies.forget(response, SessionCookies.SESSION);
            page.write(request, response, 403, person.isEmpty() ? "stranger" : "capacity");
            return;
        }
        SessionStore.Started started = sessions.start(
                person.get(),
                capacity.get(),
                new SessionStore.Origin(
                        user.getClaimAsString("sid"),
                        user.getSubject(),
                        Device.of(request.getHeader("User-Agent")),
                        request.getRemoteAddr(),
                        reach));
        String secret = started.secret();
        events.publishEvent(new SignedIn(started.id(), person.get(), severalFactors(user)));
        cookies.write(response, SessionCookies.SESSION, secret);
        cookies.write(response, SessionCookies.CSRF, SessionCsrf.of(secret));
        cookies.forget(response, SessionCookies.SIGN_IN);
        cookies.forget(response, SessionCookies.SIGNED_OUT);
        response.sendRedirect(request.getAttribute(SignInRequests.TARGET) instanceof String target ? target : "/");
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String code = failure instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : failure.getClass().getSimpleName();
        log.info("A sign-in did not work out: {} {}", code, failure.getMessage());
        switch (code) {
            case "authorization_request_not_found" -> page.write(request, response, 400, "stale");
            case "access_denied", "interaction_required", "login_required" ->
                page.write(request, response, 403, "denied");
            case "invalid_token_response", "temporarily_unavailable", "server_error" ->
                page.write(request, response, 503, "down");
            default -> page.write(request, response, 400, "failed");
        }
    }

    private static boolean severalFactors(OidcUser user) {
        List<String> methods = user.getAuthenticationMethods();
        return methods != null && methods.contains("mfa");
    }

    /** Keycloak's user name, and its own id of a user that we made, is the person's id; any other user is a stranger. */
    private static Optional<PersonId> person(OidcUser user) {
        @Nullable String name = user.getPreferredUsername();
        try {
            return Optional.of(new PersonId(UUID.fromString(name == null ? user.getSubject() : name)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
