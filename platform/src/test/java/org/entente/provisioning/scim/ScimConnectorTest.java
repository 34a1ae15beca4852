package org.entente.provisioning.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ScimConnectorTest {

    abstract static class AgainstAServer extends ConnectorContract {

        private final boolean bulk;
        ScimServer server;

        AgainstAServer(boolean bulk) {
            this.bulk = bulk;
        }

        @BeforeEach
        void aServer() throws IOException {
            server = new ScimServer(bulk);
        }

        @AfterEach
        void noServer() {
            server.close();
        }

        @Override
        protected Connector connector() {
            return new ScimConnector(JsonMapper.builder().build());
        }

        @Override
        protected Target target() {
            return new Target("chat", Map.of("url", server.url(), "token", "secret"));
        }

        @Override
        protected boolean usable(DesiredAccount account) {
            return server.users.values().stream()
                    .anyMatch(user -> user.path("externalId")
                                    .asText()
                                    .equals(account.account().toString())
                            && user.path("active").asBoolean());
        }

        @Override
        protected void meddleWith(DesiredAccount account) {
            server.users.values().stream()
                    .filter(user -> user.path("externalId")
                            .asText()
                            .equals(account.account().toString()))
                    .forEach(user -> user.put("title", "Roi de France"));
        }
    }

    @Nested
    class WithBulk extends AgainstAServer {
        WithBulk() {
            super(true);
        }

        @Test
        void arrivalsTakeOneRequestAsFarAsTheServerAllows() {
            List<DesiredAccount> batch = java.util.stream.IntStream.range(0, 30)
                    .mapToObj(i -> account("Lot" + i, State.ACTIVE, 1))
                    .toList();

            assertThat(connector().apply(target(), batch)).allMatch(Outcome::done);

            assertThat(server.calls.get("POST /Bulk")).hasValue(1);
            assertThat(server.calls).doesNotContainKey("POST /Users");
            assertThat(server.users).hasSize(30);
        }
    }

    @Nested
    class WithoutBulk extends AgainstAServer {
        WithoutBulk() {
            super(false);
        }

        @Test
        void anAccountThatStandsThereAlreadyIsAdoptedAndKeepsWhatTheAppAdded() {
            DesiredAccount wanted = account("Ancienne", State.ACTIVE, 1);
            connector().apply(target(), List.of(wanted));
            server.users.values().forEach(user -> {
                user.remove("externalId");
                user.put("nickName", "Nana");
            });

            Outcome outcome = connector().apply(target(), List.of(wanted)).getFirst();

            assertThat(outcome.done()).isTrue();
            assertThat(outcome.detail()).isEqualTo("adopted");
            assertThat(server.users).hasSize(1);
            assertThat(server.users.values().iterator().next().path("nickName").asText())
                    .isEqualTo("Nana");
        }

        @Test
        void somebodyElsesAccountIsNeverTakenOver() {
            DesiredAccount wanted = account("Homonyme", State.ACTIVE, 1);
            connector().apply(target(), List.of(wanted));
            server.users.values().forEach(user -> user.put("externalId", "other"));

            Outcome outcome = connector().apply(target(), List.of(wanted)).getFirst();

            assertThat(outcome.done()).isFalse();
            assertThat(outcome.lasting()).isTrue();
            assertThat(server.users
                            .values()
                            .iterator()
                            .next()
                            .path("externalId")
                            .asText())
                    .isEqualTo("other");
        }

        @Test
        void aCutTouchesNothingButTheRightToUseIt() {
            DesiredAccount wanted = account("Coupe", State.ACTIVE, 1);
            connector().apply(target(), List.of(wanted));
            server.users.values().forEach(user -> user.put("title", "changed by the app"));

            connector().apply(target(), List.of(in(wanted, State.SUSPENDED, 2)));

            assertThat(server.users.values().iterator().next().path("title").asText())
                    .isEqualTo("changed by the app");
            assertThat(usable(wanted)).isFalse();
        }

        @Test
        void aServerThatIsDownOrDoesNotKnowUsIsUnavailable() {
            DesiredAccount wanted = account("Panne", State.ACTIVE, 1);
            connector().apply(target(), List.of(wanted));
            Target stranger = new Target("chat", Map.of("url", server.url(), "token", "wrong"));

            assertThatThrownBy(() -> connector().apply(stranger, List.of(wanted)))
                    .isInstanceOf(EngineUnavailable.class);
            server.down = true;
            assertThatThrownBy(() -> connector().apply(target(), List.of(wanted)))
                    .isInstanceOf(EngineUnavailable.class);
            server.close();
            assertThatThrownBy(() -> connector().apply(target(), List.of(wanted)))
                    .isInstanceOf(EngineUnavailable.class);
        }
    }
}
