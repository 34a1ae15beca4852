package org.entente.identity.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Finds the session of a request, once, and gives the web application its token against forged requests. */
class SessionFilter extends OncePerRequestFilter {

    private static final String SESSION = SessionFilter.class.getName() + ".session";

    private static final String NOWHERE = SessionFilter.class.getName() + ".nowhere";

    private final SessionStore sessions;
    private final SessionCookies cookies;
    private final HandlerExceptionResolver problems;

    /** With this a page says that it asks by itself, with nobody at it. Whoever leaves it out counts as there, as before. */
    static final String BACKGROUND = "X-Background";

    private static final String BY_ITSELF = "true";

    SessionFilter(SessionStore sessions, SessionCookies cookies, HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.problems = problems;
    }

    /** The live session of this request, if any. */
    static @Nullable PortalSession of(HttpServletRequest request) {
        return (PortalSession) request.getAttribute(SESSION);
    }

    /** Whether the session of this request has just ended because its person has no live capacity left. */
    static boolean nowhere(HttpServletRequest request) {
        return request.getAttribute(NOWHERE) != null;
    }

    /** Who has no live capacity left has nothing to do here: the session ends. */
    private void admit(PortalSession session, HttpServletRequest request, HttpServletResponse response) {
        if (session.nowhere()) {
            sessions.end(session.id());
            cookies.forget(response, SessionCookies.SESSION);
            request.setAttribute(NOWHERE, true);
        } else {
            request.setAttribute(SESSION, session);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String secret = cookies.read(request, SessionCookies.SESSION);
        try {
            if (secret != null) {
                sessions.find(secret, !BY_ITSELF.equals(request.getHeader(BACKGROUND)))
                        .ifPresent(session -> admit(session, request, response));
            }
        } catch (DataAccessException e) {
            problems.resolveException(
                    request, response, null, e); // said as everywhere, though nobody below heard of it
            return;
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
