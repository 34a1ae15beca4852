package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Bounds how much of forms with files strangers have on their way into this node at once: its parts lie on the disk until all have come, and nothing makes a
 * sender hurry.
 */
class StrangersForms implements HandlerInterceptor {

    private static final String COUNTED = StrangersForms.class.getName() + ".counted";

    private final long largest;
    private final long most;
    private final long mostEach;

    private final Map<String, Long> underWay = new HashMap<>();
    private long all;

    /**
     * @param largest form that the server takes, in bytes; so much counts who does not say
     * @param most bytes of all @param mostEach of one address
     */
    StrangersForms(long largest, long most, long mostEach) {
        this.largest = largest;
        this.most = most;
        this.mostEach = mostEach;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint
                && NeedsInterceptor.of(endpoint) == Right.PUBLIC
                && BodyLimit.isForm(request)
                && SessionFilter.of(request) == null) {
            long said = request.getContentLengthLong();
            long bytes = said < 0 ? largest : Math.min(said, largest);
            if (!begins(request.getRemoteAddr(), bytes)) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "request.busy");
            }
            request.setAttribute(COUNTED, bytes);
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(COUNTED) instanceof Long bytes) {
            request.removeAttribute(COUNTED);
            ends(request.getRemoteAddr(), bytes);
        }
    }

    private synchronized boolean begins(String address, long bytes) {
        long here = underWay.getOrDefault(address, 0L) + bytes;
        if (all + bytes > most || here > mostEach) {
            return false;
        }
        underWay.put(address, here);
        all += bytes;
        return true;
    }

    private synchronized void ends(String address, long bytes) {
        all -= bytes;
        underWay.computeIfPresent(address, (same, here) -> here <= bytes ? null : here - bytes);
    }
}
