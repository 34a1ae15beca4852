package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opened at the first byte: of many parts only one is open at a time. */
final class Later extends InputStream {

    private final Putting.Bytes bytes;
    private @Nullable InputStream in;

    Later(Putting.Bytes bytes) {
        this.bytes = bytes;
    }

    private InputStream in() throws IOException {
        if (in == null) {
            in = bytes.open();
        }
        return in;
    }

    @Override
    public int read() throws IOException {
        return in().read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return in().read(into, from, length);
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
