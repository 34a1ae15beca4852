package org.entente.identity.keycloak;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** By what applications built for ProConnect know people and the territory: derived from one secret of the territory, so always the same. */
@Component
class Subjects {

    /** Kept beside the secrets of clients, under a name that is no client’s. */
    private static final String SALT = "~subjects";

    private final ClientSecrets secrets;

    Subjects(ClientSecrets secrets) {
        this.secrets = secrets;
    }

    /** The key from which the subjects of one application are made. */
    String key(String clientId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derived("subject " + clientId));
    }

    /** ProConnect's {@code idp_id}: who vouches for the people. */
    String identityProvider() {
        return UUID.nameUUIDFromBytes(derived("identity provider")).toString();
    }

    private byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.lasting(SALT).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
