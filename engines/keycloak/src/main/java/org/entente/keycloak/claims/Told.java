package org.entente.keycloak.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.Assurance;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.ProConnect;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * What one application is told of one person in one capacity, word by word: the one source of all mappers.
 *
 * @param capacity empty only in clients that are used in none
 */
record Told(UserModel user, ClientModel client, Optional<Capacity> capacity, Factors factors, Assurance asked) {

    private static final Map<String, String> POPULATIONS =
            Map.of("agent", "agent", "elu", "elu", "partner", "partenaire", "trainee", "stagiaire");

    /** The value of this word; null when there is none to tell. */
    @Nullable
    Object value(String name) {
        Object value = capacity.map(one -> ofCapacity(name, one)).orElse(null);
        return value == null ? ofPerson(name) : value;
    }

    boolean inProConnectsWords() {
        return ProConnect.builtFor(client);
    }

    private @Nullable Object ofCapacity(String name, Capacity capacity) {
        return switch (name) {
            case "email" -> capacity.address();
            case "siret" -> capacity.siret();
            case "siren" -> capacity.siren();
            case "organizational_unit" -> capacity.unit();
            case "phone" -> capacity.phone();
            case "belonging_population" -> POPULATIONS.get(capacity.kind());
            case "roles" -> roles(capacity);
            case "capacity" -> described(capacity);
            case "custom" -> custom(capacity);
            default -> null;
        };
    }

    private @Nullable Object ofPerson(String name) {
        return switch (name) {
            case "uid" -> user.getId();
            case "given_name" -> user.getFirstName();
            case "usual_name" -> user.getLastName();
            case "email" -> user.getEmail();
            case "idp_id" -> ProConnect.identityProvider(client);
            case "acr", "idp_acr" -> asked.answer(factors.two());
            case "amr" -> inProConnectsWords() ? factors.inProConnectsWords() : factors.amr();
            default -> null;
        };
    }

    private List<String> roles(Capacity capacity) {
        return capacity.services().getOrDefault(Capacities.service(client), List.of());
    }

    private static Map<String, String> described(Capacity capacity) {
        return Map.of(
                "id", capacity.id(),
                "kind", capacity.kind(),
                "function", capacity.function(),
                "member", capacity.memberName());
    }

    /** Where ProConnect puts what an identity provider says beyond the common words. */
    private Map<String, Object> custom(Capacity capacity) {
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("capacity", described(capacity));
        custom.put("roles", roles(capacity));
        return custom;
    }
}
