package org.entente.provisioning.scim;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.provisioning.spi.EngineUnavailable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to one SCIM server, with time-outs: one that hangs is one that does not answer. */
final class ScimClient {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Map<String, Integer> BULK = new ConcurrentHashMap<>();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final String url;
    private final String token;
    private final JsonMapper json;

    ScimClient(Map<String, String> settings, JsonMapper json) {
        this.url = settings.getOrDefault("url", "").replaceAll("/+$", "");
        this.token = settings.getOrDefault("token", "");
        this.json = json;
        if (url.isEmpty()) {
            throw new EngineUnavailable("The descriptor gives the connector no url", null);
        }
    }

    /** What the server said to one request. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /** How many operations one bulk request may carry; 0 when the server takes none. */
    int bulk() {
        return BULK.computeIfAbsent(url, u -> {
            JsonNode bulk =
                    send("GET", "/ServiceProviderConfig", null, null).body().path("bulk");
            return bulk.path("supported").asBoolean(false)
                    ? bulk.path("maxOperations").asInt(0)
                    : 0;
        });
    }

    JsonNode list(int start, int count) {
        Answer answer = send("GET", "/Users?startIndex=" + start + "&count=" + count, null, null);
        if (!answer.ok()) {
            throw new EngineUnavailable("The list of users is refused: " + answer.status(), null);
        }
        return answer.body();
    }

    /** The only user whose attribute has this value. */
    @Nullable
    JsonNode find(String attribute, String value) {
        String filter = attribute + " eq \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        JsonNode found = send("GET", "/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), null, null)
                .body()
                .path("Resources");
        return found.size() == 1 ? found.get(0) : null;
    }

    /**
     * @param version the entity tag the change is bound to, if the server gave one
     * @throws EngineUnavailable when it does not answer, is overloaded, or does not know us
     */
    Answer send(String method, String path, @Nullable JsonNode body, @Nullable String version) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Accept", "application/scim+json")
                .header("Authorization", "Bearer " + token);
        if (version != null && !version.isEmpty()) {
            request.header("If-Match", version);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/scim+json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = response.statusCode();
            if (status >= 500 && status != 501 || status == 429 || status == 401 || status == 403) {
                throw new EngineUnavailable(method + " answers " + status, null);
            }
            String text = response.body();
            return new Answer(status, text == null || text.isBlank() ? json.createObjectNode() : json.readTree(text));
        } catch (IOException | JacksonException e) {
            throw new EngineUnavailable("No answer: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailable("Interrupted", e);
        }
    }
}
