package org.entente.provisioning.synapse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for a Synapse, which cannot be installed where these tests run: the part of its admin API that its documentation
 * describes. It is ours, so it proves less than the real one would.
 */
final class SynapseStandIn implements AutoCloseable {

    static final class User {
        String displayName = "";
        boolean locked;
        boolean deactivated;
        boolean hasPassword;
        final Map<String, String> links = new ConcurrentSkipListMap<>();
        final List<String> devices = new ArrayList<>();
    }

    final Map<String, User> users = new ConcurrentSkipListMap<>();
    volatile boolean locks = true;
    volatile boolean revivesWithoutPassword = true;
    volatile boolean down;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpServer http;

    SynapseStandIn() throws IOException {
        users.put("@operator:towns.example", new User());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::serve);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private record Said(int status, ObjectNode body) {}

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Said said = said(exchange, body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body));
        byte[] bytes = JSON.writeValueAsBytes(said.body());
        exchange.sendResponseHeaders(said.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Said said(HttpExchange exchange, JsonNode body) {
        if (down) {
            return error(502, "M_UNKNOWN");
        }
        if (!"Bearer admin-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return error(401, "M_UNKNOWN_TOKEN");
        }
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/_synapse/admin/")) {
            return error(404, "M_UNRECOGNIZED");
        }
        String[] parts = path.substring("/_synapse/admin/".length()).split("/");
        String id = parts.length > 2 ? parts[2] : "";
        return switch (exchange.getRequestMethod() + " " + parts[0] + " " + parts[1] + " " + parts.length) {
            case "GET v2 users 2" -> list(exchange.getRequestURI().getQuery());
            case "GET v2 users 3" -> users.containsKey(id) ? new Said(200, written(id)) : error(404, "M_NOT_FOUND");
            case "PUT v2 users 3" -> put(id, body);
            case "POST v1 deactivate 3" -> deactivate(id, body);
            case "GET v2 users 4" -> devices(id);
            case "POST v2 users 4" -> deleteDevices(id, body);
            default -> error(404, "M_UNRECOGNIZED");
        };
    }

    private Said put(String id, JsonNode body) {
        if (!id.matches("@[a-z0-9._=/+-]+:towns\\.example")) {
            return error(400, "M_INVALID_PARAM");
        }
        User there = users.get(id);
        User user = there == null ? new User() : there;
        if (body.has("deactivated")
                && !body.path("deactivated").asBoolean()
                && user.deactivated
                && !body.has("password")
                && !revivesWithoutPassword) {
            return error(400, "M_UNKNOWN");
        }
        for (JsonNode link : body.path("external_ids")) {
            String key = link.path("auth_provider").asString() + " "
                    + link.path("external_id").asString();
            if (users.values().stream().anyMatch(other -> other != user && other.links.containsKey(key))) {
                return error(409, "M_UNKNOWN");
            }
        }
        if (body.has("external_ids")) {
            user.links.clear();
            body.path("external_ids")
                    .forEach(link -> user.links.put(
                            link.path("auth_provider").asString() + " "
                                    + link.path("external_id").asString(),
                            ""));
        }
        user.displayName = body.path("displayname").asString(user.displayName);
        user.locked = locks && body.path("locked").asBoolean(user.locked);
        user.deactivated = body.path("deactivated").asBoolean(user.deactivated);
        user.hasPassword = body.has("password") || user.hasPassword;
        users.put(id, user);
        return new Said(there == null ? 201 : 200, written(id));
    }

    private Said deactivate(String id, JsonNode body) {
        User user = users.get(id);
        if (user == null) {
            return error(404, "M_NOT_FOUND");
        }
        user.deactivated = true;
        user.devices.clear();
        user.displayName = body.path("erase").asBoolean() ? "" : user.displayName;
        return new Said(200, JSON.createObjectNode().put("id_server_unbind_result", "success"));
    }

    private Said devices(String id) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode devices = body.putArray("devices");
        users.get(id).devices.forEach(device -> devices.addObject().put("device_id", device));
        return new Said(200, body.put("total", devices.size()));
    }

    private Said deleteDevices(String id, JsonNode body) {
        body.path("devices").forEach(device -> users.get(id).devices.remove(device.asString()));
        return new Said(200, JSON.createObjectNode());
    }

    private Said list(String query) {
        Map<String, String> given = new ConcurrentHashMap<>();
        for (String pair : query.split("&")) {
            given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        List<String> ids = users.entrySet().stream()
                .filter(user -> !user.getValue().deactivated || "true".equals(given.get("deactivated")))
                .filter(user -> !user.getValue().locked || "true".equals(given.get("locked")))
                .map(Map.Entry::getKey)
                .toList();
        int from = Integer.parseInt(given.getOrDefault("from", "0"));
        int to = Math.min(ids.size(), from + Integer.parseInt(given.getOrDefault("limit", "100")));
        ObjectNode body = JSON.createObjectNode();
        ArrayNode page = body.putArray("users");
        ids.subList(from, to).forEach(id -> page.add(written(id)));
        if (to < ids.size()) {
            body.put("next_token", Integer.toString(to));
        }
        return new Said(200, body.put("total", ids.size()));
    }

    private ObjectNode written(String id) {
        User user = users.get(id);
        ObjectNode node = JSON.createObjectNode();
        node.put("name", id).put("displayname", user.displayName).put("deactivated", user.deactivated);
        if (locks) {
            node.put("locked", user.locked);
        }
        return node;
    }

    private static Said error(int status, String code) {
        return new Said(status, JSON.createObjectNode().put("errcode", code).put("error", code));
    }

    void device(String id, @Nullable String device) {
        users.get(id).devices.add(device);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
