package org.entente.wopi;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes every call of an office server before the rest of the platform sees it: cookies mean nothing there, the token is in the address, and nothing that writes down
 * addresses comes before.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3) // after the gateway, whose hosts have addresses of their own
class WopiFilter extends OncePerRequestFilter {

    private final ObjectProvider<WopiDoor> door;

    /** Filters are made before the rooms. */
    WopiFilter(ObjectProvider<WopiDoor> door) {
        this.door = door;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (WopiDoor.isOurs(request.getRequestURI())) {
            door.getObject().take(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
