package org.entente.office;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Yjs update (its first encoding, as {@code Y.encodeStateAsUpdate} writes it), read to its last byte: one that every browser would fail over is never kept,
 * since it would fail over it each time the document is opened.
 *
 * @param clocks of each client, up to where this update knows what it wrote
 * @param gone of each client, what it wrote and is deleted: from each of these numbers to before the other
 * @param whole whether it begins where each client began, and leaves nothing out
 */
record YUpdate(Map<Long, Long> clocks, Map<Long, NavigableMap<Long, Long>> gone, boolean whole) {

    private static final int DEEPEST = 100;
    private static final int ORIGIN = 0x80;
    private static final int RIGHT_ORIGIN = 0x40;
    private static final int KEY = 0x20;
    private static final int OBJECT = 118;

    private static final JsonMapper JSON = JsonMapper.shared();

    YUpdate {
        clocks = Map.copyOf(clocks);
        gone = Map.copyOf(gone);
    }

    /**
     * How much of it is taken in, since each of these is kept in memory while it is read.
     *
     * @param clients that wrote, or of whom something is deleted
     * @param ranges of what is deleted, once those that touch are one
     */
    record Most(int clients, int ranges) {

        /** Of a whole document. */
        static final Most STATE = new Most(200_000, 2_000_000);

        /** Of what is typed in a moment. */
        static final Most TYPED = new Most(20_000, 100_000);
    }

    static YUpdate read(byte[] update) throws Bits.Broken {
        return read(update, Most.STATE);
    }

    static YUpdate read(byte[] update, Most most) throws Bits.Broken {
        Bits in = new Bits(update);
        Map<Long, Long> clocks = new HashMap<>();
        boolean whole = true;
        for (int clients = in.count(); clients > 0; clients--) {
            whole &= structs(in, clocks);
            demand(clocks.size() <= most.clients, "too many clients");
        }
        Map<Long, NavigableMap<Long, Long>> gone = new HashMap<>();
        int kept = 0;
        for (int clients = in.count(); clients > 0; clients--) {
            NavigableMap<Long, Long> ranges = gone.computeIfAbsent(in.number(), client -> new TreeMap<>());
            demand(gone.size() <= most.clients, "too many clients");
            for (int count = in.count(); count > 0; count--) {
                long from = in.number();
                kept += join(ranges, from, upTo(from, in.number()));
                demand(kept <= most.ranges, "too many ranges");
            }
        }
        demand(!in.more(), "goes on behind its end");
        return new YUpdate(clocks, gone, whole);
    }

    private static void demand(boolean holds, String what) throws Bits.Broken {
        if (!holds) {
            throw new Bits.Broken(what);
        }
    }

    private static long upTo(long from, long length) throws Bits.Broken {
        long end = from + length; // of two that JavaScript counts exactly
        demand(end <= Bits.MOST, "number");
        return end;
    }

