package org.entente.provisioning.ldap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.jspecify.annotations.Nullable;

/**
 * One person in one capacity, as the tree of a service holds them.
 *
 * @param organisation the member's SIREN, or its id where it has none
 * @param mail in lower case; null when the capacity has no address, and nobody can sign in
 * @param attributes of {@code inetOrgPerson} (RFC 2798), sorted
 */
record TreeRow(
        UUID account,
        UUID capacity,
        String organisation,
        String organisationName,
        @Nullable String mail,
        Map<String, List<String>> attributes,
        List<String> roles,
        @Nullable String unit) {

    static TreeRow of(DesiredAccount account) {
        CapacityCard capacity = account.capacity();
        String name = account.person().givenName() + " " + account.person().usualName();
        Map<String, List<String>> attributes = new TreeMap<>();
        attributes.put("cn", List.of(name));
        attributes.put("displayName", List.of(name));
        attributes.put("givenName", List.of(account.person().givenName()));
        attributes.put("sn", List.of(account.person().usualName()));
        attributes.put("title", List.of(capacity.function()));
        attributes.put("employeeType", List.of(capacity.kind()));
        attributes.put("preferredLanguage", List.of(account.person().language()));
        attributes.put("o", List.of(capacity.memberName()));
        putIfKnown(attributes, "ou", capacity.unit());
        putIfKnown(attributes, "telephoneNumber", capacity.phone());
        String address = capacity.address();
        putIfKnown(attributes, "mail", address);
        String siren = capacity.siren();
        return new TreeRow(
                account.account(),
                capacity.id().value(),
                siren == null ? capacity.member().toString() : siren,
                capacity.memberName(),
                address == null ? null : address.toLowerCase(Locale.ROOT),
                attributes,
                account.roles().stream().sorted().toList(),
                capacity.unit());
    }

    private static void putIfKnown(Map<String, List<String>> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, List.of(value));
        }
    }
}
