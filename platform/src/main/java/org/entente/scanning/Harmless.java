package org.entente.scanning;

import java.io.InputStream;

/** So many bytes of plain text in which there is nothing to find. */
final class Harmless extends InputStream {

    private static final byte[] TEXT =
            "Entente asks whether scanning works.\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final long size;
    private long at;

    Harmless(long size) {
        this.size = size;
    }

    @Override
    public int read() {
        return at < size ? TEXT[(int) (at++ % TEXT.length)] : -1;
    }
}
