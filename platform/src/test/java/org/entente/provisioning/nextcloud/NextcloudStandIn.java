package org.entente.provisioning.nextcloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for a Nextcloud, which cannot be installed where these tests run: the part of its user provisioning API that the
 * administration manual documents, with its codes, its refusals and its limits of length. It is ours, so it proves less than the
 * real one would.
 */
public final class NextcloudStandIn implements AutoCloseable {

    public static final class User {
        public String displayName = "";
        String email = "";
        String language = "";
        String quota = "default";
        public boolean enabled = true;
        boolean invited;
        final TreeSet<String> groups = new TreeSet<>();
    }

    public final Map<String, User> users = new ConcurrentSkipListMap<>();
    final Map<String, String> groups = new ConcurrentHashMap<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    volatile int broken;
    volatile boolean maintenance;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpServer http;

    public NextcloudStandIn() throws IOException {
        User admin = new User();
        admin.displayName = "admin";
        admin.groups.add("admin");
        users.put("admin", admin);
        groups.put("admin", "admin");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/cloud/ocs/v1.php/cloud/", this::serve);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/cloud/";
    }

    /** An OCS answer: a code of its own, or HTTP 401 for whoever is not let in. */
    private record Said(int code, ObjectNode data) {}

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Said said = said(exchange, body);
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode ocs = answer.putObject("ocs");
        ocs.putObject("meta")
                .put("status", said.code() == 100 ? "ok" : "failure")
                .put("statuscode", said.code());
        if (said.data().isEmpty()) {
            ocs.putArray("data"); // as PHP writes what is empty
        } else {
            ocs.set("data", said.data());
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        int status = maintenance ? 503 : said.code() == 997 ? 401 : 200;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Said said(HttpExchange exchange, String body) {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("admin:app-password".getBytes(StandardCharsets.UTF_8));
        if (!"true".equals(exchange.getRequestHeaders().getFirst("OCS-APIRequest"))
                || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return of(997);
        }
        if (broken != 0) {
            return of(broken);
        }
        String path = exchange.getRequestURI().getPath().substring("/cloud/ocs/v1.php/cloud".length());
        Map<String, String> given = form(exchange.getRequestURI().getRawQuery());
        given.putAll(form(body));
        String method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            changes.add(method + " " + path.replaceAll("/users/[^/]+", "/users/id"));
        }
        String[] parts = path.substring(1).split("/");
        return switch (method + " " + parts[0] + " " + parts.length) {
            case "GET users 2" -> parts[1].equals("details") ? details(given) : show(users.get(parts[1]), parts[1]);
            case "POST users 1" -> create(given);
            case "PUT users 2" -> edit(users.get(parts[1]), given.get("key"), given.get("value"));
            case "DELETE users 2" -> of(users.remove(parts[1]) == null ? 101 : 100);
            case "PUT users 3" -> enable(users.get(parts[1]), parts[2].equals("enable"));
            case "POST users 3" -> join(users.get(parts[1]), given.get("groupid"));
            case "DELETE users 3" -> leave(users.get(parts[1]), given.get("groupid"));
            case "POST groups 1" -> group(given);
            default -> of(998);
        };
    }

    private Said create(Map<String, String> given) {
        String id = given.getOrDefault("userid", "");
        if (users.containsKey(id)) {
            return of(102);
        }
        if (!id.matches("[a-zA-Z0-9 _.@'-]{1,64}")) {
            return of(101);
        }
        String email = given.getOrDefault("email", "");
        String password = given.getOrDefault("password", "");
        if (password.isEmpty() && email.isEmpty()) {
            return of(108);
        }
        if (!password.isEmpty() && password.length() < 10) {
            return of(107);
        }
        User user = new User();
        user.displayName = given.getOrDefault("displayName", id);
        user.language = given.getOrDefault("language", "");
        user.quota = given.getOrDefault("quota", "default");
        user.email = email;
        user.invited = !email.isEmpty();
        if (user.displayName.length() > 64) {
            return of(101);
        }
        users.put(id, user);
        return of(100);
    }

    private static Said edit(@Nullable User user, String key, String value) {
        if (user == null) {
            return of(101);
        }
        switch (key) {
            case "displayname" -> {
                if (value.length() > 64) {
                    return of(102);
                }
                user.displayName = value;
            }
            case "email" -> user.email = value;
            case "quota" -> user.quota = value;
            default -> {
                return of(102);
            }
        }
        return of(100);
    }

    private static Said enable(@Nullable User user, boolean enabled) {
        if (user == null) {
            return of(101);
        }
        user.enabled = enabled;
        return of(100);
    }

    private Said join(@Nullable User user, String group) {
        if (!groups.containsKey(group)) {
            return of(102);
        }
        if (user == null) {
            return of(103);
        }
        user.groups.add(group);
        return of(100);
    }

    private Said leave(@Nullable User user, String group) {
        return of(user != null && groups.containsKey(group) && user.groups.remove(group) ? 100 : 102);
    }

    private Said group(Map<String, String> given) {
        String id = given.getOrDefault("groupid", "");
        if (id.isEmpty() || id.length() > 64) {
            return of(101);
        }
        return of(groups.putIfAbsent(id, given.getOrDefault("displayname", id)) == null ? 100 : 102);
    }

    private static Said show(@Nullable User user, String id) {
        return user == null ? of(998) : new Said(100, written(user, id));
    }

    private Said details(Map<String, String> given) {
        ObjectNode page = JSON.createObjectNode();
        users.entrySet().stream()
                .skip(Long.parseLong(given.getOrDefault("offset", "0")))
                .limit(Long.parseLong(given.getOrDefault("limit", "1000")))
                .forEach(entry -> page.set(entry.getKey(), written(entry.getValue(), entry.getKey())));
        ObjectNode data = JSON.createObjectNode();
        if (page.isEmpty()) {
            data.putArray("users");
        } else {
            data.set("users", page);
        }
        return new Said(100, data);
    }

    private static ObjectNode written(User user, String id) {
        ObjectNode node = JSON.createObjectNode();
        node.put("enabled", user.enabled).put("id", id).put("displayname", user.displayName);
        if (user.email.isEmpty()) {
            node.putNull("email");
        } else {
            node.put("email", user.email);
        }
        ArrayNode in = node.putArray("groups");
        user.groups.forEach(in::add);
        return node;
    }

    private static Said of(int code) {
        return new Said(code, JSON.createObjectNode());
    }

    private static Map<String, String> form(@Nullable String text) {
        Map<String, String> fields = new ConcurrentHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
