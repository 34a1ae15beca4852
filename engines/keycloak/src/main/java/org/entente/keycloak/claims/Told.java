package org.entente.keycloak.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.Assurance;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.ProConnect;
import org.entente.keycloak.Vouching;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * What one application is told of one person in one capacity, word by word: the one source of all mappers.
 *
 * @param capacity empty only in clients that are used in none
 */
record Told(UserModel user, ClientModel client, Optional<Capacity> capacity, Factors factors, Assurance asked) {

    private static final Map<String, String> POPULATIONS =
            Map.of("agent", "agent", "elu", "elu", "partner", "partenaire", "trainee", "stagiaire");

    /** Why an application is told nothing at all. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String why) {
            super(why);
        }
    }

    /** @throws Refused when the capacity of the session has ended or does not give the application any more, or less was proved than was asked for */
    static Told of(UserSessionModel session, AuthenticatedClientSessionModel clientSession) {
        UserModel user = session.getUser();
        ClientModel client = clientSession.getClient();
        Optional<Capacity> capacity =
                Capacities.acting(Capacities.of(user), clientSession.getNote(Capacity.NOTE), client);
        if (capacity.isEmpty() && !Capacities.exempts(client)) {
            // Such sessions are removed with the capacity, or with what it gave; should one be left, it yields nothing.
            throw new Refused("The capacity of this session has ended, or gives this application no more");
        }
        if (capacity.isPresent() && !Vouching.allows(session, capacity.get())) {
            throw new Refused("This session was opened by a source of another member, and not confirmed");
        }
        Factors factors = Factors.of(session.getNote(Capacity.FACTORS));
        Assurance asked = Assurance.asked(client, clientSession::getNote);
        if (!asked.metBy(factors.two())) {
            // The sign-in asks for it; should another way have led here, it ends here.
            throw new Refused("The level of assurance that was asked for is not reached");
        }
        return new Told(user, client, capacity, factors, asked);
    }

    /** The value of this word; null when there is none to tell. */
    @Nullable
    Object value(String name) {
        Object value = capacity.map(one -> ofCapacity(name, one)).orElse(null);
        if (value == null && name.equals("email") && capacity.isPresent()) {
            // Their main address may be of another member, which is not what they enter as.
            return null;
        }
        return value == null ? ofPerson(name) : value;
    }

    /** ProConnect itself always wants to know by which means somebody signed in. */
    boolean tellsMethods() {
        return asked.methods() || ProConnect.isFederation(client);
    }

    boolean inProConnectsWords() {
        return ProConnect.builtFor(client);
    }

    private @Nullable Object ofCapacity(String name, Capacity capacity) {
        return switch (name) {
            case "email", "preferred_username" -> capacity.address();
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
            case "uid", "preferred_username" -> user.getId();
            case "name" -> user.getFirstName() + " " + user.getLastName();
            case "given_name" -> user.getFirstName();
            case "usual_name", "family_name" -> user.getLastName();
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
