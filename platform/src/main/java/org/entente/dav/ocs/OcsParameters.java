package org.entente.dav.ocs;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a call says: in its address, and in its body as a form or as JSON, also with PUT, where the server we run in reads no form. */
final class OcsParameters {

    private static final int MOST_BYTES = 64 * 1024;

    private OcsParameters() {}

    static Map<String, String> of(HttpServletRequest request, JsonMapper json) throws IOException {
        Map<String, String> all = new HashMap<>();
        form(request.getQueryString(), all);
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "ocs.large");
        }
        String type = Objects.requireNonNullElse(request.getContentType(), "").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json") && body.length > 0) {
            json(body, all, json);
        } else {
            form(new String(body, UTF_8), all);
        }
        return all;
    }

    private static void form(@Nullable String text, Map<String, String> all) {
        if (text == null || text.isEmpty()) {
            return;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                all.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refusal.invalid("input.value");
        }
    }

    private static void json(byte[] body, Map<String, String> all, JsonMapper json) {
        try {
            JsonNode tree = json.readTree(body);
            tree.properties().forEach(one -> {
                if (one.getValue().isValueNode() && !one.getValue().isNull()) {
                    all.put(one.getKey(), one.getValue().asString());
                }
            });
        } catch (JacksonException broken) {
            throw Refusal.invalid("input.value");
        }
    }
}
