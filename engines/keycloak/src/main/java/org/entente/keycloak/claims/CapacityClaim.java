package org.entente.keycloak.claims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.Capacity;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/** One claim of ProConnect's vocabulary; each is in a client scope of its own name, so an app gets what it asks for. */
public final class CapacityClaim extends CapacityMapper {

    private static final String CLAIM = "claim";

    private static final Map<String, String> POPULATIONS =
            Map.of("agent", "agent", "elu", "elu", "partner", "partenaire", "trainee", "stagiaire");

    @Override
    public String getId() {
        return "entente-capacity-claim";
    }

    @Override
    public String getDisplayType() {
        return "Entente: a claim of the capacity";
    }

    @Override
    public String getHelpText() {
        return "uid, given_name, usual_name, email, siret, siren, organizational_unit, belonging_population, phone, capacity, roles, acr or amr";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty claim =
                new ProviderConfigProperty(CLAIM, "Claim", getHelpText(), ProviderConfigProperty.STRING_TYPE, null);
        return List.of(claim);
    }

    @Override
    void claim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel session,
            Optional<Capacity> capacity,
            String service) {
        String name = model.getConfig().getOrDefault(CLAIM, "");
        Object value = capacity.map(one -> ofCapacity(name, one, service)).orElse(null);
        if (value == null) {
            value = ofPerson(name, session.getUser(), Factors.of(session));
        }
        if (value != null) {
            set(token, name, value);
        }
    }

    private static @Nullable Object ofCapacity(String name, Capacity capacity, String service) {
        return switch (name) {
            case "email" -> capacity.address();
            case "siret" -> capacity.siret();
            case "siren" -> capacity.siren();
            case "organizational_unit" -> capacity.unit();
            case "phone" -> capacity.phone();
            case "belonging_population" -> POPULATIONS.get(capacity.kind());
            case "roles" -> capacity.services().getOrDefault(service, List.of());
            case "capacity" ->
                Map.of(
                        "id", capacity.id(),
                        "kind", capacity.kind(),
                        "function", capacity.function(),
                        "member", capacity.memberName());
            default -> null;
        };
    }

    private static @Nullable Object ofPerson(String name, UserModel user, Factors factors) {
        return switch (name) {
            case "uid" -> user.getId();
            case "given_name" -> user.getFirstName();
            case "usual_name" -> user.getLastName();
            case "email" -> user.getEmail();
            case "acr" -> factors.acr();
            case "amr" -> factors.amr();
            default -> null;
        };
    }

    private static void set(IDToken token, String name, Object value) {
        switch (name) {
            case "email" -> token.setEmail(value.toString());
            case "given_name" -> token.setGivenName(value.toString());
            case "acr" -> token.setAcr(value.toString());
            default -> token.getOtherClaims().put(name, value);
        }
    }
}
