package org.entente.identity.keycloak;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.testing.TestKeycloak;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An outside app that signs people in by OpenID Connect: a client of the realm, and the calls such an app makes. */
public record TestApp(String keycloak, String clientId) {

    static final String SECRET = "test-app-secret-test-app-secret-0000";
    static final String REDIRECT = "https://app.test/cb";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** An answer of a token endpoint. */
    public record Answer(int status, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString("");
        }

        public JsonNode claims(String token) {
            return JSON.readTree(Base64.getUrlDecoder().decode(text(token).split("\\.")[1]));
        }
    }

    public static TestApp register(String clientId, String service, String backChannel) {
        return register(TestKeycloak.url(), clientId, service, backChannel);
    }

    /** Registers the app at a Keycloak whose realm the platform has applied. */
    public static TestApp register(String keycloak, String clientId, String service, String backChannel) {
        return register(keycloak, clientId, service, backChannel, Map.of());
    }

    /** @param more attributes of the client */
    static TestApp register(
            String keycloak, String clientId, String service, String backChannel, Map<String, String> more) {
        Map<String, String> attributes = new LinkedHashMap<>(more);
        attributes.put("entente.service", service);
        if (!backChannel.isEmpty()) {
            attributes.put("backchannel.logout.url", backChannel);
        }
        Map<String, Object> body = new LinkedHashMap<>(Map.of(
                "clientId",
                clientId,
                "name",
                "App " + clientId,
                "secret",
                SECRET,
                "redirectUris",
                List.of(REDIRECT),
                "directAccessGrantsEnabled",
                false,
                "fullScopeAllowed",
                false,
                "attributes",
                attributes));
        body.put("defaultClientScopes", RealmDocument.DEFAULT_SCOPES);
        body.put("optionalClientScopes", RealmDocument.OPTIONAL_SCOPES);
        admin(keycloak)
                .authorised()
                .post()
                .uri("/admin/realms/entente/clients")
                .body(body)
                .retrieve()
                .onStatus(status -> status.value() == 409, (request, response) -> {})
                .toBodilessEntity();
        return new TestApp(keycloak, clientId);
    }

    static KeycloakHttp admin() {
        return admin(TestKeycloak.url());
    }

    /** The clients of this id that the realm has. */
    static JsonNode client(String clientId) {
        return JSON.readTree(admin().authorised()
                .get()
                .uri("/admin/realms/entente/clients?clientId={id}", clientId)
                .retrieve()
                .body(String.class));
    }

    /** Gives somebody a password, as the administrator of Keycloak. */
    public static void setPassword(String keycloak, UUID person, String password) {
        admin(keycloak)
                .authorised()
                .put()
                .uri("/admin/realms/entente/users/{id}/reset-password", person)
                .body(Map.of("type", "password", "value", password, "temporary", false))
                .retrieve()
                .toBodilessEntity();
    }

    /** Ends all sessions of somebody by Keycloak's own administration. */
    public static void signOut(String keycloak, UUID person) {
        admin(keycloak)
                .authorised()
                .post()
                .uri("/admin/realms/entente/users/{id}/logout", person)
                .retrieve()
                .toBodilessEntity();
    }

    /** What Keycloak holds of everybody, asked of its own administration. */
    public static JsonNode users(String keycloak) {
        return JSON.readTree(admin(keycloak)
                .authorised()
                .get()
                .uri("/admin/realms/entente/users?max=100000&briefRepresentation=false")
                .retrieve()
                .body(String.class));
    }

    /** How many failures Keycloak counts against somebody now. */
    public static int failures(UUID person) {
        return JSON.readTree(admin().authorised()
                        .get()
                        .uri("/admin/realms/entente/attack-detection/brute-force/users/{id}", person)
                        .retrieve()
                        .body(String.class))
                .path("numFailures")
                .asInt();
    }

    /** Forgets them: tests type faster than people, whom Keycloak then has wait some seconds. */
    public static void forgive(UUID person) {
        admin().authorised()
                .delete()
                .uri("/admin/realms/entente/attack-detection/brute-force/users/{id}", person)
                .retrieve()
                .toBodilessEntity();
    }

    /** One of them; nothing when there is none. */
    public static JsonNode user(String keycloak, UUID person) {
        return user(keycloak, "entente", person);
    }

    public static JsonNode user(String keycloak, String realm, UUID person) {
        String user = admin(keycloak)
                .authorised()
                .get()
                .uri("/admin/realms/{realm}/users/{id}", realm, person)
                .exchange((request, response) ->
                        response.getStatusCode().is2xxSuccessful() ? response.bodyTo(String.class) : "{}");
        return JSON.readTree(user);
    }

    /** Changes what Keycloak holds of somebody's capacities, and nothing else. */
    static void replaceInCapacities(UUID person, String text, String by) {
        tools.jackson.databind.node.ObjectNode user =
                (tools.jackson.databind.node.ObjectNode) user(TestKeycloak.url(), person);
        tools.jackson.databind.node.ArrayNode capacities =
                (tools.jackson.databind.node.ArrayNode) user.path("attributes").path("capacity");
        for (int i = 0; i < capacities.size(); i++) {
            capacities.set(i, capacities.get(i).asString().replace(text, by));
        }
        admin().authorised()
                .put()
                .uri("/admin/realms/entente/users/{id}", person)
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsString(user))
                .retrieve()
                .toBodilessEntity();
    }

    /** Changes somebody behind everybody's back. */
    public static void rename(String keycloak, String realm, UUID person, String lastName) {
        admin(keycloak)
                .authorised()
                .put()
                .uri("/admin/realms/{realm}/users/{id}", realm, person)
                .body(Map.of("lastName", lastName))
                .retrieve()
                .toBodilessEntity();
    }

    private static KeycloakHttp admin(String keycloak) {
        return new KeycloakHttp(
                keycloak,
                "master",
                TestKeycloak.admin().id(),
                TestKeycloak.admin().secret(),
                Duration.ofSeconds(60),
                Clock.systemUTC());
    }

    public String signInUrl(String scope, String... extra) {
        StringBuilder url = new StringBuilder(base() + "/auth?response_type=code&client_id=" + clientId
                + "&redirect_uri=" + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8)
                + "&scope=" + URLEncoder.encode("openid " + scope, StandardCharsets.UTF_8));
        for (int i = 0; i < extra.length; i += 2) {
            url.append('&').append(extra[i]).append('=').append(extra[i + 1]);
        }
        return url.toString();
    }

    public Answer tokens(Browser browser) {
        return post(
                "/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        browser.parameter("code"),
                        "redirect_uri",
                        REDIRECT));
    }

    public Answer refresh(Answer tokens) {
        return post("/token", Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")));
    }

    public boolean active(Answer tokens) {
        return post("/token/introspect", Map.of("token", tokens.text("access_token")))
                .body()
                .path("active")
                .asBoolean();
    }

    public int userinfo(Answer tokens) {
        return call(HttpRequest.newBuilder(URI.create(base() + "/userinfo"))
                        .header("Authorization", "Bearer " + tokens.text("access_token"))
                        .GET())
                .status();
    }

    private Answer post(String path, Map<String, String> form) {
        String basic = Base64.getEncoder().encodeToString((clientId + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        return call(HttpRequest.newBuilder(URI.create(base() + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Browser.encode(form))));
    }

    private static Answer call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isBlank() ? "{}" : body));
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String base() {
        return keycloak + "/realms/entente/protocol/openid-connect";
    }
}
