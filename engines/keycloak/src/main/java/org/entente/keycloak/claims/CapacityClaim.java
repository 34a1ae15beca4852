package org.entente.keycloak.claims;

import java.util.List;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** One claim of ProConnect's vocabulary; each is in a client scope of its own name, so an app gets what it asks for. */
public final class CapacityClaim extends CapacityMapper {

    private static final String CLAIM = "claim";

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
        return "uid, given_name, usual_name, email, siret, siren, organizational_unit, belonging_population, phone, capacity, roles, custom, "
                + "idp_id, idp_acr, acr, amr, name, family_name or preferred_username";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty claim =
                new ProviderConfigProperty(CLAIM, "Claim", getHelpText(), ProviderConfigProperty.STRING_TYPE, null);
        return List.of(claim);
    }

    @Override
    void claim(IDToken token, ProtocolMapperModel model, Told told) {
        String name = model.getConfig().getOrDefault(CLAIM, "");
        Object value = isWanted(name, token, told) ? told.value(name) : null;
        if (value != null) {
            set(token, name.equals("phone") && told.inProConnectsWords() ? "phone_number" : name, value);
        }
    }

    /** ProConnect says how somebody signed in nowhere but in the id_token, and by which means only when asked. */
    private static boolean isWanted(String name, IDToken token, Told told) {
        boolean ofSignIn = name.equals("acr") || name.equals("amr");
        return !told.inProConnectsWords()
                || !ofSignIn
                || (!(token instanceof AccessToken) && (name.equals("acr") || told.tellsMethods()));
    }

    private static void set(IDToken token, String name, Object value) {
        switch (name) {
            case "email" -> token.setEmail(value.toString());
            case "given_name" -> token.setGivenName(value.toString());
            case "family_name" -> token.setFamilyName(value.toString());
            case "name" -> token.setName(value.toString());
            case "preferred_username" -> token.setPreferredUsername(value.toString());
            case "phone_number" -> token.setPhoneNumber(value.toString());
            case "acr" -> token.setAcr(value.toString());
            default -> token.getOtherClaims().put(name, value);
        }
    }
}
