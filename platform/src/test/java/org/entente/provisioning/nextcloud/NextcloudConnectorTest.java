package org.entente.provisioning.nextcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.entente.provisioning.Texts;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class NextcloudConnectorTest extends ConnectorContract {

    private static final String MEMBER = "entente-216902593";

    NextcloudStandIn nextcloud;

    @BeforeEach
    void aNextcloud() throws IOException {
        nextcloud = new NextcloudStandIn();
    }

    @AfterEach
    void noNextcloud() {
        nextcloud.close();
    }

    @Override
    protected Connector connector() {
        return new NextcloudConnector(JsonMapper.builder().build(), Texts.all());
    }

    @Override
    protected Target target() {
        return target(Map.of());
    }

    private Target target(Map<String, String> otherwise) {
        Map<String, String> settings =
                new HashMap<>(Map.of("url", nextcloud.url(), "user", "admin", "password", "app-password"));
        settings.putAll(otherwise);
        return new Target("files", settings);
    }

    @Override
    protected boolean usable(DesiredAccount account) {
        NextcloudStandIn.User user = nextcloud.users.get(account.capacity().id().toString());
        return user != null && user.enabled;
    }

    @Override
    protected void meddleWith(DesiredAccount account) {
        held(account).displayName = "Roi de France";
    }

    @Test
    void anAccountCarriesItsPersonAndMemberAndStandsInTheGroupsOfMemberUnitAndRole() {
        DesiredAccount wanted = account("Nadia", State.ACTIVE, 1);

        bring(target(Map.of("quota", "5 GB")), wanted);

        NextcloudStandIn.User user = held(wanted);
        assertThat(user.displayName).isEqualTo("Nadia D’Haënens-Noël (Vénissieux)");
        assertThat(user.email).isEqualTo(wanted.capacity().address());
        assertThat(user.quota).isEqualTo("5 GB");
        assertThat(user.language).isEqualTo("fr");
        assertThat(user.groups).hasSize(3).contains(MEMBER, "entente-role-user");
        assertThat(user.groups).extracting(nextcloud.groups::get).contains("Vénissieux", "Vénissieux · Cabinet");
    }

    /** The invitation would let the person set a password, and stay when their right ends here. */
    @Test
    void nobodyIsSentAnInvitationToSetAPassword() {
        DesiredAccount wanted = account("Sans", State.ACTIVE, 1);

        bring(target(), wanted);

        assertThat(held(wanted).invited).isFalse();
        assertThat(held(wanted).email).isNotEmpty();
    }

    @Test
    void aMoveToAnotherUnitChangesOurGroupsAndLeavesAllOthersAlone() {
        DesiredAccount wanted = account("Mobile", State.ACTIVE, 1);
        bring(target(), wanted);
        held(wanted).groups.add("chorale");
        String before = unitGroup(wanted);

        bring(target(), inUnit(wanted, "Éducation ".repeat(30)));

        assertThat(held(wanted).groups)
                .contains("chorale", MEMBER)
                .doesNotContain(before)
                .hasSize(4);
        assertThat(nextcloud.groups.keySet()).allMatch(id -> id.length() <= 64);
    }

    @Test
    void nothingIsChangedWhereNothingDiffers() {
        DesiredAccount wanted = account("Stable", State.ACTIVE, 1);
        bring(target(), wanted);
        nextcloud.changes.clear();

        bring(target(), wanted);

        assertThat(nextcloud.changes).isEmpty();
    }

    @Test
    void aCutDisablesTheAccountAndNothingElse() {
        DesiredAccount wanted = account("Coupe", State.ACTIVE, 1);
        bring(target(), wanted);
        nextcloud.changes.clear();

        Outcome outcome = bring(target(), in(wanted, State.SUSPENDED, 2));

        assertThat(nextcloud.changes).containsExactly("PUT /users/id/disable");
        assertThat(outcome.detail()).isEqualTo("Compte désactivé dans Nextcloud");
    }

    @Test
    void whatIsClosedIsDeletedOnlyWhereTheOperatorAskedForIt() {
        DesiredAccount kept = account("Gardée", State.ACTIVE, 1);
        DesiredAccount deleted = account("Effacée", State.ACTIVE, 1);
        bring(target(), kept);
        bring(target(), deleted);

        bring(target(), in(kept, State.CLOSED, 2));
        bring(target(Map.of("closed", "delete")), in(deleted, State.CLOSED, 2));

        assertThat(held(kept).enabled).isFalse();
        assertThat(nextcloud.users).doesNotContainKey(deleted.capacity().id().toString());
    }

    @Test
    void aNameThatIsTooLongIsShownWithoutItsMember() {
        DesiredAccount wanted = account("Marie-Antoinette Joséphine Charlotte Anne", State.ACTIVE, 1);

        bring(target(), wanted);

        assertThat(held(wanted).displayName).isEqualTo("Marie-Antoinette Joséphine Charlotte Anne D’Haënens-Noël");
    }

    @Test
    void accountsThatAreNotOursAreListedAsNobodys() {
        IntStream.range(0, 450).forEach(i -> nextcloud.users.put("agent" + i, new NextcloudStandIn.User()));

        assertThat(connector().list(target(), "", 50)).hasSize(451).allMatch(one -> one.owner() == null);
    }

    @Test
    void aNextcloudThatIsDownOrDoesNotKnowUsIsUnavailable() {
        DesiredAccount wanted = account("Panne", State.ACTIVE, 1);

        assertThatThrownBy(() -> bring(target(Map.of("password", "wrong")), wanted))
                .isInstanceOf(EngineUnavailable.class)
                .hasMessageContaining("401");
        nextcloud.maintenance = true;
        assertThatThrownBy(() -> bring(target(), wanted))
                .isInstanceOf(EngineUnavailable.class)
                .hasMessageContaining("503");
        nextcloud.close();
        assertThatThrownBy(() -> bring(target(), wanted)).isInstanceOf(EngineUnavailable.class);
    }

    @Test
    void anErrorOfNextcloudIsNeverTakenForAnAccountThatIsNotThere() {
        DesiredAccount wanted = account("Erreur", State.ACTIVE, 1);
        bring(target(), wanted);
        nextcloud.broken = 996;

        Outcome outcome = bring(target(), in(wanted, State.SUSPENDED, 2));

        assertThat(outcome.done()).isFalse();
        assertThat(outcome.detail()).contains("996");
        assertThat(usable(wanted)).isTrue();
    }

    private Outcome bring(Target target, DesiredAccount account) {
        return connector().apply(target, List.of(account)).getFirst();
    }

    private NextcloudStandIn.User held(DesiredAccount account) {
        return nextcloud.users.get(account.capacity().id().toString());
    }

    private String unitGroup(DesiredAccount account) {
        return held(account).groups.stream()
                .filter(group -> group.startsWith(MEMBER + "-"))
                .findFirst()
                .orElseThrow();
    }

    private static DesiredAccount inUnit(DesiredAccount a, String unit) {
        CapacityCard c = a.capacity();
        CapacityCard moved = new CapacityCard(
                c.id(),
                c.member(),
                c.siren(),
                c.siret(),
                c.memberName(),
                c.kind(),
                c.function(),
                unit,
                c.address(),
                c.phone(),
                c.keptBy(),
                c.mailHeld(),
                c.needsSecondFactor(),
                c.services());
        return new DesiredAccount(
                a.account(), a.externalId(), State.ACTIVE, a.person(), moved, Set.of("user"), List.of(moved), 2);
    }
}
