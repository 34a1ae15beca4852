package org.entente.base;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Asks of whoever calls some endpoints what no session says: a token, or the secret in an address. It is asked once the endpoint is known, so that no spelling of
 * the address goes around it, and before anything of the body is read, so that strangers fill neither memory nor disk.
 */
public abstract class Doorkeeper implements HandlerInterceptor, WebMvcConfigurer {

    private final List<Class<?>> endpoints;

    protected Doorkeeper(Class<?>... endpoints) {
        this.endpoints = List.of(endpoints);
    }

    /**
     * @throws Refusal when this request is not let in
     */
    protected abstract void ask(HttpServletRequest request);

    /** What the address says at that place of its pattern. */
    protected static String inPath(HttpServletRequest request, String place) {
        Map<?, ?> said = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return String.valueOf(said.get(place));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    protected final boolean guards(Object handler) {
        return handler instanceof HandlerMethod endpoint
                && endpoints.stream().anyMatch(ours -> ours.isAssignableFrom(endpoint.getBeanType()));
    }

    @Override
    public final boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (guards(handler)) {
            ask(request);
        }
        return true;
    }
}
