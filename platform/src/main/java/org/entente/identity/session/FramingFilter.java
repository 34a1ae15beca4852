package org.entente.identity.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.entente.identity.FramedServers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says the wider policy of the few pages that show another server's page; where none is said here, {@link WebSecurity} says its own. */
class FramingFilter extends OncePerRequestFilter {

    private static final String FORMS = "form-action 'self'";

    private final ObjectProvider<FramedServers> rooms;

    FramingFilter(ObjectProvider<FramedServers> rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        rooms.stream()
                .map(room -> room.framedBy(request.getRequestURI()))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(origin -> response.setHeader("Content-Security-Policy", policy(origin)));
        chain.doFilter(request, response);
    }

    static String policy(String origin) {
        if (!origin.matches("https?://[A-Za-z0-9.:\\[\\]-]+")) {
            throw new IllegalArgumentException("Not an origin: " + origin);
        }
        return WebSecurity.CONTENT.replace(FORMS, FORMS + " " + origin) + "; frame-src " + origin;
    }
}
