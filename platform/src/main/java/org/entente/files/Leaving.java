package org.entente.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a browser that left from bytes that could not be read: the first is nobody's fault, the second must break the answer off. */
final class Leaving extends FilterOutputStream {

    /** Nobody is there any more. */
    static final class Left extends IOException {
        private static final long serialVersionUID = 1L;

        Left(IOException cause) {
            super(cause);
        }
    }

    Leaving(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new Left(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Left(e);
        }
    }
}
