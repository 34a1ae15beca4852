package org.entente.identity.session;

import static org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames.REGISTRATION_ID;
import static org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames.STATE;
import static org.springframework.security.oauth2.core.endpoint.PkceParameterNames.CODE_VERIFIER;
import static org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames.NONCE;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.base.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/**
 * Sign-ins under way, in the database: any node may take the browser back, and none of them can be used twice or by another browser
 * than the one that began it.
 */
@Component
class SignInRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /** Where to go after the sign-in, kept beside the request. */
    static final String TARGET = "entente.target";

    /** Somebody may look for their telephone. */
    private static final Duration LASTS = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SessionCookies cookies;
    private final KeycloakClient client;

    SignInRequests(JdbcClient jdbc, Clock clock, SessionCookies cookies, KeycloakClient client) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.cookies = cookies;
        this.client = client;
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            return;
        }
        String browser = cookies.read(request, SessionCookies.SIGN_IN);
        if (browser == null) {
            browser = Secret.random();
            cookies.write(response, SessionCookies.SIGN_IN, browser);
        }
        jdbc.sql(
                        "INSERT INTO identity.sign_in (state, browser, nonce, verifier, target, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        Secret.kept(Objects.requireNonNull(asked.getState())),
                        Secret.kept(browser),
                        attribute(asked, NONCE),
                        attribute(asked, CODE_VERIFIER),
                        attribute(asked, TARGET),
                        SessionStore.at(clock.instant().plus(LASTS)))
                .update();
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return null; // only ever taken
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        String state = request.getParameter(STATE);
        String browser = cookies.read(request, SessionCookies.SIGN_IN);
        if (state == null || browser == null) {
            return null;
        }
        Optional<OAuth2AuthorizationRequest> found = jdbc.sql("""
                DELETE FROM identity.sign_in WHERE state = ? AND browser = ? AND expires_at > ?
                RETURNING nonce, verifier, target""")
                .params(Secret.kept(state), Secret.kept(browser), SessionStore.at(clock.instant()))
                .query((row, number) -> again(
                        state,
                        Map.of(
                                REGISTRATION_ID, KeycloakClient.REGISTRATION,
                                NONCE, row.getString("nonce"),
                                CODE_VERIFIER, row.getString("verifier"),
                                TARGET, row.getString("target"))))
                .optional();
        found.ifPresent(asked -> request.setAttribute(TARGET, attribute(asked, TARGET)));
        return found.orElse(null);
    }

    private OAuth2AuthorizationRequest again(String state, Map<String, Object> attributes) {
        var registration = client.registration();
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(registration.getClientId())
                .authorizationUri(
                        Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
                .redirectUri(registration.getRedirectUri())
                .scopes(registration.getScopes())
                .state(state)
                .attributes(all -> all.putAll(attributes))
                .build();
    }

    private static String attribute(OAuth2AuthorizationRequest asked, String name) {
        String value = asked.getAttribute(name);
        if (value == null) {
            throw new IllegalStateException("A sign-in without " + name);
        }
        return value;
    }
}
