package org.entente.identity.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.entente.base.RateLimits;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before a sign-in begins: not too often from one place (an office shares one address), and only while Keycloak answers. */
class SignInGuard extends OncePerRequestFilter {

    private final RateLimits starts = new RateLimits(120, Duration.ofMinutes(1));
    private final KeycloakClient keycloak;
    private final PlainPage page;

    SignInGuard(KeycloakClient keycloak, PlainPage page) {
        this.keycloak = keycloak;
        this.page = page;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!starts.take(request.getRemoteAddr())) {
            response.setHeader("Retry-After", "60");
            page.write(request, response, 429, "often");
        } else if (!keycloak.answers()) {
            response.setHeader("Retry-After", "10");
            page.write(request, response, 503, "down");
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !SignInStart.asked(request);
    }
}
