package org.entente.keycloak.people;

import java.time.Duration;
import org.entente.keycloak.Database;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Entered;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.timer.TimerProvider;

/** Puts {@link PeopleResource} under {@code /admin/realms/<realm>/entente}. */
public final class PeopleResourceFactory implements AdminRealmResourceProviderFactory {

    private static final Duration CLEARED_EVERY = Duration.ofHours(1);

    private final BackChannel backChannel = new BackChannel();

    @Override
    public String getId() {
        return "entente";
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new Door(backChannel);
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                Database.makeTables(factory);
                KeycloakModelUtils.runJobInTransaction(
                        factory,
                        session -> session.getProvider(TimerProvider.class)
                                .scheduleTask(Entered::clear, CLEARED_EVERY.toMillis(), "entente-entered"));
            }
        });
    }

    @Override
    public void close() {
        backChannel.close();
    }

    private record Door(BackChannel backChannel) implements AdminRealmResourceProvider {

        @Override
        public Object getResource(
                KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder events) {
            return new PeopleResource(session, realm, auth, backChannel);
        }

        @Override
        public void close() {
            // One a request; what it uses lives as long as the server.
        }
    }
}
