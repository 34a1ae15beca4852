package org.entente.storage;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.entente.directory.MemberId;

/**
 * A member's key, and how bytes are enciphered with it: AES-256-GCM (NIST SP 800-38D), a random nonce each time, bound to the member and to the hash of the
 * plain bytes, so that what lies under one name cannot be passed off as another. Laid out as version, nonce, enciphered bytes, tag.
 */
final class ContentKey {

    /** Where the bytes begin; {@link #TAG} more follow them. */
    static final int HEAD = 13;

    static final int TAG = 16;

    /** Java finds out after some thousands of calls that the processor can do this by itself, forty times as fast: in whole chunks that was half a gigabyte. */
    private static final int SLICE = 64 * 1024;

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID id;
    private final MemberId member;
    private final SecretKey key;

    ContentKey(UUID id, MemberId member, byte[] material) {
        this.id = id;
        this.member = member;
        this.key = new SecretKeySpec(material, "AES");
    }

    UUID id() {
        return id;
    }

    WordSeal words() {
        return new WordSeal(id, key);
    }

    /** Enciphers {@code length} bytes that lie at {@link #HEAD} in their place; what is to be kept is then {@code HEAD + length + TAG} long. */
    void close(byte[] room, int length, byte[] hash) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        room[0] = VERSION;
        System.arraycopy(nonce, 0, room, 1, NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, hash);
            int done = 0;
            int to = HEAD;
            while (length - done > SLICE) {
                to += cipher.update(room, HEAD + done, SLICE, room, to);
                done += SLICE;
            }
            cipher.doFinal(room, HEAD + done, length - done, room, to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot encipher", e);
        }
    }

    /**
     * Deciphers in its place; the plain bytes lie at {@link #HEAD} then.
     *
     * @return how many there are
     * @throws GeneralSecurityException when it was changed, or closed with another key, for another member or as other bytes
     */
    int open(byte[] closed, byte[] hash) throws GeneralSecurityException {
        if (closed.length < HEAD + TAG || closed[0] != VERSION) {
            throw new GeneralSecurityException("not closed here");
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(closed, 1, nonce, 0, NONCE);
        return cipher(Cipher.DECRYPT_MODE, nonce, hash).doFinal(closed, HEAD, closed.length - HEAD, closed, HEAD);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] hash) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(ByteBuffer.allocate(16 + hash.length)
                .putLong(member.value().getMostSignificantBits())
                .putLong(member.value().getLeastSignificantBits())
                .put(hash)
                .array());
        return cipher;
    }
}
