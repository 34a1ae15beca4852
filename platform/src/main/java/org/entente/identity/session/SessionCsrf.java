package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.entente.base.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * The token against forged requests. In a session it is derived from the session's secret, so a cookie planted by another site
 * of the same domain is worth nothing; before sign-in it is a random double submit.
 */
@Component
class SessionCsrf implements CsrfTokenRepository {

    private static final String HEADER = "X-XSRF-TOKEN";

    private final SessionCookies cookies;

    SessionCsrf(SessionCookies cookies) {
        this.cookies = cookies;
    }

    static String of(String sessionSecret) {
        return Secret.text(Secret.kept("csrf " + sessionSecret));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        String session = cookies.read(request, SessionCookies.SESSION);
        return token(session == null ? Secret.random() : of(session));
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token == null) {
            cookies.forget(response, SessionCookies.CSRF);
        } else {
            cookies.write(response, SessionCookies.CSRF, token.getToken());
        }
    }

    /** Null when the browser does not hold the right one yet: then one is made and sent. */
    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        String held = cookies.read(request, SessionCookies.CSRF);
        String session = cookies.read(request, SessionCookies.SESSION);
        if (held == null || (session != null && !of(session).equals(held))) {
            return null;
        }
        return token(held);
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken(HEADER, "_csrf", value);
    }
}
