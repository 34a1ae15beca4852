package org.entente.keycloak.signout;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts {@link SignOutResource} under {@code /realms/<realm>/entente-sign-out}. */
public final class SignOutFactory implements RealmResourceProviderFactory {

    static final String ID = "entente-sign-out";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Visit(session);
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs nothing of others.
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private record Visit(KeycloakSession session) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return new SignOutResource(session);
        }

        @Override
        public void close() {
            // One a request.
        }
    }
}
