package org.entente.provisioning.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.identity.SignInPeople;
import org.entente.identity.keycloak.TestApp;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/** The connector that keeps who can sign in does what every connector does, with the real Keycloak. */
@SpringBootTest(properties = "entente.keycloak.realm=" + KeycloakConnectorTest.REALM)
@Import({TestPostgres.class, TestKeycloak.class})
class KeycloakConnectorTest extends ConnectorContract {

    /** Of its own: what keeps the realm of the others is another context of the platform. */
    static final String REALM = "connector";

    @Autowired
    KeycloakConnector connector;

    @Autowired
    SignInPeople keycloak;

    @Autowired
    MessageSource messages;

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

    @Test
    void aPartThatFailsTakesNothingFromTheOthersAndIsTriedAgain() {
        List<DesiredAccount> batch = new ArrayList<>();
        for (int i = 0; i < SignInPeople.MOST + 20; i++) {
            batch.add(account("Part" + i, DesiredAccount.State.ACTIVE, 1));
        }
        UUID unlucky = batch.getLast().person().id().value();
        KeycloakConnector faulty = new KeycloakConnector(new FailsFor(keycloak, unlucky), messages);

        List<Outcome> outcomes = faulty.apply(target(), batch);

        assertThat(outcomes.subList(0, SignInPeople.MOST)).allMatch(Outcome::done);
        assertThat(outcomes.subList(SignInPeople.MOST, batch.size()))
                .allMatch(outcome -> !outcome.done() && !outcome.lasting());
        assertThat(connector.apply(target(), batch)).allMatch(Outcome::done);
        assertThatThrownBy(() -> faulty.apply(target(), List.of(batch.getLast())))
                .isInstanceOf(EngineUnavailable.class);
    }

    /** Keycloak, whose answer about one person, and all that are written with them, never arrives. */
    private record FailsFor(SignInPeople keycloak, UUID unlucky) implements SignInPeople {

        @Override
        public List<Written> write(List<Person> people) {
            if (people.stream().anyMatch(person -> person.person().equals(unlucky))) {
                throw new ResourceAccessException("The answer did not arrive");
            }
            return keycloak.write(people);
        }

        @Override
        public List<Held> list(String after, int limit) {
            return keycloak.list(after, limit);
        }

        @Override
        public String fingerprint(Person person) {
            return keycloak.fingerprint(person);
        }
    }
}
