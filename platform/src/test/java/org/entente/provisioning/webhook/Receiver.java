package org.entente.provisioning.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application that takes our messages as the documentation tells it to: it believes what the reference implementation of
 * Standard Webhooks verifies, takes each id once and ignores what a newer sequence has overtaken.
 */
public final class Receiver implements AutoCloseable {

    /** What arrived, in the order in which it did. */
    public record Arrived(String id, JsonNode body) {}

    public final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    public final Map<String, JsonNode> accounts = new ConcurrentHashMap<>();
    final Set<String> ids = ConcurrentHashMap.newKeySet();
    public volatile Function<JsonNode, Integer> answers = body -> 204;
    volatile String moved = "";

    private final JsonMapper json = JsonMapper.builder().build();
    private final Webhook peer;
    private final HttpServer http;

    public Receiver(String secret) throws IOException {
        peer = new Webhook(secret);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/accounts/", this::serve);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/accounts/";
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status;
        try {
            peer.verify(body, new java.util.TreeMap<>(lowerCase(exchange.getRequestHeaders())));
            status = take(exchange.getRequestHeaders().getFirst("webhook-id"), json.readTree(body));
        } catch (WebhookVerificationException e) {
            status = 401;
        }
        if (!moved.isEmpty()) {
            exchange.getResponseHeaders().set("Location", moved);
            status = 307;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new ConcurrentHashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), values));
        return lower;
    }

    private synchronized int take(String id, JsonNode body) {
        int status = answers.apply(body);
        if (status >= 300) {
            return status;
        }
        arrived.add(new Arrived(id, body));
        if (!ids.add(id)) {
            return status;
        }
        JsonNode data = body.path("data");
        accounts.merge(
                data.path("account").asString(),
                data,
                (before, now) ->
                        now.path("sequence").asLong() >= before.path("sequence").asLong() ? now : before);
        return status;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
