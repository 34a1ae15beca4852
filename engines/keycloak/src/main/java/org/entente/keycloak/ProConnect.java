package org.entente.keycloak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * The profile of applications that were built for ProConnect, the French State's sign-in for public agents: they are answered in its
 * words and with its rules. Source: its documentation for partners, and the source of its federation server.
 */
public final class ProConnect {

    /** Client attribute: {@code proconnect} for these applications, {@code proconnect-federation} for ProConnect itself. */
    private static final String PROFILE = "entente.profile";

    private static final String FEDERATION = "proconnect-federation";

    /** Client attribute: the key by which this application's subjects are made. */
    private static final String SUBJECT_KEY = "entente.subject-key";

    /** Client attribute: who vouches for the people, one stable identifier for the whole territory. */
    private static final String IDENTITY_PROVIDER = "entente.idp";

    private ProConnect() {}

    public static boolean builtFor(ClientModel client) {
        return "proconnect".equals(client.getAttribute(PROFILE)) || isFederation(client);
    }

    /** Whether it is ProConnect itself that asks: the territory is one of its identity providers. */
    public static boolean isFederation(ClientModel client) {
        return FEDERATION.equals(client.getAttribute(PROFILE));
    }

    public static @Nullable String identityProvider(ClientModel client) {
        return client.getAttribute(IDENTITY_PROVIDER);
    }

    /**
     * The subject of this person in this application: always the same there, and of no use to compare people with another application. Null
     * where the application is given the person's id.
     */
    public static @Nullable String subject(ClientModel client, UserModel user) {
        String key = client.getAttribute(SUBJECT_KEY);
        if (key == null || key.isBlank()) {
            return null;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
            return uuid(mac.doFinal(user.getId().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 9562, version 8: subjects of ProConnect are UUIDs, and applications have sized their columns for them. */
    private static String uuid(byte[] hash) {
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long most = bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        long least = bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }
}
