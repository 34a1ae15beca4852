package org.entente.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** So few bytes that they are read before they are kept, and kept together with others. */
public final class Small {

    /** In bytes. */
    public static final int MOST = Storage.SMALL;

    private final byte[] bytes;
    private final Sha256 sha256;

    private Small(byte[] bytes, Sha256 sha256) {
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /**
     * Reads {@code in} to its end.
     *
     * @param length as it was announced, at most {@link #MOST}
     * @param expected what the bytes must sum up to; otherwise {@code INVALID storage.checksum}
     */
    public static Small read(InputStream in, int length, @Nullable Checksum expected) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.read() >= 0) {
            throw new IOException("not as many bytes as were announced");
        }
        if (expected != null) {
            Checksum.Sum sum = expected.sum();
            sum.add(bytes, 0, length);
            if (!sum.fits()) {
                throw Refusal.invalid("storage.checksum");
            }
        }
        return new Small(bytes, Sha256.of(Sha256.digest().digest(bytes)));
    }

    public int length() {
        return bytes.length;
    }

    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    Sha256 sha256() {
        return sha256;
    }

    /** Enciphered. */
    byte[] sealed(ContentKey key) {
        byte[] room = new byte[ContentKey.HEAD + bytes.length + ContentKey.TAG];
        System.arraycopy(bytes, 0, room, ContentKey.HEAD, bytes.length);
        key.close(room, bytes.length, sha256.bytes());
        return room;
    }
}
