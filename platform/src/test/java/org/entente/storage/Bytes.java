package org.entente.storage;

import java.io.InputStream;
import java.util.Random;

/** Bytes that look like none, the same for the same seed, however many. */
final class Bytes {

    private Bytes() {}

    static byte[] of(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Without ever holding more than some of them. */
    static InputStream stream(long seed, long size) {
        Random random = new Random(seed);
        return new InputStream() {
            private final byte[] some = new byte[8192];
            private int next = some.length;
            private long left = size;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                if (next == some.length) {
                    random.nextBytes(some);
                    next = 0;
                }
                int given = (int) Math.min(Math.min(length, some.length - next), left);
                System.arraycopy(some, next, into, offset, given);
                next += given;
                left -= given;
                return given;
            }
        };
    }
}
