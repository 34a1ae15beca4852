package org.entente.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals what must be kept and used again, such as the password of a member's directory: AES-256-GCM under a key derived (HKDF, RFC 5869) from
 * {@link PlatformSecret}, which is not in the database. What it is for is authenticated with it, so that nothing sealed for one thing is taken for another.
 */
@Component
public class Sealed {

    /** Without a purpose, as it was done before; it is still opened. */
    private static final byte FIRST = 1;

    private static final byte VERSION = 2;
    private static final byte[] NOTHING = {};
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final PlatformSecret secret;
    private volatile @Nullable SecretKey known;

    Sealed(PlatformSecret secret) {
        this.secret = secret;
    }

    /** @param purpose what it is for; it opens for that only */
    public byte[] seal(String purpose, String plain) {
        return seal(purpose, plain.getBytes(UTF_8));
    }

    /** As the other, of what is no text. */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose.getBytes(UTF_8)).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE + closed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal", e);
        }
    }

    /** What was sealed; a refusal when it was changed, or sealed under another secret or for another purpose. */
    public String open(String purpose, byte[] sealed) {
        boolean first = sealed.length > 0 && sealed[0] == FIRST;
        return new String(open(first ? FIRST : VERSION, first ? NOTHING : purpose.getBytes(UTF_8), sealed), UTF_8);
    }

    /** As the other, of what came from outside: nothing that was sealed without a purpose is taken for it. */
    public String openStrictly(String purpose, byte[] sealed) {
        return new String(openBytes(purpose, sealed), UTF_8);
    }

    /** What was sealed of bytes, or of text. */
    public byte[] openBytes(String purpose, byte[] sealed) {
        return open(VERSION, purpose.getBytes(UTF_8), sealed);
    }

    private byte[] open(byte version, byte[] purpose, byte[] sealed) {
        try {
            ByteBuffer all = ByteBuffer.wrap(sealed);
            byte[] nonce = new byte[NONCE];
            if (sealed.length <= 1 + NONCE || all.get() != version) {
                throw new GeneralSecurityException("not sealed here");
            }
            all.get(nonce);
            byte[] closed = new byte[all.remaining()];
            all.get(closed);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(closed);
        } catch (GeneralSecurityException e) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "sealed.closed");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose);
        return cipher;
    }

    private SecretKey key() throws GeneralSecurityException {
        SecretKey found = known;
        if (found == null) {
            byte[] material = secret.value().getBytes(UTF_8);
            found = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(material)
                                    .thenExpand("entente sealed 1".getBytes(UTF_8), 32));
            known = found;
        }
        return found;
    }
}
