package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Addresses as they come and go: percent-encoded UTF-8, one segment a name (RFC 3986, 3.3). */
final class DavPath {

    /** What stands for itself in a name of a path (RFC 3986, pchar). */
    private static final BitSet PLAIN = new BitSet();

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@"
                .chars()
                .forEach(PLAIN::set);
    }

    static final int LONGEST = 16 * 1024;
    private static final int MOST = 200;

    private DavPath() {}

    /**
     * The names of a path, each in Unicode's NFC: some systems send é as two characters, and it is the same file.
     *
     * @param raw as it was sent, from a slash on
     * @throws DavError 400 for what is no path, or would lead out of where it is
     */
    static List<String> names(String raw) {
        if (raw.length() > LONGEST) {
            throw DavError.of(414, "dav.path-long");
        }
        List<String> names = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            if (segment.isEmpty()) {
                continue;
            }
            String name = decoded(segment);
            if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
                throw DavError.of(400, "dav.path");
            }
            names.add(Normalizer.normalize(name, Normalizer.Form.NFC));
            if (names.size() > MOST) {
                throw DavError.of(414, "dav.path-long");
            }
        }
        return names;
    }

    static String decoded(String segment) {
        if (segment.indexOf('%') < 0 && segment.chars().allMatch(c -> c < 128)) {
            return segment;
        }
        ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 4);
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
                int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw DavError.of(400, "dav.path");
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else if (c < 128) {
                bytes.put((byte) c);
            } else {
                bytes.put(segment.substring(i, i + 1).getBytes(UTF_8));
            }
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw DavError.of(400, "dav.path");
        }
    }

    static String encoded(String name) {
        int plain = 0;
        while (plain < name.length() && PLAIN.get(name.charAt(plain))) {
            plain++;
        }
        if (plain == name.length()) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (byte one : name.getBytes(UTF_8)) {
            char c = (char) (one & 0xff);
            if (PLAIN.get(c)) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    /** @param prefix without a slash at its end */
    static String href(String prefix, List<String> names, boolean folder) {
        StringBuilder out = new StringBuilder(prefix);
        for (String name : names) {
            out.append('/').append(encoded(name));
        }
        return folder ? out.append('/').toString() : out.toString();
    }
}
