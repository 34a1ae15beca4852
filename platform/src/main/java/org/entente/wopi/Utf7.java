package org.entente.wopi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Names of files in headers: UTF-7 (RFC 2152), which Java does not have. A server that sends bytes of UTF-8 instead is understood too. */
final class Utf7 {

    private Utf7() {}

    /** @param header as the server read it: one letter a byte */
    static String decode(String header) {
        if (header.chars().anyMatch(c -> c > '~')) {
            return new String(header.getBytes(ISO_8859_1), UTF_8);
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < header.length()) {
            char c = header.charAt(at++);
            if (c != '+') {
                text.append(c);
                continue;
            }
            int end = at;
            while (end < header.length() && isBase64(header.charAt(end))) {
                end++;
            }
            if (end == at) {
                text.append('+'); // "+-" is the sign itself; one that stands alone can mean nothing else
            } else {
                byte[] units = Base64.getDecoder().decode(whole(header.substring(at, end)));
                text.append(new String(units, 0, units.length & ~1, UTF_16BE));
            }
            at = end < header.length() && header.charAt(end) == '-' ? end + 1 : end;
        }
        return text.toString();
    }

    /** One letter alone at the end holds less than a byte. */
    private static String whole(String letters) {
        return letters.length() % 4 == 1 ? letters.substring(0, letters.length() - 1) : letters;
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
