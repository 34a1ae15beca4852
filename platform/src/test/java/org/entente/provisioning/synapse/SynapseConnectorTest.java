package org.entente.provisioning.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.entente.provisioning.Texts;
import org.entente.provisioning.spi.ActualAccount;
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
import tools.jackson.databind.json.JsonMapper;

class SynapseConnectorTest extends ConnectorContract {

    SynapseStandIn synapse;

    @BeforeEach
    void aSynapse() throws IOException {
        synapse = new SynapseStandIn();
    }

    @AfterEach
    void noSynapse() {
        synapse.close();
    }

    @Override
    protected Connector connector() {
        return new SynapseConnector(JsonMapper.builder().build(), Texts.all());
    }

    @Override
    protected Target target() {
        return target(Map.of());
    }

    private Target target(Map<String, String> otherwise) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "url", synapse.url(), "server", "towns.example", "token", "admin-token", "provider", "oidc-entente"));
        settings.putAll(otherwise);
        return new Target("chat", settings);
    }

    @Override
    protected boolean usable(DesiredAccount account) {
        SynapseStandIn.User user = synapse.users.get(id(account));
        return user != null && !user.locked && !user.deactivated;
    }

    @Override
    protected void meddleWith(DesiredAccount account) {
        held(account).displayName = "Roi de France";
    }

    @Test
    void theFirstSignInFindsTheAccountByTheCapacity() {
        DesiredAccount wanted = account("Nadia", State.ACTIVE, 1);

        bring(wanted);

        assertThat(held(wanted).displayName).isEqualTo("Nadia D’Haënens-Noël (Vénissieux)");
        assertThat(held(wanted).links)
                .containsOnlyKeys("oidc-entente " + wanted.capacity().id());
        assertThat(held(wanted).hasPassword).isFalse();
    }

    @Test
    void aCutLocksTheAccountAndKeepsTheKeysOfItsDevices() {
        DesiredAccount wanted = account("Coupe", State.ACTIVE, 1);
        bring(wanted);
        synapse.device(id(wanted), "PHONE");

        Outcome outcome = bring(in(wanted, State.SUSPENDED, 2));

        assertThat(held(wanted).locked).isTrue();
        assertThat(held(wanted).devices).containsExactly("PHONE");
        assertThat(outcome.detail()).isEqualTo("Compte verrouillé dans Synapse : aucun appareil n’y a plus accès");
    }

    @Test
    void aSynapseThatCannotLockSignsTheDevicesOut() {
        synapse.locks = false;
        DesiredAccount wanted = account("Ancien", State.ACTIVE, 1);
        bring(wanted);
        synapse.device(id(wanted), "PHONE");
        synapse.device(id(wanted), "DESK");

        Outcome outcome = bring(in(wanted, State.SUSPENDED, 2));

        assertThat(outcome.done()).isTrue();
        assertThat(outcome.detail()).contains("2 appareils déconnectés");
        assertThat(held(wanted).devices).isEmpty();
    }

    @Test
    void aClosedAccountIsDeactivatedAndWhatWasWrittenStays() {
        DesiredAccount wanted = account("Fin", State.ACTIVE, 1);
        bring(wanted);
        synapse.device(id(wanted), "PHONE");

        bring(in(wanted, State.CLOSED, 2));

        assertThat(held(wanted).deactivated).isTrue();
        assertThat(held(wanted).devices).isEmpty();
        assertThat(held(wanted).displayName).isNotEmpty();
        assertThat(connector().list(target(), "", 50))
                .filteredOn(one -> one.externalId().equals(id(wanted)))
                .extracting(ActualAccount::active)
                .containsExactly(false);
    }

    @Test
    void somebodyWhoComesBackIsRevivedAlsoWhereThatNeedsAPassword() {
        synapse.revivesWithoutPassword = false;
        DesiredAccount wanted = account("Retour", State.ACTIVE, 1);
        bring(wanted);
        bring(in(wanted, State.CLOSED, 2));

        assertThat(bring(in(wanted, State.ACTIVE, 3)).done()).isTrue();

        assertThat(usable(wanted)).isTrue();
    }

    @Test
    void anIdentifierThatIsSomebodyElsesIsRefusedAndNotTakenOver() {
        DesiredAccount wanted = account("Double", State.ACTIVE, 1);
        SynapseStandIn.User other = new SynapseStandIn.User();
        other.links.put("oidc-entente " + wanted.capacity().id(), "");
        synapse.users.put("@other:towns.example", other);

        Outcome outcome = bring(wanted);

        assertThat(outcome.done()).isFalse();
        assertThat(outcome.lasting()).isTrue();
    }

    @Test
    void everybodyIsListedPageByPageAndWhoIsNotOursIsNobodys() {
        IntStream.range(0, 1200)
                .forEach(i -> synapse.users.put("@user" + i + ":towns.example", new SynapseStandIn.User()));
        synapse.users.put("@0198b2f0-0000-7000-8000-000000000000:elsewhere.example", new SynapseStandIn.User());

        assertThat(connector().list(target(), "", 50)).hasSize(1202).allMatch(one -> one.owner() == null);
    }

    @Test
    void aSynapseThatIsDownOrSomewhereElseOrDoesNotKnowUsIsUnavailable() {
        DesiredAccount wanted = account("Panne", State.SUSPENDED, 1);
        for (Target wrong :
                List.of(target(Map.of("token", "stolen")), target(Map.of("url", synapse.url() + "/elsewhere")))) {
            assertThatThrownBy(() -> connector().apply(wrong, List.of(wanted))).isInstanceOf(EngineUnavailable.class);
        }
        synapse.down = true;
        assertThatThrownBy(() -> bring(wanted)).isInstanceOf(EngineUnavailable.class);
        synapse.close();
        assertThatThrownBy(() -> bring(wanted)).isInstanceOf(EngineUnavailable.class);
    }

    private Outcome bring(DesiredAccount account) {
        return connector().apply(target(), List.of(account)).getFirst();
    }

    private SynapseStandIn.User held(DesiredAccount account) {
        return synapse.users.get(id(account));
    }

    private static String id(DesiredAccount account) {
        return "@" + account.capacity().id() + ":towns.example";
    }
}
