package org.entente.keycloak.cas;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of a sign-in (CAS protocol 3.0, 2.1.1).
 *
 * @param service null when there is none, or more than one
 * @param renew whether the person proves who they are again
 * @param gateway whether nothing is asked of the person; {@code renew} goes before it
 * @param post whether the browser posts the ticket instead of following a link
 */
record Asked(@Nullable String service, boolean renew, boolean gateway, boolean post) {

    static Asked of(MultivaluedMap<String, String> parameters) {
        List<String> services = parameters.getOrDefault("service", List.of());
        boolean renew = set(parameters, "renew");
        return new Asked(
                services.size() == 1 ? services.getFirst() : null,
                renew,
                set(parameters, "gateway") && !renew,
                "POST".equalsIgnoreCase(parameters.getFirst("method")));
    }

    /** The protocol asks whether it is there, and recommends {@code true}. */
    static boolean set(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value != null && !value.equalsIgnoreCase("false");
    }
}
