package org.entente.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Makes the same number of the same word, and tells nothing of it to whoever lacks the member's key: the first 64 bits of HMAC-SHA256 (RFC 2104) by a key derived
 * from it (HKDF, RFC 5869). How often a number stands there is to be seen.
 */
public final class WordSeal {

    private static final byte[] PURPOSE = "entente words 1".getBytes(StandardCharsets.UTF_8);

    private final UUID id;
    private final SecretKey key;

    WordSeal(UUID id, SecretKey member) {
        this.id = id;
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract().addIKM(member).thenExpand(PURPOSE, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java derives keys", e);
        }
    }

    /** Of the member's key. */
    public UUID id() {
        return id;
    }

    public long[] of(Collection<String> words) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return words.stream()
                    .mapToLong(word -> ByteBuffer.wrap(mac.doFinal(word.getBytes(StandardCharsets.UTF_8)))
                            .getLong())
                    .sorted()
                    .toArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }
}
