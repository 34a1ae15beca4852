package org.entente.keycloak;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.Provider;

/** Keycloak's database, in the transaction of the session; and our own tables in it. */
public final class Database {

    private static final String CONNECTION = "org.keycloak.connections.jpa.JpaConnectionProvider";

    /** What makes the tables of ours, each statement one that may be run again: no other changes of them are needed so far. */
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS entente_entered (user_session varchar(255) NOT NULL, client varchar(255) NOT NULL,
                realm varchar(255) NOT NULL, person varchar(255) NOT NULL, capacity varchar(255) NOT NULL, notices text NOT NULL,
                kept_until bigint NOT NULL, PRIMARY KEY (user_session, client))""",
            "CREATE INDEX IF NOT EXISTS entente_entered_person ON entente_entered (person)",
            "CREATE INDEX IF NOT EXISTS entente_entered_until ON entente_entered (kept_until)",
            """
            CREATE TABLE IF NOT EXISTS entente_notice (id varchar(255) PRIMARY KEY, realm varchar(255) NOT NULL,
                person varchar(255) NOT NULL, notice text NOT NULL, made_at bigint NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS entente_notice_person ON entente_notice (person)");

    private Database() {}

    /** Keycloak's JPA module is not published as a library, hence the call by name. */
    public static EntityManager of(KeycloakSession session) {
        try {
            Class<? extends Provider> type = Class.forName(
                            CONNECTION, true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(Provider.class);
            return (EntityManager) type.getMethod("getEntityManager").invoke(session.getProvider(type));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Keycloak has no " + CONNECTION, e);
        }
    }

    /** At every start, once Keycloak's own tables are there. */
    public static void makeTables(KeycloakSessionFactory factory) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            EntityManager rows = of(session);
            // Nodes that start together follow one another.
            rows.createNativeQuery("SELECT count(pg_advisory_xact_lock(hashtextextended('entente tables', 0)))")
                    .getSingleResult();
            TABLES.forEach(statement -> rows.createNativeQuery(statement).executeUpdate());
        });
    }
}
