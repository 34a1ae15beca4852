package org.entente.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Adler32;

/** What a client says its bytes sum up to, as sync clients send it: {@code SHA1:…}, {@code MD5:…}, {@code ADLER32:…}, {@code SHA256:…}. */
public record Checksum(Algorithm algorithm, String hex) {

    /** The name is also Java's, but for Adler. */
    public enum Algorithm {
        SHA256("SHA-256", 64),
        SHA1("SHA-1", 40),
        MD5("MD5", 32),
        ADLER32("", 8);

        private final String java;
        private final int digits;

        Algorithm(String java, int digits) {
            this.java = java;
            this.digits = digits;
        }
    }

    public Checksum {
        if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
            throw new IllegalArgumentException("not a " + algorithm);
        }
    }

    /** Of the text {@code ALGORITHM:hex}; empty for an algorithm that is not known here, or a text that is none. */
    public static Optional<Checksum> of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = text.substring(0, colon).strip().toUpperCase(Locale.ROOT).replace("-", "");
        String hex = text.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equals(name) && hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
                return Optional.of(new Checksum(algorithm, hex));
            }
        }
        return Optional.empty();
    }

    /** Sums up as bytes pass. */
    Sum sum() {
        if (algorithm == Algorithm.ADLER32) {
            Adler32 adler = new Adler32();
            return new Sum() {
                @Override
                public void add(byte[] bytes, int from, int length) {
                    adler.update(bytes, from, length);
                }

                @Override
                public boolean fits() {
                    return hex.equals(HexFormat.of().toHexDigits((int) adler.getValue()));
                }
            };
        }
        MessageDigest digest = digest(algorithm.java);
        return new Sum() {
            @Override
            public void add(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public boolean fits() {
                return hex.equals(HexFormat.of().formatHex(digest.digest()));
            }
        };
    }

    interface Sum {
        void add(byte[] bytes, int from, int length);

        /** Whether all that was added is what was said; asked once. */
        boolean fits();
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these
        }
    }
}
