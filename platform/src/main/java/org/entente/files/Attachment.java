package org.entente.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code Content-Disposition} with a name that people chose (RFC 6266, RFC 8187): nothing in it can end the header or name a folder. */
final class Attachment {

    /** attr-char of RFC 8187 beside letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Attachment() {}

    static String of(String name, boolean shown) {
        String kind = shown ? "inline" : "attachment";
        return kind + "; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** For programs that do not know the second form. */
    private static String ascii(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .forEach(one -> text.append(
                        one < ' ' || one > '~' || "\"\\/%;".indexOf(one) >= 0 ? "_" : Character.toString(one)));
        return text.toString();
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte one : name.replace('/', '_').replace('\\', '_').getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", one & 0xff));
            }
        }
        return text.toString();
    }
}
