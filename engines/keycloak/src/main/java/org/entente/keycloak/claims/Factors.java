package org.entente.keycloak.claims;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.sources.Asserted;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** How the person proved who they are, in the words of RFC 8176 and of ProConnect's assurance levels. */
record Factors(List<String> amr) {

    private static final String NOTE = Capacity.FACTORS;
    private static final String MULTIPLE = "mfa";

    /** The authority itself vouches for its people: ProConnect calls that consistency-checked. */
    private static final String ACR = "https://proconnect.gouv.fr/assurance/consistency-checked";

    static Factors of(UserSessionModel session) {
        String used = session.getNote(NOTE);
        Set<String> amr = new LinkedHashSet<>();
        for (String credential : used == null ? List.<String>of() : List.of(used.split(" ", -1))) {
            switch (credential) {
                case PasswordCredentialModel.TYPE -> amr.add("pwd");
                case OTPCredentialModel.TYPE -> amr.add("otp");
                case WebAuthnCredentialModel.TYPE_TWOFACTOR -> amr.add("pop");
                case WebAuthnCredentialModel.TYPE_PASSWORDLESS -> amr.addAll(List.of("pop", MULTIPLE));
                default -> {
                    // A credential we do not offer proves nothing here.
                }
            }
        }
        // A member's source is a first factor, also where it does not say of what kind.
        String source = session.getNote(Asserted.METHODS);
        if (amr.size() > 1 || (source != null && !amr.isEmpty())) {
            amr.add(MULTIPLE);
        }
        if (source != null && !source.isEmpty()) {
            amr.addAll(List.of(source.split(" ", -1)));
        }
        return new Factors(List.copyOf(amr));
    }

    String acr() {
        return amr.contains(MULTIPLE) ? ACR + "-2fa" : ACR;
    }
}
