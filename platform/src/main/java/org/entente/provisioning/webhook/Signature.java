package org.entente.provisioning.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.entente.provisioning.spi.EngineUnavailable;

/**
 * Signs a message by the symmetric scheme of the Standard Webhooks specification 1.0: HMAC-SHA256 over {@code id.timestamp.body}.
 *
 * @param keys the secret in force first; during a change of secrets the one before as well, so that the receiver may have either
 */
record Signature(List<byte[]> keys) {

    private static final String PREFIX = "whsec_";

    /** What the specification allows, in bytes. */
    private static final int SHORTEST = 24;

    private static final int LONGEST = 64;

    /** @param secrets as the specification writes them: {@code whsec_} and base64 */
    static Signature of(List<String> secrets) {
        return new Signature(secrets.stream().map(Signature::key).toList());
    }

    private static byte[] key(String secret) {
        try {
            byte[] key =
                    Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "!");
            if (key.length >= SHORTEST && key.length <= LONGEST) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new EngineUnavailable(explained(), notBase64);
        }
        throw new EngineUnavailable(explained(), null);
    }

    private static String explained() {
        return "The secret of a webhook is whsec_ followed by " + SHORTEST + " to " + LONGEST
                + " random bytes in base64 (openssl rand -base64 32)";
    }

    /** The value of {@code webhook-signature}. */
    String of(String id, long timestamp, String body) {
        byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
    }

    private static String hmac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
