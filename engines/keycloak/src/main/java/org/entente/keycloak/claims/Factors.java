package org.entente.keycloak.claims;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** How the person proved who they are, in the words of RFC 8176. */
public record Factors(List<String> amr) {

    /** Among credentials: that the person came through the source of their member. */
    public static final String SOURCE = "source";

    /** Followed by a method that the source says was used. */
    public static final String SAID_BY_SOURCE = "source:";

    private static final String MULTIPLE = "mfa";
    private static final String CODE = "otp";

    /** @param used the credentials used, as the session note {@code Capacity.FACTORS} keeps them */
    public static Factors of(@Nullable String used) {
        Set<String> amr = new LinkedHashSet<>();
        Set<String> asserted = new LinkedHashSet<>();
        boolean throughSource = false;
        for (String credential : used == null ? List.<String>of() : List.of(used.split(" ", -1))) {
            switch (credential) {
                case PasswordCredentialModel.TYPE -> amr.add("pwd");
                case OTPCredentialModel.TYPE -> amr.add(CODE);
                case WebAuthnCredentialModel.TYPE_TWOFACTOR -> amr.add("pop");
                case WebAuthnCredentialModel.TYPE_PASSWORDLESS -> amr.addAll(List.of("pop", MULTIPLE));
                case SOURCE -> throughSource = true;
                default -> {
                    // A credential we do not offer proves nothing here.
                    if (credential.startsWith(SAID_BY_SOURCE)) {
                        asserted.add(credential.substring(SAID_BY_SOURCE.length()));
                    }
                }
            }
        }
        // A member's source is a first factor, also where it does not say of what kind.
        if (amr.size() > 1 || (throughSource && !amr.isEmpty())) {
            amr.add(MULTIPLE);
        }
        amr.addAll(asserted);
        return new Factors(List.copyOf(amr));
    }

    public boolean two() {
        return amr.contains(MULTIPLE);
    }

    /** ProConnect says {@code totp} for the code of an application, where the RFC says {@code otp}. */
    List<String> inProConnectsWords() {
        return amr.stream().map(one -> one.equals(CODE) ? "totp" : one).toList();
    }
}
