package org.entente.keycloak.people;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Json;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** Everything the platform writes about one person; in canonical order, so that equal states are equal texts. */
@JsonIgnoreProperties(ignoreUnknown = true)
record PersonState(
        String person,
        boolean enabled,
        String givenName,
        String familyName,
        @Nullable String locale,
        @Nullable String email,
        List<String> addresses,
        boolean needsSecondFactor,
        List<Capacity> capacities) {

    static final String ADDRESS = "address";
    static final String REVISION = "revision";
    static final String NEEDS_SECOND_FACTOR = "needsSecondFactor";

    PersonState {
        addresses = addresses == null
                ? List.of()
                : addresses.stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted()
                        .toList();
        capacities = capacities == null
                ? List.of()
                : capacities.stream().sorted(Comparator.comparing(Capacity::id)).toList();
    }

    /** What Keycloak really holds now. */
    static PersonState of(UserModel user) {
        return new PersonState(
                user.getUsername(),
                user.isEnabled(),
                text(user.getFirstName()),
                text(user.getLastName()),
                user.getFirstAttribute(UserModel.LOCALE),
                user.getEmail(),
                user.getAttributeStream(ADDRESS).toList(),
                Boolean.parseBoolean(user.getFirstAttribute(NEEDS_SECOND_FACTOR)),
                Capacities.of(user));
    }

    static long revision(UserModel user) {
        String stored = user.getFirstAttribute(REVISION);
        return stored == null ? -1 : Long.parseLong(stored);
    }

    /** Brings the user to this state. Attributes that are not ours, such as remembered choices, stay. */
    void writeTo(UserModel user, long revision) {
        user.setEnabled(enabled);
        user.setFirstName(givenName);
        user.setLastName(familyName);
        user.setEmail(email);
        user.setEmailVerified(email != null);
        attributes(revision).forEach((name, values) -> set(user, name, values));
    }

    /** What stands in attributes of the user; an empty list where there is nothing. */
    SortedMap<String, List<String>> attributes(long revision) {
        return new TreeMap<>(Map.of(
                UserModel.LOCALE,
                locale == null ? List.of() : List.of(locale),
                ADDRESS,
                addresses,
                NEEDS_SECOND_FACTOR,
                List.of(Boolean.toString(needsSecondFactor)),
                Capacity.ATTRIBUTE,
                capacities.stream().map(Json::write).toList(),
                REVISION,
                List.of(Long.toString(revision))));
    }

    /** Only what differs: Keycloak deletes an attribute's rows one attribute at a time before it writes them anew. */
    private static void set(UserModel user, String name, List<String> values) {
        if (!user.getAttributeStream(name)
                .sorted()
                .toList()
                .equals(values.stream().sorted().toList())) {
            user.setAttribute(name, values);
        }
    }

    String fingerprint() {
        return Json.sha256(Json.write(this));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** A person as sent: the state and the revision it belongs to. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude
    record Sent(
            String person,
            long revision,
            boolean enabled,
            String givenName,
            String familyName,
            @Nullable String locale,
            @Nullable String email,
            List<String> addresses,
            boolean needsSecondFactor,
            List<Capacity> capacities) {

        Sent {
            // UUIDs are the only names of people: Keycloak's id, its username and the platform's id are one.
            person = java.util.UUID.fromString(person).toString();
        }

        PersonState state() {
            return new PersonState(
                    person,
                    enabled,
                    text(givenName),
                    text(familyName),
                    locale,
                    email == null ? null : email.toLowerCase(Locale.ROOT),
                    addresses,
                    needsSecondFactor,
                    capacities);
        }
    }

    /** The body of the people resource. */
    record Batch(List<Sent> people) {}
}
