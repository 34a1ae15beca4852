package org.entente.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** An application that writes down what it is sent, and answers as the worst of them do. */
final class LegacyApp {

    /** A request as it arrived; header values byte for byte, decoded as UTF-8. */
    record Received(String method, String uri, List<String> headers, long bodyBytes) {

        List<String> all(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }
    }

    private volatile String leadTo = "/";
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    final Semaphore nextEvent = new Semaphore(0);
    final Semaphore firstByte = new Semaphore(0);
    final Semaphore broken = new Semaphore(0);

    LegacyApp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    Received last() {
        return received.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long bytes = read(exchange, path);
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().entrySet().stream()
                        .flatMap(header -> header.getValue().stream()
                                .map(value -> header.getKey() + ": " + new String(value.getBytes(ISO_8859_1), UTF_8)))
                        .toList(),
                bytes));
        switch (path) {
            case "/silent" -> nextEvent.acquireUninterruptibly();
            case "/events" -> events(exchange);
            case "/moved" -> {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/there?a=b");
                whole(exchange, 302, "");
            }
            case "/led" -> {
                exchange.getResponseHeaders().add("Location", leadTo);
                whole(exchange, 302, "");
            }
            case "/elsewhere" -> {
                exchange.getResponseHeaders().add("Location", "https://other.example/there");
                whole(exchange, 302, "");
            }
            case "/cookies" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "sid=1; Domain=localhost; Path=/; HttpOnly");
                exchange.getResponseHeaders().add("Set-Cookie", "entente_session=planted; Path=/");
                exchange.getResponseHeaders().add("Set-Cookie", "entente_gateway=planted; Path=/");
                exchange.getResponseHeaders().add("Clear-Site-Data", "\"cookies\"");
                exchange.getResponseHeaders().add("Content-Security-Policy", "default-src 'unsafe-inline'");
                whole(exchange, 200, "ok");
            }
            case "/bye" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "sid=; Path=/; Max-Age=0");
                exchange.getResponseHeaders().add("Location", "/");
                whole(exchange, 302, "");
            }
            default -> whole(exchange, 200, "legacy " + path);
        }
    }

    /** Where {@code /led} leads from now on. */
    void leadTo(String url) {
        leadTo = url;
    }

    private long read(HttpExchange exchange, String path) throws IOException {
        InputStream body = exchange.getRequestBody();
        long bytes = 0;
        byte[] chunk = new byte[8192];
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            if (bytes == 0 && path.equals("/upload")) {
                firstByte.release();
            }
            bytes += read;
        }
        return bytes;
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 1; ; i++) {
                out.write(("data: " + i + "\n\n").getBytes(UTF_8));
                out.flush();
                nextEvent.acquireUninterruptibly();
            }
        } catch (IOException e) {
            broken.release();
        }
    }

    private static void whole(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
        }
    }
}
