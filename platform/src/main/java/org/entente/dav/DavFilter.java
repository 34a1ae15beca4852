package org.entente.dav;

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
 * Takes every request for an address of WebDAV before the rest of the platform sees it, and lets none of them further: names of files are stranger, and
 * the methods more, than what guards the programme's own addresses lets pass.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // after the gateway, whose hosts have addresses of their own
class DavFilter extends OncePerRequestFilter {

    private final ObjectProvider<DavDoor> door;

    /** Filters are made before the rooms. */
    DavFilter(ObjectProvider<DavDoor> door) {
        this.door = door;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (DavDoor.isOurs(request.getRequestURI())) {
            door.getObject().take(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
