package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;

/** Writes as Yjs does, enough of it for a test: what a browser types. */
final class Yjs {

    private Yjs() {}

    /** Text typed by a client behind what it typed before. @param clock how many places it took before */
    static byte[] typed(long client, long clock, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bits.number(out, 1);
        Bits.number(out, 1);
        Bits.number(out, client);
        Bits.number(out, clock);
        if (clock == 0) {
            out.write(4);
            Bits.number(out, 1);
            Bits.text(out, "text");
        } else {
            out.write(4 | 0x80);
            Bits.number(out, client);
            Bits.number(out, clock - 1);
        }
        Bits.text(out, text);
        Bits.number(out, 0);
        return out.toByteArray();
    }

    /** A whole state: "Bonjour" of the first client, "aaa" of the second. */
    static byte[] both() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bits.number(out, 2);
        for (int client = 1; client <= 2; client++) {
            Bits.number(out, 1);
            Bits.number(out, client);
            Bits.number(out, 0);
            out.write(4);
            Bits.number(out, 1);
            Bits.text(out, "text");
            Bits.text(out, client == 1 ? "Bonjour" : "aaa");
        }
        Bits.number(out, 0);
        return out.toByteArray();
    }

    /** That places of a client are deleted. */
    static byte[] deleted(long client, long from, long length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bits.number(out, 0);
        Bits.number(out, 1);
        Bits.number(out, client);
        Bits.number(out, 1);
        Bits.number(out, from);
        Bits.number(out, length);
        return out.toByteArray();
    }

    /** That a client wrote places from 0 on, none when 0, and deleted ranges: from where, and how many. */
    static byte[] written(long client, long places, int ranges, IntFunction<long[]> range) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bits.number(out, places == 0 ? 0 : 1);
        if (places > 0) {
            Bits.number(out, 1);
            Bits.number(out, client);
            Bits.number(out, 0);
            out.write(0);
            Bits.number(out, places);
        }
        Bits.number(out, 1);
        Bits.number(out, client);
        Bits.number(out, ranges);
        for (int n = 0; n < ranges; n++) {
            Bits.number(out, range.apply(n)[0]);
            Bits.number(out, range.apply(n)[1]);
        }
        return out.toByteArray();
    }

    /** As y-websocket sends it. */
    static byte[] message(byte[] update) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(2);
        Bits.bytes(out, update);
        return out.toByteArray();
    }

    /** That a client is at a place, and what it says of itself. */
    static byte[] here(long client, long clock, String state) {
        return Presence.At.message(java.util.List.of(new Presence.At(client, clock, state)));
    }
}
