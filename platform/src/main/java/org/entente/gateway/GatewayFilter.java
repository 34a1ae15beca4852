package org.entente.gateway;

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
 * Takes every request for an application's host before anything else of the platform sees it, and lets none of them further: there the platform's
 * own pages and programme do not exist. All other hosts are none of its business.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after the name of the request
class GatewayFilter extends OncePerRequestFilter {

    private final ObjectProvider<Gateway> gateway;

    /** Filters are made before the rooms, and the gateway needs several of them. */
    GatewayFilter(ObjectProvider<Gateway> gateway) {
        this.gateway = gateway;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!gateway.getObject().takes(request, response)) {
            chain.doFilter(request, response);
        }
    }
}
