package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call was signed by the office server, by the keys of its discovery ([MS-WOPI] 3.1.5.1.1.2.3.3): RSA with SHA-256 over token, address and time. The
 * server changes its key now and then; so that nobody need be told at once, it signs with the former one as well.
 *
 * @param old null when there was none before
 */
record ProofKeys(PublicKey current, @Nullable PublicKey old) {

    private static final int SHORTEST_BITS = 2048;
    private static final Duration OLDEST = Duration.ofMinutes(20);
    /** Clocks differ; what is signed for later is of use to nobody earlier. */
    private static final Duration EARLIEST = Duration.ofMinutes(5);

    /** Ticks of 100 ns from the year 1 to 1970. */
    private static final long EPOCH = 621_355_968_000_000_000L;

    private static final long TICKS_A_SECOND = 10_000_000L;

    interface Attributes {
        @Nullable
        String get(String name);
    }

    /** Of the element {@code proof-key}. Keys that cannot be read are not as none: nobody could be believed. */
    static @Nullable ProofKeys read(Attributes said) throws DiscoveryXml.Unreadable {
        PublicKey current = key(said.get("modulus"), said.get("exponent"));
        if (current == null) {
            if (said.get("value") != null && !"".equals(said.get("value"))) {
                throw new DiscoveryXml.Unreadable("proof-key has no modulus and exponent");
            }
            return null;
        }
        return new ProofKeys(current, key(said.get("oldmodulus"), said.get("oldexponent")));
    }

    private static @Nullable PublicKey key(@Nullable String modulus, @Nullable String exponent)
            throws DiscoveryXml.Unreadable {
        if (modulus == null || exponent == null || modulus.isBlank() || exponent.isBlank()) {
            return null;
        }
        try {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(number(modulus), number(exponent));
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(spec);
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_BITS) {
                return key;
            }
            throw new DiscoveryXml.Unreadable("proof-key is shorter than " + SHORTEST_BITS + " bits");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DiscoveryXml.Unreadable("proof-key: " + e.getMessage());
        }
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getDecoder().decode(base64.strip()));
    }

    /**
     * What a call showed.
     *
     * @param token as it stands in the address
     * @param address of the whole call, with its query
     * @param timestamp, proof, proofOld headers
     */
    record Call(
            String token,
            String address,
            @Nullable String timestamp,
            @Nullable String proof,
            @Nullable String proofOld) {}

    boolean prove(Call call, Instant now) {
        Long ticks = ticks(call.timestamp());
        return ticks != null && isFresh(ticks, now) && isSigned(call, ticks);
    }

    /** Whatever its time. */
    boolean isSigned(Call call, long ticks) {
        byte[] expected = expected(call.token(), call.address(), ticks);
        return signed(current, call.proof(), expected)
                || signed(current, call.proofOld(), expected)
                || (old != null && signed(old, call.proof(), expected));
    }

    private static boolean isFresh(long ticks, Instant now) {
        Instant at = Instant.ofEpochSecond(
                Math.floorDiv(ticks - EPOCH, TICKS_A_SECOND), Math.floorMod(ticks - EPOCH, TICKS_A_SECOND) * 100);
        return !at.isBefore(now.minus(OLDEST)) && !at.isAfter(now.plus(EARLIEST));
    }

    private static @Nullable Long ticks(@Nullable String timestamp) {
        return timestamp != null && timestamp.matches("[0-9]{1,18}") ? Long.valueOf(timestamp) : null;
    }

    /** Each part with its length before it. */
    private static byte[] expected(String token, String address, long ticks) {
        byte[] first = token.getBytes(UTF_8);
        byte[] second = address.toUpperCase(Locale.ROOT).getBytes(UTF_8);
        return ByteBuffer.allocate(3 * Integer.BYTES + first.length + second.length + Long.BYTES)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .putInt(Long.BYTES)
                .putLong(ticks)
                .array();
    }

    private static boolean signed(PublicKey key, @Nullable String proof, byte[] expected) {
        if (proof == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(expected);
            return signature.verify(Base64.getDecoder().decode(proof));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }
}
