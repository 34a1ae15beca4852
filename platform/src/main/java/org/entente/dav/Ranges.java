package org.entente.dav;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a file (RFC 9110, 14).
 *
 * @param parts in the order asked for; empty when none of them is in the file
 */
record Ranges(List<Part> parts) {

    private static final int MOST = 20;
    private static final Pattern ONE = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

    /** @param from the first byte @param length how many; at least one */
    record Part(long from, long length) {

        String of(long size) {
            return "bytes " + from + "-" + (from + length - 1) + "/" + size;
        }
    }

    /** Empty when the whole is to be sent: nothing was asked, or nothing that we understand or would do. */
    static Optional<Ranges> of(@Nullable String header, long size) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return Optional.empty();
        }
        String[] asked = header.substring(6).split(",", MOST + 2);
        if (asked.length > MOST) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        long sum = 0;
        for (String one : asked) {
            Matcher range = ONE.matcher(one.strip());
            if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
                return Optional.empty();
            }
            long from;
            long to;
            if (range.group(1).isEmpty()) {
                from = Math.max(0, size - Long.parseLong(range.group(2)));
                to = size - 1;
            } else {
                from = Long.parseLong(range.group(1));
                to = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
                if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < from) {
                    return Optional.empty();
                }
            }
            if (from <= to) {
                parts.add(new Part(from, to - from + 1));
                sum += to - from + 1;
            }
        }
        // Parts that overlap so much that they are more than the whole are a way to make us work for nothing.
        return parts.size() > 1 && sum > size ? Optional.empty() : Optional.of(new Ranges(parts));
    }
}
