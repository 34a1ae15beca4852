package org.entente.sources.scim;

import jakarta.servlet.http.HttpServletRequest;
import org.entente.base.Doorkeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds in whose name a member's software calls. */
@Component
class ScimDoor extends Doorkeeper {

    /** The attribute of a request that holds its {@link ScimCall}. */
    static final String CALL = "org.entente.sources.scim.call";

    private final ObjectProvider<ScimClients> clients;

    /** Doorkeepers are made before the rooms. */
    ScimDoor(ObjectProvider<ScimClients> clients) {
        super(ScimController.class, ScimEndpoints.class);
        this.clients = clients;
    }

    @Override
    protected void ask(HttpServletRequest request) {
        request.setAttribute(CALL, clients.getObject().call(inPath(request, "siren"), request));
    }
}