    /** Ranges that overlap or touch are one, so that whoever looks for one looks once. @return how many more there are, fewer when below 0 */
    private static int join(NavigableMap<Long, Long> ranges, long from, long to) {
        if (from == to) {
            return 0;
        }
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= to) {
            return 0;
        }
        boolean touches = before != null && before.getValue() >= from;
        int more = touches ? 0 : 1;
        long start = touches ? before.getKey() : from;
        long end = to;
        Map.Entry<Long, Long> next;
        while ((next = ranges.higherEntry(start)) != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            more--;
        }
        ranges.put(start, end);
        return more;
    }

    /** Whether whatever {@code other} says was written and deleted is in this one too. */
    boolean covers(YUpdate other) {
        return whole
                && other.clocks.entrySet().stream()
                        .allMatch(one -> clocks.getOrDefault(one.getKey(), 0L) >= one.getValue())
                && other.gone.entrySet().stream()
                        .allMatch(one -> one.getValue().entrySet().stream()
                                .allMatch(range -> isGone(one.getKey(), range.getKey(), range.getValue())));
    }

    private boolean isGone(long client, long from, long to) {
        NavigableMap<Long, Long> ranges = gone.get(client);
        Map.Entry<Long, Long> range = ranges == null ? null : ranges.floorEntry(from);
        return range != null && range.getValue() >= to;
    }

    /** @return whether it began at the beginning and left nothing out */
    private static boolean structs(Bits in, Map<Long, Long> clocks) throws Bits.Broken {
        int structs = in.count();
        long client = in.number();
        long clock = in.number();
        boolean whole = clock == 0;
        for (; structs > 0; structs--) {
            int info = in.one();
            long length = switch (info & 0x1f) {
                case 0, 10 -> in.number(); // gone, or left out
                default -> item(in, info);
            };
            if (length < 1) {
                throw new Bits.Broken("nothing");
            }
            whole &= (info & 0x1f) != 10;
            clock = upTo(clock, length);
        }
        clocks.merge(client, clock, Math::max);
        return whole;
    }

    private static long item(Bits in, int info) throws Bits.Broken {
        if ((info & ORIGIN) != 0) {
            id(in);
        }
        if ((info & RIGHT_ORIGIN) != 0) {
            id(in);
        }
        if ((info & (ORIGIN | RIGHT_ORIGIN)) == 0) {
            if (in.number() == 1) {
                in.text();
            } else {
                id(in);
            }
            if ((info & KEY) != 0) {
                in.text();
            }
        }
        return content(in, info & 0x1f);
    }

    private static void id(Bits in) throws Bits.Broken {
        in.number();
        in.number();
    }

    /** How many places it takes. */
    private static long content(Bits in, int kind) throws Bits.Broken {
        return switch (kind) {
            case 1 -> in.number(); // deleted
            case 2 -> {
                int count = in.count();
                for (int n = count; n > 0; n--) {
                    json(in.text(), true);
                }
                yield count;
            }
            case 3 -> {
                in.bytes();
                yield 1;
            }
            case 4 -> in.text().length();
            case 5 -> {
                json(in.text(), false);
                yield 1;
            }
            case 6 -> {
                in.text();
                json(in.text(), false);
                yield 1;
            }
            case 7 -> {
                long type = in.number();
                if (type == 3 || type == 5) {
                    in.text();
                } else if (type > 6) {
                    throw new Bits.Broken("type");
                }
                yield 1;
            }
            case 8 -> {
                int count = in.count();
                for (int n = count; n > 0; n--) {
                    any(in, 0);
                }
                yield count;
            }
            case 9 -> {
                in.text();
                demand(in.one() == OBJECT, "options");
                object(in, 0);
                yield 1;
            }
            default -> throw new Bits.Broken("content");
        };
    }

    private static void json(String text, boolean undefined) throws Bits.Broken {
        if (undefined && text.equals("undefined")) {
            return;
        }
        try {
            if (JSON.readTree(text).isMissingNode()) {
                throw new Bits.Broken("JSON");
            }
        } catch (JacksonException e) {
            throw new Bits.Broken("JSON");
        }
    }

    private static void any(Bits in, int depth) throws Bits.Broken {
        if (depth > DEEPEST) {
            throw new Bits.Broken("depth");
        }
        switch (in.one()) {
            case 127, 126, 121, 120 -> {} // undefined, null, false, true
            case 125 -> in.signed();
            case 124 -> in.skip(Float.BYTES);
            case 123, 122 -> in.skip(Double.BYTES);
            case 119 -> in.text();
            case OBJECT -> object(in, depth);
            case 117 -> {
                for (int n = in.count(); n > 0; n--) {
                    any(in, depth + 1);
                }
            }
            case 116 -> in.bytes();
            default -> throw new Bits.Broken("value");
        }
    }

    private static void object(Bits in, int depth) throws Bits.Broken {
        for (int n = in.count(); n > 0; n--) {
            in.text();
            any(in, depth + 1);
        }
    }
}
