package org.entente.provisioning.keycloak;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.entente.identity.keycloak.TestApp;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.Target;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The connector that keeps who can sign in does what every connector does, with the real Keycloak. */
@SpringBootTest(properties = "entente.keycloak.realm=" + KeycloakConnectorTest.REALM)
@Import({TestPostgres.class, TestKeycloak.class})
class KeycloakConnectorTest extends ConnectorContract {

    /** Of its own: what keeps the realm of the others is another context of the platform. */
    static final String REALM = "connector";

    @Autowired
    KeycloakConnector connector;

    @BeforeEach
    void keycloakHasItsRealm() {
        await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> connector.list(target(), "", 1) != null);
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected Target target() {
        return new Target("sign-in", Map.of());
    }

    @Override
    protected boolean usable(DesiredAccount account) {
        JsonNode user =
                TestApp.user(TestKeycloak.url(), REALM, account.person().id().value());
        return user.path("enabled").asBoolean(false)
                && user.path("attributes")
                        .path("capacity")
                        .toString()
                        .contains(account.capacity().id().toString());
    }

    @Override
    protected void meddleWith(DesiredAccount account) {
        TestApp.rename(TestKeycloak.url(), REALM, account.person().id().value(), "Roi de France");
    }
}
