package org.entente.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The headers by which an application learns who comes. */
@Component
class SaysWhoComes {

    static final String SIGNED = "Entente-Identity";

    private static final int LONGEST = 1000;

    private final IdentityTokens tokens;

    SaysWhoComes(IdentityTokens tokens) {
        this.tokens = tokens;
    }

    /** As people read them. A word that is not known is not said; several values are separated by commas. */
    static Map<String, String> readable(App app, Map<String, List<String>> words) {
        Map<String, String> said = new LinkedHashMap<>();
        app.how().headers().forEach((header, word) -> {
            List<String> values = words.getOrDefault(word, List.of());
            if (!values.isEmpty()) {
                said.put(header, harmless(String.join(",", values)));
            }
        });
        return said;
    }

    /** As they go over the wire: UTF-8, a character here standing for one byte there. */
    Map<String, String> headers(App app, Visit visit) {
        Map<String, String> said = readable(app, visit.words());
        said.replaceAll((header, value) -> new String(value.getBytes(UTF_8), ISO_8859_1));
        if (app.how().signed()) {
            said.put(SIGNED, tokens.of(app, visit));
        }
        return said;
    }

    /** No value begins a header or a line of its own, in whatever alphabet it is read. */
    private static String harmless(String value) {
        StringBuilder kept = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(c -> kept.appendCodePoint(breaks(c) ? ' ' : c));
        return kept.toString().strip();
    }

    private static boolean breaks(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || (c >= 0xD800 && c <= 0xDFFF);
    }
}
