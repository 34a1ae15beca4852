package org.entente.dav.ocs;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes an answer in the envelope of OCS, in JSON to who asks for it, else in XML. */
@Component
class OcsWriter {

    private final JsonMapper json;

    OcsWriter(JsonMapper json) {
        this.json = json;
    }

    /**
     * @param code in the envelope
     * @param message for people
     * @param data maps with names of ours for keys, lists and plain values
     */
    void write(HttpServletResponse response, boolean asJson, int code, String message, Object data) throws IOException {
        Map<String, @Nullable Object> meta =
                new LinkedHashMap<>(); // clients look for the number by the comma behind it
        meta.put("status", code == 100 || code == 200 ? "ok" : "failure");
        meta.put("statuscode", code);
        meta.put("message", message);
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("meta", meta);
        envelope.put("data", data);
        byte[] body;
        if (asJson) {
            response.setContentType("application/json;charset=UTF-8");
            body = json.writeValueAsBytes(Map.of("ocs", envelope));
        } else {
            response.setContentType("text/xml;charset=UTF-8");
            StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n<ocs>");
            write(out, envelope);
            body = out.append("</ocs>\n").toString().getBytes(UTF_8);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map ->
                map.forEach((name, one) -> {
                    out.append('<').append(name).append('>');
                    write(out, one);
                    out.append("</").append(name).append('>');
                });
            case List<?> list ->
                list.forEach(one -> {
                    out.append("<element>");
                    write(out, one);
                    out.append("</element>");
                });
            case Boolean yes -> out.append(yes ? "1" : "");
            default -> escape(out, String.valueOf(value));
        }
    }

    /** What XML cannot hold at all is replaced. */
    private static void escape(StringBuilder out, String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean held = c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF
                            || c == '\t'
                            || c == '\n'
                            || c == '\r';
                    out.appendCodePoint(held ? c : 0xFFFD);
                }
            }
        });
    }
}
