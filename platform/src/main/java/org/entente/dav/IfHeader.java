package org.entente.dav;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code If} (RFC 4918, 10.4): lists of conditions, of which one must hold whole, each about the address asked for or about
 * one that it names.
 */
record IfHeader(List<Conditions> lists) {

    private static final int LONGEST = 32 * 1024;
    private static final int MOST = 500;

    /** @param resource the address it is about; null: the one asked for */
    record Conditions(@Nullable String resource, List<Condition> all) {}

    /** @param value of an ETag the quoted text without {@code W/}; of a state the address, such as {@code urn:uuid:…} */
    record Condition(boolean not, boolean etag, String value) {}

    /** What there is at an address, to compare with. */
    interface States {
        boolean has(@Nullable String resource, Condition condition);
    }

    static IfHeader parse(@Nullable String header) {
        if (header == null) {
            return new IfHeader(List.of());
        }
        if (header.length() > LONGEST) {
            throw wrong();
        }
        return new Parser(header).lists();
    }

    boolean isEmpty() {
        return lists.isEmpty();
    }

    boolean holds(States states) {
        return lists.isEmpty()
                || lists.stream()
                        .anyMatch(list ->
                                list.all().stream().allMatch(one -> one.not() != states.has(list.resource(), one)));
    }

    /** The locks that the client says it holds: those it names without {@code Not}. */
    Set<UUID> tokens() {
        return lists.stream()
                .flatMap(list -> list.all().stream())
                .filter(one -> !one.etag() && !one.not())
                .map(one -> token(one.value()))
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Of an address that names a lock; null when it names none. */
    static @Nullable UUID token(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        for (String scheme : List.of("urn:uuid:", "opaquelocktoken:")) {
            if (lower.startsWith(scheme) && lower.length() == scheme.length() + 36) {
                try {
                    return UUID.fromString(lower.substring(scheme.length()));
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static DavError wrong() {
        return DavError.of(400, "dav.if");
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        IfHeader lists() {
            List<Conditions> lists = new ArrayList<>();
            String resource = null;
            boolean tagged = false;
            spaces();
            while (at < text.length()) {
                if (text.charAt(at) == '<') {
                    if (!lists.isEmpty() && !tagged) {
                        throw wrong();
                    }
                    tagged = true;
                    resource = within('<', '>');
                    spaces();
                    if (at >= text.length() || text.charAt(at) != '(') {
                        throw wrong();
                    }
                } else {
                    lists.add(new Conditions(resource, list()));
                    if (lists.size() > MOST) {
                        throw wrong();
                    }
                }
                spaces();
            }
            if (lists.isEmpty()) {
                throw wrong();
            }
            return new IfHeader(lists);
        }

        private List<Condition> list() {
            expect('(');
            List<Condition> all = new ArrayList<>();
            spaces();
            while (at < text.length() && text.charAt(at) != ')') {
                boolean not = text.regionMatches(true, at, "Not", 0, 3);
                if (not) {
                    at += 3;
                    spaces();
                }
                all.add(one(not));
                if (all.size() > MOST) {
                    throw wrong();
                }
                spaces();
            }
            expect(')');
            if (all.isEmpty()) {
                throw wrong();
            }
            return all;
        }

        private Condition one(boolean not) {
            if (at < text.length() && text.charAt(at) == '<') {
                return new Condition(not, false, within('<', '>'));
            }
            expect('[');
            spaces();
            if (text.startsWith("W/", at)) {
                at += 2;
            }
            String etag = within('"', '"');
            spaces();
            expect(']');
            return new Condition(not, true, etag);
        }

        private String within(char from, char to) {
            expect(from);
            int end = text.indexOf(to, at);
            if (end <= at) {
                throw wrong();
            }
            String inner = text.substring(at, end);
            at = end + 1;
            return inner;
        }

        private void expect(char c) {
            if (at >= text.length() || text.charAt(at) != c) {
                throw wrong();
            }
            at++;
        }

        private void spaces() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
