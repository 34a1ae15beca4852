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
 * eidas levels: those are given by a certification, not by us. Only ProConnect's federation itself asks its identity providers in these words: it is
 * answered {@code eidas1}, or {@code eidas1-mfa} with two factors; {@code eidas2} and above are never said.
 *
 * @param words of an application, or of the federation
 * @param values one of which is enough; empty when nothing is asked
 * @param essential whether the application takes nothing else
 * @param methods whether it asks how the person signed in ({@code amr})
 * @param always whether the operator wants two factors of whoever enters, whatever the application asks
 */
public record Assurance(Words words, List<String> values, boolean essential, boolean methods, boolean always) {

    /** Client attribute: {@code true} where nobody enters without a second factor. */
    private static final String SECOND_FACTOR = "entente.second-factor";

    private static final String LEVELS = "https://proconnect.gouv.fr/assurance/";

    /** The levels that are proved, the highest first: by one factor, and by two. */
    public enum Words {
        OF_APPLICATIONS(
                List.of(LEVELS + "consistency-checked", LEVELS + "self-asserted"),
                List.of(
                        LEVELS + "consistency-checked-2fa",
                        LEVELS + "self-asserted-2fa",
                        LEVELS + "consistency-checked",
                        LEVELS + "self-asserted"),
                LEVELS + "consistency-checked-2fa"),
        /** Who asks for no level is told the one that every service takes; the methods say the rest. */
        OF_THE_FEDERATION(
                List.of("eidas1", "eidas0"), List.of("eidas1-mfa", "eidas0-mfa", "eidas1", "eidas0"), "eidas1");

        private final List<String> one;
        private final List<String> two;
        private final String twoUnasked;

        Words(List<String> one, List<String> two, String twoUnasked) {
            this.one = one;
            this.two = two;
            this.twoUnasked = twoUnasked;
        }

        static Words of(ClientModel client) {
            return ProConnect.isFederation(client) ? OF_THE_FEDERATION : OF_APPLICATIONS;
        }
    }

    private static final String AMR = "amr";

    /** @param notes of a client session, or of a sign-in under way */
    public static Assurance asked(ClientModel client, UnaryOperator<@Nullable String> notes) {
        Words words = Words.of(client);
        boolean always = always(client);
        List<String> values = new ArrayList<>();
        String acrValues = notes.apply(OIDCLoginProtocol.ACR_PARAM);
        if (acrValues != null && !acrValues.isBlank()) {
            values.addAll(List.of(acrValues.strip().split(" +")));
        }
        ClaimsRepresentation claims = claims(notes.apply(OIDCLoginProtocol.CLAIMS_PARAM));
        if (claims == null) {
            return new Assurance(words, List.copyOf(values), false, false, always);
        }
        boolean methods = claims.isPresent(AMR, ClaimContext.ID_TOKEN);
        ClaimsRepresentation.ClaimValue<String> acr =
                claims.getClaimValue(IDToken.ACR, ClaimContext.ID_TOKEN, String.class);
        if (acr == null) {
            return new Assurance(words, List.copyOf(values), false, methods, always);
        }
        if (acr.getValues() != null) {
            values.addAll(acr.getValues());
        } else if (acr.getValue() != null) {
            values.add(acr.getValue());
        }
        return new Assurance(words, List.copyOf(values), acr.isEssential() && !values.isEmpty(), methods, always);
    }

    /** Whether the operator wants two factors of whoever enters this application. */
    public static boolean always(ClientModel client) {
        return Boolean.parseBoolean(client.getAttribute(SECOND_FACTOR));
    }

    /** Whether only two factors give what is asked. */
    public boolean needsSecondFactor() {
        return always || (Collections.disjoint(values, words.one) && !Collections.disjoint(values, words.two));
    }

    /** Whether the application insists on what is never given here. */
    public boolean outOfReach() {
        return essential && Collections.disjoint(values, words.two);
    }

    public boolean metBy(boolean twoFactors) {
        return !outOfReach() && (twoFactors || !needsSecondFactor());
    }

    /** The level the application is told: the highest proved among those it asked for, or the highest when it asked for none of them. */
    public String answer(boolean twoFactors) {
        return (twoFactors ? words.two : words.one)
                .stream()
                        .filter(values::contains)
                        .findFirst()
                        .orElse(twoFactors ? words.twoUnasked : words.one.getFirst());
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
