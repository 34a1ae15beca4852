package org.entente.provisioning.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.provisioning.Texts;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookConnectorTest extends ConnectorContract {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";

    Receiver receiver;

    @BeforeEach
    void aReceiver() throws IOException {
        receiver = new Receiver(SECRET);
    }

    @AfterEach
    void noReceiver() {
        receiver.close();
    }

    @Override
    protected Connector connector() {
        return new WebhookConnector(JsonMapper.builder().build(), Clock.systemUTC(), Texts.all());
    }

    @Override
    protected Target target() {
        return target(Map.of());
    }

    private Target target(Map<String, String> otherwise) {
        Map<String, String> settings = new HashMap<>(Map.of("url", receiver.url(), "secret", SECRET));
        settings.putAll(otherwise);
        return new Target("courrier", settings);
    }

    @Override
    protected boolean usable(DesiredAccount account) {
        JsonNode told = receiver.accounts.get(account.account().toString());
        return told != null && told.path("state").asString().equals("active");
    }

    @Override
    protected void meddleWith(DesiredAccount account) {
        throw new UnsupportedOperationException("Nobody can see what a receiver holds");
    }

    @Test
    void theReceiverLearnsWhoseAccountItIsAndInWhichCapacity() {
        DesiredAccount wanted = account("Nadia", State.ACTIVE, 7);

        connector().apply(target(), List.of(wanted));

        JsonNode body = receiver.arrived.getFirst().body();
        JsonNode data = body.path("data");
        assertThat(body.path("type").asString()).isEqualTo("account.activated");
        assertThat(data.path("account").asString()).isEqualTo(wanted.account().toString());
        assertThat(data.path("sequence").asLong()).isEqualTo(7);
        assertThat(data.path("person").path("usualName").asString()).isEqualTo("D’Haënens-Noël");
        assertThat(data.path("member").path("siren").asString()).isEqualTo("216902593");
        assertThat(data.path("capacity").path("id").asString())
                .isEqualTo(wanted.capacity().id().toString());
        assertThat(data.path("roles").get(0).asString()).isEqualTo("user");
    }

    @Test
    void aMessageSaysWhatHappenedToTheAccount() {
        DesiredAccount wanted = account("Paul", State.ACTIVE, 1);

        DesiredAccount made = told(wanted);
        DesiredAccount changed = told(in(made, State.ACTIVE, 2));
        DesiredAccount cut = told(in(changed, State.SUSPENDED, 3));
        DesiredAccount back = told(in(cut, State.ACTIVE, 4));
        told(in(back, State.CLOSED, 5));

        assertThat(receiver.arrived)
                .extracting(one -> one.body().path("type").asString())
                .containsExactly(
                        "account.activated",
                        "account.updated",
                        "account.suspended",
                        "account.activated",
                        "account.closed");
    }

    @Test
    void sendingTheSameAgainCarriesTheSameIdAndANewerStateAnother() {
        DesiredAccount wanted = account("Encore", State.ACTIVE, 1);

        told(wanted);
        told(wanted);
        told(in(wanted, State.SUSPENDED, 2));

        assertThat(receiver.arrived).hasSize(3);
        assertThat(receiver.ids).hasSize(2);
        assertThat(receiver.arrived.get(1).id())
                .isEqualTo(receiver.arrived.getFirst().id());
    }

    @Test
    void messagesOfOnePersonArriveInTheOrderOfTheirRevisions() {
        List<DesiredAccount> batch = new ArrayList<>();
        for (int person = 0; person < 4; person++) {
            DesiredAccount first = account("Suite" + person, State.ACTIVE, 1);
            batch.add(new DesiredAccount(
                    UUID.randomUUID(),
                    null,
                    State.SUSPENDED,
                    first.person(),
                    first.capacity(),
                    Set.of("user"),
                    List.of(),
                    2));
            batch.add(first);
        }

        List<Outcome> outcomes = connector().apply(target(), batch);

        assertThat(outcomes)
                .extracting(Outcome::account)
                .containsExactlyElementsOf(
                        batch.stream().map(DesiredAccount::account).toList());
        for (DesiredAccount account : batch) {
            assertThat(receiver.arrived)
                    .map(one -> one.body().path("data"))
                    .filteredOn(data -> data.path("person")
                            .path("id")
                            .asString()
                            .equals(account.person().id().toString()))
                    .extracting(data -> data.path("sequence").asLong())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void aRefusalConcernsOneAccountAndTheOthersGoOn() {
        DesiredAccount refused = account("Refusé", State.ACTIVE, 1);
        DesiredAccount fine = account("Prise", State.ACTIVE, 1);
        receiver.answers = body ->
                body.path("data").path("person").path("givenName").asString().equals("Refusé") ? 422 : 200;

        List<Outcome> outcomes = connector().apply(target(), List.of(refused, fine));

        assertThat(outcomes).extracting(Outcome::done).containsExactly(false, true);
        assertThat(outcomes.getFirst().lasting()).isTrue();
        assertThat(outcomes.getFirst().detail()).contains("422");
    }

    @Test
    void aReceiverThatIsDownOrMovedOrDoesNotKnowUsIsTriedAgainLater() {
        List<DesiredAccount> batch = List.of(account("Panne", State.ACTIVE, 1));
        for (int status : new int[] {500, 503, 429, 401, 404, 410}) {
            receiver.answers = body -> status;
            assertThatThrownBy(() -> connector().apply(target(), batch))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining(Integer.toString(status));
        }
        receiver.answers = body -> 200;
        assertThatThrownBy(() -> connector().apply(target(Map.of("secret", OTHER)), batch))
                .isInstanceOf(EngineUnavailable.class)
                .hasMessageContaining("401");
        receiver.close();
        assertThatThrownBy(() -> connector().apply(target(), batch)).isInstanceOf(EngineUnavailable.class);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (Receiver elsewhere = new Receiver(SECRET)) {
            receiver.moved = elsewhere.url();

            assertThatThrownBy(() -> connector().apply(target(), List.of(account("Ailleurs", State.ACTIVE, 1))))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("307");

            assertThat(elsewhere.arrived).isEmpty();
        }
    }

    @Test
    void whileTheSecretChangesTheReceiverMayHaveEither() {
        Target changing = target(Map.of("secret", OTHER, "previousSecret", SECRET));

        assertThat(connector().apply(changing, List.of(account("Relève", State.ACTIVE, 1))))
                .allMatch(Outcome::done);
    }

    @Test
    void aSecretThatIsTooShortOrAnAddressInClearIsSaidBeforeAnythingIsSent() {
        List<DesiredAccount> batch = List.of(account("Faible", State.ACTIVE, 1));
        for (String weak : new String[] {"whsec_c2hvcnQ=", "plain words that are long enough", "whsec_*"}) {
            assertThatThrownBy(() -> connector().apply(target(Map.of("secret", weak)), batch))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("whsec_");
        }
        for (String clear :
                new String[] {"http://app.example.fr/hook", "https://user:pass@app.example.fr/", "ftp://x"}) {
            assertThatThrownBy(() -> connector().apply(target(Map.of("url", clear)), batch))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("https://");
        }
        assertThat(receiver.arrived).isEmpty();
    }

    @Test
    void theSignatureIsThatOfTheReferenceImplementation() throws WebhookSigningException {
        String body = "{\"name\":\"D’Haënens-Noël\"}";

        assertThat(Signature.of(List.of(SECRET)).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
                .isEqualTo(new Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body));
    }

    /** Tells it, and what the engine would load the next time. */
    private DesiredAccount told(DesiredAccount account) {
        Outcome outcome = connector().apply(target(), List.of(account)).getFirst();
        assertThat(outcome.done()).isTrue();
        return new DesiredAccount(
                account.account(),
                outcome.externalId(),
                account.state(),
                account.person(),
                account.capacity(),
                account.roles(),
                account.capacities(),
                account.revision());
    }
}
