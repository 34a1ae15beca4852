package org.entente.identity.keycloak;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;

/** People for tests; each is another one. */
final class TestPeople {

    private TestPeople() {}

    static Capacity capacity(String member, String siren, String function, String... services) {
        TreeMap<String, java.util.SortedSet<String>> gives = new TreeMap<>();
        for (String service : services) {
            gives.put(service, new TreeSet<>(List.of("user")));
        }
        UUID id = UUID.randomUUID();
        return new Capacity(
                id,
                UUID.randomUUID(),
                siren,
                null,
                member,
                "elu",
                function,
                "Cabinet",
                address(id),
                "04 72 00 00 00",
                null,
                gives);
    }

    /** A capacity at a member whose establishment is known. */
    static Capacity at(String siret, String... services) {
        Capacity one = capacity("Vénissieux", siret.substring(0, 9), "Adjointe au maire", services);
        return new Capacity(
                one.id(),
                one.member(),
                one.siren(),
                siret,
                one.memberName(),
                one.kind(),
                one.function(),
                one.unit(),
                one.address(),
                one.phone(),
                one.keptBy(),
                one.services());
    }

    /** The same capacity, which gives exactly these. */
    static Capacity giving(Capacity one, String... services) {
        TreeMap<String, java.util.SortedSet<String>> gives = new TreeMap<>();
        for (String service : services) {
            gives.put(service, new TreeSet<>(List.of("user")));
        }
        return new Capacity(
                one.id(),
                one.member(),
                one.siren(),
                one.siret(),
                one.memberName(),
                one.kind(),
                one.function(),
                one.unit(),
                one.address(),
                one.phone(),
                one.keptBy(),
                gives);
    }

    static String address(UUID id) {
        return "p." + id + "@mairie.test";
    }

    static Person person(long revision, Capacity... capacities) {
        return person(UUID.randomUUID(), revision, false, List.of(capacities));
    }

    static Person person(UUID id, long revision, boolean secondFactor, List<Capacity> capacities) {
        List<String> addresses =
                new ArrayList<>(capacities.stream().map(Capacity::address).toList());
        return new Person(
                id,
                revision,
                !capacities.isEmpty(),
                "Nadia",
                "Benali",
                "fr",
                addresses.isEmpty() ? null : addresses.getFirst(),
                addresses,
                secondFactor,
                capacities);
    }

    static Person with(Person before, long revision, Capacity... capacities) {
        return person(before.person(), revision, before.needsSecondFactor(), List.of(capacities));
    }
}
