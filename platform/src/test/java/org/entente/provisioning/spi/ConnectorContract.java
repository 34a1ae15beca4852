package org.entente.provisioning.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.entente.provisioning.spi.DesiredAccount.PersonCard;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.junit.jupiter.api.Test;

/** What every connector does, whatever its engine: each passes this with the real one. */
public abstract class ConnectorContract {

    protected abstract Connector connector();

    protected abstract Target target();

    /** Whether the engine lets this account be used at this moment, asked of the engine itself. */
    protected abstract boolean usable(DesiredAccount account);

    /** Changes the account in the engine, behind the connector's back, so that it is no longer as desired. */
    protected abstract void meddleWith(DesiredAccount account);

    @Test
    void anAccountBecomesUsableAndTwiceTheSameIsOnce() {
        DesiredAccount wanted = account("Nadia", State.ACTIVE, 1);

        Outcome first = one(wanted);
        Outcome second = one(known(wanted, first));
        Outcome afterACrash = one(wanted);

        assertThat(List.of(first, second, afterACrash)).allMatch(Outcome::done);
        assertThat(second.externalId()).isEqualTo(first.externalId());
        assertThat(afterACrash.externalId()).isEqualTo(first.externalId());
        assertThat(usable(wanted)).isTrue();
        assertThat(listed(wanted)).hasSize(connector().lists() ? 1 : 0);
    }

    @Test
    void aSuspendedAccountIsNotUsableAndIsUsableAgainAfterwards() {
        DesiredAccount wanted = account("Paul", State.ACTIVE, 1);
        Outcome made = one(wanted);

        assertThat(one(known(in(wanted, State.SUSPENDED, 2), made)).done()).isTrue();
        assertThat(usable(wanted)).isFalse();

        assertThat(one(known(in(wanted, State.ACTIVE, 3), made)).done()).isTrue();
        assertThat(usable(wanted)).isTrue();
    }

    @Test
    void cuttingWhatIsNotThereIsDone() {
        DesiredAccount never = account("Jamais", State.SUSPENDED, 1);

        assertThat(one(never).done()).isTrue();
        assertThat(usable(never)).isFalse();
    }

    @Test
    void aClosedAccountIsNotUsable() {
        DesiredAccount wanted = account("Fin", State.ACTIVE, 1);
        Outcome made = one(wanted);

        assertThat(one(known(in(wanted, State.CLOSED, 2), made)).done()).isTrue();

        assertThat(usable(wanted)).isFalse();
    }

    @Test
    void everyAccountOfABatchHasItsOutcomeInOrder() {
        List<DesiredAccount> batch = new ArrayList<>();
        for (int i = 0; i < connector().batchSize(); i++) {
            batch.add(account("Lot" + i, State.ACTIVE, 1));
        }

        List<Outcome> outcomes = connector().apply(target(), batch);

        assertThat(outcomes)
                .extracting(Outcome::account)
                .containsExactlyElementsOf(
                        batch.stream().map(DesiredAccount::account).toList());
        assertThat(outcomes).allMatch(Outcome::done);
        assertThat(batch).allMatch(this::usable);
    }

    @Test
    void whatTheEngineHoldsIsListedWithTheFingerprintItShouldHave() {
        DesiredAccount wanted = account("Empreinte", State.ACTIVE, 1);
        one(wanted);

        if (!connector().lists()) {
            assertThat(connector().list(target(), "", 50)).isEmpty();
            assertThat(connector().fingerprint(target(), wanted)).isNull();
            return;
        }
        ActualAccount actual = listed(wanted).getFirst();

        assertThat(actual.active()).isTrue();
        String expected = connector().fingerprint(target(), wanted);
        if (expected != null) {
            assertThat(actual.fingerprint()).isEqualTo(expected);
            meddleWith(wanted);
            assertThat(listed(wanted).getFirst().fingerprint()).isNotEqualTo(expected);
        }
    }

    protected final DesiredAccount account(String givenName, State state, long revision) {
        PersonCard person = new PersonCard(new PersonId(UUID.randomUUID()), givenName, "D’Haënens-Noël", "fr");
        CapacityCard capacity = new CapacityCard(
                new AffiliationId(UUID.randomUUID()),
                UUID.randomUUID(),
                "216902593",
                null,
                "Vénissieux",
                "elu",
                "Adjointe au maire",
                "Cabinet",
                "p" + UUID.randomUUID() + "@venissieux.example",
                "04 72 21 44 44",
                null,
                null,
                false,
                Map.of(target().service(), Set.of("user")));
        return new DesiredAccount(
                UUID.randomUUID(), null, state, person, capacity, Set.of("user"), List.of(capacity), revision);
    }

    /** The same account, in another state; a capacity that is cut is no longer among the live ones. */
    protected static DesiredAccount in(DesiredAccount a, State state, long revision) {
        return new DesiredAccount(
                a.account(),
                a.externalId(),
                state,
                a.person(),
                a.capacity(),
                a.roles(),
                state == State.ACTIVE ? List.of(a.capacity()) : List.of(),
                revision);
    }

    private static DesiredAccount known(DesiredAccount a, Outcome made) {
        return new DesiredAccount(
                a.account(),
                made.externalId(),
                a.state(),
                a.person(),
                a.capacity(),
                a.roles(),
                a.capacities(),
                a.revision());
    }

    private Outcome one(DesiredAccount account) {
        return connector().apply(target(), List.of(account)).getFirst();
    }

    private List<ActualAccount> listed(DesiredAccount account) {
        UUID owner = switch (connector().owner()) {
            case ACCOUNT -> account.account();
            case CAPACITY -> account.capacity().id().value();
            case PERSON -> account.person().id().value();
        };
        List<ActualAccount> found = new ArrayList<>();
        String after = "";
        for (List<ActualAccount> page = connector().list(target(), after, 50);
                !page.isEmpty();
                page = connector().list(target(), after, 50)) {
            page.stream().filter(one -> owner.equals(one.owner())).forEach(found::add);
            after = page.getLast().externalId();
        }
        return found;
    }
}
