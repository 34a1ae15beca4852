package org.entente.provisioning.synapse;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.entente.provisioning.http.EngineHttp;
import org.entente.provisioning.spi.EngineUnavailable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The admin API of one Synapse. */
record SynapseAdmin(String url, String server, String token, JsonMapper json) {

    private static final int PAGE = 500;

    /** Answers that concern the address or the token, not one user. */
    private static final Set<Integer> OF_THE_WHOLE = Set.of(401, 403, 405, 408, 429);

    static SynapseAdmin of(Map<String, String> settings, JsonMapper json) {
        return new SynapseAdmin(
                EngineHttp.base(settings, "url"),
                EngineHttp.needed(settings, "server"),
                EngineHttp.needed(settings, "token"),
                json);
    }

    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /** Null when Synapse knows nobody of this id. */
    @Nullable
    JsonNode find(String id) {
        Answer answer = call("GET", "/v2/users/" + encoded(id), null);
        return answer.ok() ? answer.body() : null;
    }

    Answer put(String id, ObjectNode wanted) {
        return call("PUT", "/v2/users/" + encoded(id), wanted);
    }

    Answer deactivate(String id) {
        return call(
                "POST", "/v1/deactivate/" + encoded(id), json.createObjectNode().put("erase", false));
    }

    /** Takes their tokens from all devices; answers how many there were. */
    int signOut(String id) {
        ObjectNode request = json.createObjectNode();
        ArrayNode devices = request.putArray("devices");
        must(call("GET", "/v2/users/" + encoded(id) + "/devices", null))
                .path("devices")
                .forEach(device -> devices.add(device.path("device_id").asString()));
        if (!devices.isEmpty()) {
            must(call("POST", "/v2/users/" + encoded(id) + "/delete_devices", request));
        }
        return devices.size();
    }

    /** Everybody, those that are locked or closed too. */
    JsonNode page(String from) {
        return must(call(
                "GET",
                "/v2/users?guests=false&deactivated=true&locked=true&limit=" + PAGE + "&from=" + encoded(from),
                null));
    }

    private static JsonNode must(Answer answer) {
        if (!answer.ok()) {
            throw new EngineUnavailable("Synapse answers " + answer.status(), null);
        }
        return answer.body();
    }

    private Answer call(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/_synapse/admin" + path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        EngineHttp.Answer answer = EngineHttp.send(request);
        JsonNode told = told(answer.body());
        boolean nobody =
                answer.status() == 404 && told.path("errcode").asString("").equals("M_NOT_FOUND");
        if (answer.status() >= 500
                || answer.status() >= 300 && answer.status() < 400
                || OF_THE_WHOLE.contains(answer.status())
                || answer.status() == 404 && !nobody) {
            throw new EngineUnavailable(
                    "Synapse answers " + answer.status() + " "
                            + told.path("errcode").asString(""),
                    null);
        }
        return new Answer(answer.status(), told);
    }

    private JsonNode told(String body) {
        try {
            return body.isBlank() ? json.createObjectNode() : json.readTree(body);
        } catch (JacksonException e) {
            // A reverse proxy's page: its status says enough.
            return json.createObjectNode();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
