package org.entente.sources.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.entente.base.Doorkeeper;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds in whose name a member's software calls, and lets each in so many times at once that there is room for the others. */
@Component
class ScimDoor extends Doorkeeper {

    /** The attribute of a request that holds its {@link ScimCall}. */
    static final String CALL = "org.entente.sources.scim.call";

    private final ObjectProvider<ScimClients> clients;
    private final int atOnce;

    /** How many requests of each software are under way on this node. */
    private final ConcurrentMap<String, Integer> inside = new ConcurrentHashMap<>();

    /** Doorkeepers are made before the rooms. */
    ScimDoor(ObjectProvider<ScimClients> clients, @Value("${entente.scim.at-once:32}") int atOnce) {
        super(ScimController.class, ScimEndpoints.class);
        this.clients = clients;
        this.atOnce = atOnce;
    }

    @Override
    protected void ask(HttpServletRequest request) {
        ScimCall call = clients.getObject().call(inPath(request, "siren"), request);
        enter(call.caller());
        request.setAttribute(CALL, call);
    }

    private void enter(String caller) {
        if (inside.merge(caller, 1, Integer::sum) > atOnce) {
            leave(caller);
            throw Refusal.of(Refusal.Kind.TOO_MANY, "scim.at-once", String.valueOf(atOnce));
        }
    }

    private void leave(String caller) {
        inside.computeIfPresent(caller, (who, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (guards(handler) && request.getAttribute(CALL) instanceof ScimCall call) {
            request.removeAttribute(CALL);
            leave(call.caller());
        }
    }
}
