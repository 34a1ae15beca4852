package org.entente.provisioning.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Person;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.entente.provisioning.spi.DesiredAccount.PersonCard;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersonOfTest {

    private static final CapacityCard OLDEST = card("00000000-0000-7000-8000-000000000001", "alias@a.example", true);
    private static final CapacityCard NEXT = card("00000000-0000-7000-8000-000000000002", "zoe@b.example", null);

    private static CapacityCard card(String id, @Nullable String address, @Nullable Boolean held) {
        return new CapacityCard(
                new AffiliationId(UUID.fromString(id)),
                UUID.randomUUID(),
                null,
                null,
                "Givors",
                "agent",
                "Agente",
                null,
                address,
                null,
                null,
                held,
                false,
                Map.of());
    }

    private static Person person(CapacityCard... capacities) {
        return PersonOf.accounts(Arrays.stream(capacities)
                .map(capacity -> new DesiredAccount(
                        UUID.randomUUID(),
                        null,
                        DesiredAccount.State.ACTIVE,
                        new PersonCard(
                                new PersonId(UUID.fromString("00000000-0000-7000-8000-0000000000aa")),
                                "Zoé",
                                "Valette",
                                "fr"),
                        capacity,
                        Set.of("user"),
                        List.of(capacities),
                        1))
                .toList());
    }

    @Test
    void aForgottenPasswordIsWrittenToTheOldestAddressThatIsNotHeld() {
        assertThat(person(OLDEST, NEXT).email()).isEqualTo("zoe@b.example");
    }

    @Test
    void aHeldAddressStillNamesThePersonAtSignIn() {
        assertThat(person(OLDEST, NEXT).addresses()).containsExactly("alias@a.example", "zoe@b.example");
    }

    @Test
    void whoHasOnlyHeldAddressesIsWrittenToNowhere() {
        assertThat(person(OLDEST).email()).isNull();
    }
}
