package org.entente.provisioning.keycloak;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.directory.AffiliationId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.jspecify.annotations.Nullable;

/** What Keycloak should hold of the person whose accounts these are. */
final class PersonOf {

    private PersonOf() {}

    static Person accounts(List<DesiredAccount> accounts) {
        DesiredAccount newest = accounts.stream()
                .max(Comparator.comparingLong(DesiredAccount::revision))
                .orElseThrow();
        Set<AffiliationId> ended = accounts.stream()
                .filter(account -> account.state() != DesiredAccount.State.ACTIVE)
                .map(account -> account.capacity().id())
                .collect(Collectors.toSet());
        // Ids grow with time: the oldest capacity comes first.
        List<CapacityCard> live = newest.capacities().stream()
                .filter(capacity -> !ended.contains(capacity.id()))
                .sorted(Comparator.comparing(capacity -> capacity.id().toString()))
                .toList();
        List<String> addresses = live.stream()
                .map(CapacityCard::address)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Person(
                newest.person().id().value(),
                newest.revision(),
                !live.isEmpty(),
                newest.person().givenName(),
                newest.person().usualName(),
                newest.person().language(),
                mail(live),
                addresses,
                live.stream().anyMatch(CapacityCard::needsSecondFactor),
                live.stream().map(PersonOf::capacity).toList());
    }

    /** Where a forgotten password is written to; null: nowhere, until the person says which address is theirs. */
    private static @Nullable String mail(List<CapacityCard> live) {
        return live.stream()
                .filter(capacity -> !Boolean.TRUE.equals(capacity.mailHeld()))
                .map(CapacityCard::address)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Capacity capacity(CapacityCard card) {
        SortedMap<String, SortedSet<String>> services = new TreeMap<>();
        card.services().forEach((service, roles) -> services.put(service, new TreeSet<>(roles)));
        return new Capacity(
                card.id().value(),
                card.member(),
                card.siren(),
                card.siret(),
                card.memberName(),
                card.kind(),
                card.function(),
                card.unit(),
                card.address(),
                card.phone(),
                card.keptBy(),
                services);
    }
}
