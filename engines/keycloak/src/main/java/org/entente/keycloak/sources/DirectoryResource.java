package org.entente.keycloak.sources;

import static org.entente.keycloak.Answers.asked;

import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;
import org.entente.keycloak.Json;
import org.keycloak.models.RealmModel;

/** The part of the platform's door that says by whose directories people sign in: see {@code docs/developers/keycloak-door.md}. */
public final class DirectoryResource {

    private final RealmModel realm;

    public DirectoryResource(RealmModel realm) {
        this.realm = realm;
    }

    /** Exactly these from now on. */
    @PUT
    public Response put(String body) {
        Directories.put(realm, asked(() -> Json.read(body, Directories.All.class)));
        return Response.noContent().build();
    }
}
