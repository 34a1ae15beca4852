package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads what lib0 writes (the encoding beneath Yjs): numbers in seven bits a byte, texts and bytes behind their length. */
final class Bits {

    /** Something that is not what it should be: whoever sent it is not answered any more. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what, null, false, false);
        }
    }

    /** What JavaScript counts exactly. */
    static final long MOST = (1L << 53) - 1;

    private final ByteBuffer bytes;

    Bits(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    boolean more() {
        return bytes.hasRemaining();
    }

    int left() {
        return bytes.remaining();
    }

    int one() throws Broken {
        if (!bytes.hasRemaining()) {
            throw new Broken("ends too soon");
        }
        return bytes.get() & 0xff;
    }

    long number() throws Broken {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (value > MOST) {
                    throw new Broken("number");
                }
                return value;
            }
        }
        throw new Broken("number");
    }

    /** How many things follow, each of a byte at least. */
    int count() throws Broken {
        long value = number();
        if (value > bytes.remaining()) {
            throw new Broken("more than there is");
        }
        return (int) value;
    }

    /** A number with a sign: its first byte has six bits. */
    void signed() throws Broken {
        int next = one();
        for (int n = 0; (next & 0x80) != 0; n++) {
            if (n == 8) {
                throw new Broken("number");
            }
            next = one();
        }
    }

    void skip(int length) throws Broken {
        if (length > bytes.remaining()) {
            throw new Broken("ends too soon");
        }
        bytes.position(bytes.position() + length);
    }

    byte[] bytes() throws Broken {
        byte[] found = new byte[count()];
        bytes.get(found);
        return found;
    }

    byte[] rest() {
        byte[] found = new byte[bytes.remaining()];
        bytes.get(found);
        return found;
    }

    String text() throws Broken {
        ByteBuffer found = ByteBuffer.wrap(bytes());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(found)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Broken("text");
        }
    }

    static void number(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    static void text(ByteArrayOutputStream out, String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }
}
