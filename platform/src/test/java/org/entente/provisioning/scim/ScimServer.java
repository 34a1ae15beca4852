package org.entente.provisioning.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A SCIM server over HTTP whose reading of the standard (filters, patches, resources, errors) is UnboundID's, not ours: what our
 * connector sends has to make sense to somebody else's code.
 */
public final class ScimServer implements AutoCloseable {

    public final Map<String, ObjectNode> users = new ConcurrentSkipListMap<>();
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    public volatile boolean down;
    public volatile Runnable beforeEach = () -> {};

    private final boolean bulk;
    private final HttpServer http;

    public ScimServer(boolean bulk) throws IOException {
        this.bulk = bulk;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/scim/v2/", this::serve);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/scim/v2";
    }

    private void serve(HttpExchange exchange) throws IOException {
        beforeEach.run();
        String path = exchange.getRequestURI().getPath().substring("/scim/v2".length());
        calls.computeIfAbsent(
                        exchange.getRequestMethod() + " " + path.replaceAll("/Users/.*", "/Users/id"),
                        k -> new AtomicInteger())
                .incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status;
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        try {
            if (down) {
                status = 503;
            } else if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
            } else {
                answer = handle(
                        exchange.getRequestMethod(),
                        path,
                        query(exchange),
                        body.length == 0
                                ? answer
                                : (ObjectNode) JsonUtils.getObjectReader().readTree(body),
                        exchange.getRequestHeaders().getFirst("If-Match"));
                status = exchange.getRequestMethod().equals("POST") && path.equals("/Users") ? 201 : 200;
            }
        } catch (ScimException e) {
            status = e.getScimError().getStatus();
            answer.put("detail", e.getMessage());
        }
        byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/scim+json");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private ObjectNode handle(String method, String path, Map<String, String> query, ObjectNode body, String ifMatch)
            throws ScimException {
        if (path.equals("/ServiceProviderConfig")) {
            ObjectNode config = JsonUtils.getJsonNodeFactory().objectNode();
            config.putObject("bulk").put("supported", bulk).put("maxOperations", 30);
            return config;
        }
        if (path.equals("/Users")) {
            return method.equals("POST") ? create(body) : list(query);
        }
        if (path.equals("/Bulk") && bulk) {
            return bulk(body);
        }
        String id = path.substring("/Users/".length());
        ObjectNode there = users.get(id);
        if (there == null) {
            throw new ResourceNotFoundException("No user " + id);
        }
        if (method.equals("PATCH")) {
            if (ifMatch != null
                    && !ifMatch.equals(there.path("meta").path("version").asText())) {
                throw new PreconditionFailedException("Changed meanwhile");
            }
            GenericScimResource resource = new GenericScimResource(there.deepCopy());
            try {
                JsonUtils.getObjectReader()
                        .forType(PatchRequest.class)
                        .<PatchRequest>readValue(body)
                        .apply(resource);
            } catch (IOException e) {
                throw new BadRequestException(e.getMessage());
            }
            return put(id, resource.getObjectNode());
        }
        return there;
    }

    private synchronized ObjectNode create(ObjectNode body) throws ScimException {
        String name = body.path("userName").asText();
        if (users.values().stream()
                .anyMatch(user -> user.path("userName").asText().equalsIgnoreCase(name))) {
            throw new ResourceConflictException("userName is taken");
        }
        return put(UUID.randomUUID().toString(), body);
    }

    private ObjectNode put(String id, ObjectNode user) {
        user.put("id", id);
        user.putObject("meta")
                .put("resourceType", "User")
                .put("version", "W/\"" + UUID.randomUUID() + "\"")
                .put("lastModified", Instant.now().toString());
        users.put(id, user);
        return user;
    }

    private ObjectNode list(Map<String, String> query) throws ScimException {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode user : users.values()) {
            if (!query.containsKey("filter")
                    || FilterEvaluator.evaluate(Filter.fromString(query.get("filter")), user)) {
                found.add(user);
            }
        }
        int start = Integer.parseInt(query.getOrDefault("startIndex", "1"));
        int count = Integer.parseInt(query.getOrDefault("count", "100"));
        ObjectNode page = JsonUtils.getJsonNodeFactory().objectNode().put("totalResults", found.size());
        ArrayNode resources = page.putArray("Resources");
        found.stream().skip(start - 1L).limit(count).forEach(resources::add);
        return page;
    }

    private ObjectNode bulk(ObjectNode body) {
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        ArrayNode operations = answer.putArray("Operations");
        body.path("Operations").forEach(operation -> {
            ObjectNode done = operations
                    .addObject()
                    .put("bulkId", operation.path("bulkId").asText());
            try {
                ObjectNode made = create((ObjectNode) operation.path("data"));
                done.put("status", "201")
                        .put("location", url() + "/Users/" + made.path("id").asText());
            } catch (ScimException e) {
                done.put("status", String.valueOf(e.getScimError().getStatus()));
            }
        });
        return answer;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new ConcurrentHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
