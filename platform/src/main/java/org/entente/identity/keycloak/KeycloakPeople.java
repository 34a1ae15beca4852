package org.entente.identity.keycloak;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.identity.SignInPeople;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@link SignInPeople} by our own resource in Keycloak: see {@code docs/developers/keycloak-door.md}. */
@Component
class KeycloakPeople implements SignInPeople {

    /** Writes exactly what {@code org.entente.keycloak.Json} writes on the other side. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            // Records are all creator: left on, their properties would keep the order of declaration.
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final KeycloakCalls keycloak;

    KeycloakPeople(KeycloakCalls keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public List<Written> write(List<Person> people) {
        String body = CANONICAL.writeValueAsString(Map.of("people", people));
        Answer answer = keycloak.call(rest -> rest.post()
                .uri("/entente/people")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(Answer.class));
        return answer == null ? List.of() : answer.results();
    }

    @Override
    public List<Held> list(String after, int limit) {
        List<Held> page = keycloak.call(rest -> rest.get()
                .uri("/entente/people?after={after}&limit={limit}", after, limit)
                .retrieve()
                .body(new ParameterizedTypeReference<List<Held>>() {}));
        return page == null ? List.of() : page;
    }

    @Override
    public String fingerprint(Person person) {
        try {
            byte[] text = CANONICAL.writeValueAsString(State.of(person)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Answer(List<Written> results) {}

    /** A person without the revision, in the order Keycloak's side keeps. */
    private record State(
            UUID person,
            boolean enabled,
            String givenName,
            String familyName,
            @Nullable String locale,
            @Nullable String email,
            List<String> addresses,
            boolean needsSecondFactor,
            List<Capacity> capacities) {

        static State of(Person person) {
            String email = person.email();
            return new State(
                    person.person(),
                    person.enabled(),
                    person.givenName(),
                    person.familyName(),
                    person.locale(),
                    email == null ? null : email.toLowerCase(Locale.ROOT),
                    person.addresses().stream()
                            .map(address -> address.toLowerCase(Locale.ROOT))
                            .distinct()
                            .sorted()
                            .toList(),
                    person.needsSecondFactor(),
                    person.capacities().stream()
                            .sorted(java.util.Comparator.comparing(
                                    capacity -> capacity.id().toString()))
                            .toList());
        }
    }
}
