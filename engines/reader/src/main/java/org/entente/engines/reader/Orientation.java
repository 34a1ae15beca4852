package org.entente.engines.reader;

import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a camera was held, as a JPEG says it: Exif 2.32, tag 0x0112. */
final class Orientation {

    private static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;

    /** Before the picture itself; the mark that we look for is among the first. */
    private static final int HEAD = 256 * 1024;

    private Orientation() {}

    /** From 1 (upright) to 8; 1 where nothing is said, or nothing that can be understood. */
    static int of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(ByteBuffer.wrap(in.readNBytes(HEAD)));
        } catch (RuntimeException cutOff) {
            return UPRIGHT;
        }
    }

    private static int of(ByteBuffer head) {
        if (head.remaining() < 4 || head.getShort() != (short) 0xFFD8) {
            return UPRIGHT;
        }
        while (head.remaining() > 4) {
            int mark = head.getShort() & 0xFFFF;
            int length = head.getShort() & 0xFFFF;
            if (mark < 0xFFE0 || length < 2 || length - 2 > head.remaining()) {
                return UPRIGHT;
            }
            ByteBuffer segment = head.slice(head.position(), length - 2);
            if (mark == 0xFFE1 && segment.remaining() > 14 && starts(segment)) {
                return tagged(segment.slice(6, segment.remaining() - 6));
            }
            head.position(head.position() + length - 2);
        }
        return UPRIGHT;
    }

    private static boolean starts(ByteBuffer segment) {
        byte[] name = new byte[4];
        segment.get(0, name);
        return new String(name, StandardCharsets.US_ASCII).equals("Exif");
    }

    private static int tagged(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = tiff.getInt(4);
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int n = 0; n < entries; n++) {
            int entry = at + 2 + 12 * n;
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                int said = tiff.getShort(entry + 8) & 0xFFFF;
                return said >= 1 && said <= 8 ? said : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** From a picture of this size as it is stored to one as it is to be seen. */
    static AffineTransform upright(int turned, int width, int height) {
        return switch (turned) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
