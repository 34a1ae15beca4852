package org.entente.identity.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the session of a request, once, and gives the web application its token against forged requests. */
class SessionFilter extends OncePerRequestFilter {

    private static final String SESSION = SessionFilter.class.getName() + ".session";

    private final SessionStore sessions;
    private final SessionCookies cookies;

    SessionFilter(SessionStore sessions, SessionCookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** The live session of this request, if any. */
    static @Nullable PortalSession of(HttpServletRequest request) {
        return (PortalSession) request.getAttribute(SESSION);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String secret = cookies.read(request, SessionCookies.SESSION);
        if (secret != null) {
            sessions.find(secret).ifPresent(session -> request.setAttribute(SESSION, session));
        }
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            token.getToken(); // deferred until asked: asking sends the cookie when the browser lacks it
        }
        chain.doFilter(request, response);
    }

    /** Only the programme needs a session; pages and their assets are the same for everyone. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !(path.startsWith("/api/") || path.startsWith("/go/") || path.startsWith("/sign-"));
    }
}
