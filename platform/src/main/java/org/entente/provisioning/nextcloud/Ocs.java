package org.entente.provisioning.nextcloud;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.provisioning.http.EngineHttp;
import org.entente.provisioning.spi.EngineUnavailable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The user provisioning API of one Nextcloud (OCS version 1): its answers are in {@code ocs.meta.statuscode}, whatever HTTP says. */
record Ocs(String url, String authorization, JsonMapper json) {

    static final int OK = 100;
    private static final int UNAUTHORISED = 997;

    static Ocs of(Map<String, String> settings, JsonMapper json) {
        String pair = EngineHttp.needed(settings, "user") + ":" + EngineHttp.needed(settings, "password");
        return new Ocs(
                EngineHttp.base(settings, "url"),
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                json);
    }

    /** @param code 100 when it was done */
    record Answer(int code, String message, JsonNode data) {

        boolean ok() {
            return code == OK;
        }
    }

    /**
     * @param path after {@code /ocs/v1.php/cloud}
     * @throws EngineUnavailable when Nextcloud does not answer, does not know us, or answers something else than OCS
     */
    Answer call(String method, String path, Map<String, String> form) {
        String query = (path.indexOf('?') < 0 ? "?" : "&") + "format=json";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/ocs/v1.php/cloud" + path + query))
                .header("OCS-APIRequest", "true")
                .header("Accept", "application/json")
                .header("Authorization", authorization);
        if (form.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString(encoded(form)));
        }
        EngineHttp.Answer answer = EngineHttp.send(request);
        if (answer.status() != 200) {
            throw new EngineUnavailable("Nextcloud answers " + answer.status(), null);
        }
        JsonNode ocs = ocs(answer.body());
        int code = ocs.path("meta").path("statuscode").asInt(0);
        if (code == 0 || code == UNAUTHORISED) {
            throw new EngineUnavailable("Nextcloud does not let " + method + " " + path + " through: " + code, null);
        }
        return new Answer(code, ocs.path("meta").path("message").asString(""), ocs.path("data"));
    }

    Answer get(String path) {
        return call("GET", path, Map.of());
    }

    private JsonNode ocs(String body) {
        try {
            return json.readTree(body).path("ocs");
        } catch (JacksonException e) {
            throw new EngineUnavailable("What answers at this address is no Nextcloud", e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
