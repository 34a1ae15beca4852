package org.entente.keycloak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.ClaimsRepresentation;
import org.keycloak.representations.ClaimsRepresentation.ClaimContext;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;

/**
 * How sure an application asks to be of who signs in: {@code acr_values}, or {@code acr} in the parameter {@code claims} (OpenID Connect Core
 * 5.5.1.1), in ProConnect's levels. The territory vouches for its people, so it proves {@code consistency-checked} and, with two
 * factors, {@code consistency-checked-2fa}; who has proved that much has proved the self-asserted levels too. It never says one of the
 * eidas levels: those are given by a certification, not by us.
 *
 * @param values one of which is enough; empty when nothing is asked
 * @param essential whether the application takes nothing else
 * @param methods whether it asks how the person signed in ({@code amr})
 * @param always whether the operator wants two factors of whoever enters, whatever the application asks
 */
public record Assurance(List<String> values, boolean essential, boolean methods, boolean always) {

    /** Client attribute: {@code true} where nobody enters without a second factor. */
    private static final String SECOND_FACTOR = "entente.second-factor";

    private static final String LEVELS = "https://proconnect.gouv.fr/assurance/";
    private static final List<String> ONE_FACTOR = List.of(LEVELS + "consistency-checked", LEVELS + "self-asserted");
    private static final List<String> TWO_FACTORS = List.of(
            LEVELS + "consistency-checked-2fa",
            LEVELS + "self-asserted-2fa",
            LEVELS + "consistency-checked",
            LEVELS + "self-asserted");

    private static final String AMR = "amr";

    /** @param notes of a client session, or of a sign-in under way */
    public static Assurance asked(ClientModel client, UnaryOperator<@Nullable String> notes) {
        boolean always = always(client);
        List<String> values = new ArrayList<>();
        String acrValues = notes.apply(OIDCLoginProtocol.ACR_PARAM);
        if (acrValues != null && !acrValues.isBlank()) {
            values.addAll(List.of(acrValues.strip().split(" +")));
        }
        ClaimsRepresentation claims = claims(notes.apply(OIDCLoginProtocol.CLAIMS_PARAM));
        if (claims == null) {
            return new Assurance(List.copyOf(values), false, false, always);
        }
        boolean methods = claims.isPresent(AMR, ClaimContext.ID_TOKEN);
        ClaimsRepresentation.ClaimValue<String> acr =
                claims.getClaimValue(IDToken.ACR, ClaimContext.ID_TOKEN, String.class);
        if (acr == null) {
            return new Assurance(List.copyOf(values), false, methods, always);
        }
        if (acr.getValues() != null) {
            values.addAll(acr.getValues());
        } else if (acr.getValue() != null) {
            values.add(acr.getValue());
        }
        return new Assurance(List.copyOf(values), acr.isEssential() && !values.isEmpty(), methods, always);
    }

    /** Whether the operator wants two factors of whoever enters this application. */
    public static boolean always(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(SECOND_FACTOR));
    }

    /** Whether only two factors give what is asked. */
    public boolean needsSecondFactor() {
        return always || (Collections.disjoint(values, ONE_FACTOR) && !Collections.disjoint(values, TWO_FACTORS));
    }

    /** Whether the application insists on what is never given here. */
    public boolean outOfReach() {
        return essential && Collections.disjoint(values, TWO_FACTORS);
    }

    public boolean metBy(boolean twoFactors) {
        return !outOfReach() && (twoFactors || !needsSecondFactor());
    }

    /** The level the application is told: the highest proved among those it asked for, or the highest when it asked for none of them. */
    public String answer(boolean twoFactors) {
        List<String> proved = twoFactors ? TWO_FACTORS : ONE_FACTOR;
        return proved.stream().filter(values::contains).findFirst().orElse(proved.getFirst());
    }

    private static @Nullable ClaimsRepresentation claims(@Nullable String parameter) {
        try {
            return parameter == null ? null : JsonSerialization.readValue(parameter, ClaimsRepresentation.class);
        } catch (IOException e) {
            // Keycloak, too, goes on without a parameter that it cannot read.
            return null;
        }
    }
}
