package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An office server as [MS-WOPI] and the documentation of Collabora Online describe one, as far as its host sees it: it describes itself, signs its calls by keys that it changes,
 * and calls as it is told. It edits nothing.
 */
final class FakeOffice implements AutoCloseable {

    /** How it knows the platform; where it really is is said with each call. */
    static final String PLATFORM = "https://platform.example";

    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    KeyPair current = keys();
    KeyPair old = keys();
    boolean signs = true;
    int status = 200;
    String announced;
    String said;
    private int platform;

    FakeOffice() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext(
                "/hosting/discovery", exchange -> answer(exchange, status, said == null ? discovery() : said));
        server.createContext("/browser/1/cool.html", this::page);
        server.createContext("/save", this::save);
        server.start();
        announced = url();
    }

    /** Where the platform listens, for calls that a person makes it make. */
    void calls(int port) {
        this.platform = port;
    }

    /** What a person sees: the document as a text, and what saves and closes it. */
    private void page(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String token = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                .getOrDefault("access_token", "");
        String path = URI.create(asked.getOrDefault("WOPISrc", "")).getPath();
        String text = called(call("GET", path + "/contents", token)).body();
        answer(exchange, 200, """
                <!doctype html><html lang="fr"><meta charset="utf-8"><title>Bureau</title><h1>Bureau d’essai</h1><p>%s</p>
                <form method="post" action="/save"><input type="hidden" name="token" value="%s"><input type="hidden" name="path" value="%s">
                <label>Texte <input name="text"></label> <button>Enregistrer</button></form>
                <button onclick="parent.postMessage(JSON.stringify({MessageId: 'UI_Close', Values: {}}), '*')">Fermer le document</button></html>""".formatted(text, token, path));
    }

    private void save(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String path = form.get("path");
        String token = form.get("token");
        called(call("POST", path, token).with("X-WOPI-Override", "LOCK").with("X-WOPI-Lock", "bureau"));
        int saved = called(call("POST", path + "/contents", token)
                        .with("X-WOPI-Override", "PUT")
                        .with("X-WOPI-Lock", "bureau")
                        .body(form.get("text")))
                .statusCode();
        called(call("POST", path, token).with("X-WOPI-Override", "UNLOCK").with("X-WOPI-Lock", "bureau"));
        answer(exchange, 200, """
                <!doctype html><html lang="fr"><meta charset="utf-8"><title>Bureau</title><p>Enregistré : %d</p>
                <button onclick="parent.postMessage(JSON.stringify({MessageId: 'UI_Close', Values: {}}), '*')">Fermer le document</button></html>""".formatted(saved));
    }

    private HttpResponse<String> called(Call call) throws IOException {
        try {
            return call.to(platform);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded == null ? new String[0] : encoded.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(URLDecoder.decode(pair[0], UTF_8), pair.length < 2 ? "" : URLDecoder.decode(pair[1], UTF_8));
        }
        return fields;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void changeKeys() {
        old = current;
        current = keys();
    }

    String discovery() {
        String proof = signs
                ? "<proof-key oldvalue=\"\" oldmodulus=\"%s\" oldexponent=\"%s\" value=\"\" modulus=\"%s\" exponent=\"%s\"/>"
                        .formatted(modulus(old), exponent(old), modulus(current), exponent(current))
                : "";
        return """
                <wopi-discovery><net-zone name="external-http">
                <app name="writer"><action ext="docx" name="edit" default="true" urlsrc="%1$s/browser/1/cool.html?"/>
                <action ext="odt" name="edit" urlsrc="%1$s/browser/1/cool.html?"/><action ext="sxw" name="view" urlsrc="%1$s/browser/1/cool.html?"/></app>
                <app name="Excel"><action ext="xlsx" name="edit" urlsrc="%1$s/hosting/wopi/cell/edit?&lt;rs=DC_LLCC&amp;&gt;&lt;wopisrc=WOPI_SOURCE&amp;&gt;"/>
                <action ext="xlsx" name="view" urlsrc="%1$s/hosting/wopi/cell/view?&lt;rs=DC_LLCC&amp;&gt;&lt;dchat=DISABLE_CHAT&amp;&gt;"/></app>
                <app name="draw"><action ext="png" name="view" urlsrc="%1$s/browser/1/cool.html?"/></app>
                </net-zone>%2$s</wopi-discovery>""".formatted(announced, proof);
    }

    /** One call, with what makes it a call of this server. */
    Call call(String method, String path, String token) {
        return new Call(method, path, token);
    }

    final class Call {
        private final String method;
        private final String path;
        private final String token;
        private final java.util.List<String> headers = new java.util.ArrayList<>();
        private KeyPair by = current;
        private KeyPair byOld = old;
        private Instant at = Instant.now();
        private boolean signed = signs;
        private String body = "";
        private String forPath;
        private HttpClient through = http;

        private Call(String method, String path, String token) {
            this.method = method;
            this.path = path + (token == null ? "" : "?access_token=" + token + "&access_token_ttl=0");
            this.token = token == null ? "" : token;
            this.forPath = this.path;
        }

        Call with(String header, String value) {
            headers.add(header);
            headers.add(value);
            return this;
        }

        Call body(String text) {
            this.body = text;
            return this;
        }

        Call by(KeyPair now, KeyPair before) {
            this.by = now;
            this.byOld = before;
            return this;
        }

        Call at(Instant then) {
            this.at = then;
            return this;
        }

        Call unsigned() {
            this.signed = false;
            return this;
        }

        /** Signed for another address. */
        Call meantFor(String other) {
            this.forPath = other;
            return this;
        }

        /** From another address of this machine. */
        Call through(HttpClient client) {
            this.through = client;
            return this;
        }

        HttpResponse<String> to(int port) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(
                            method,
                            body.isEmpty() && method.equals("GET")
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            if (signed) {
                long ticks = at.getEpochSecond() * 10_000_000L + at.getNano() / 100 + 621_355_968_000_000_000L;
                byte[] expected = expected(token, PLATFORM + forPath, ticks);
                request.header("X-WOPI-TimeStamp", Long.toString(ticks))
                        .header("X-WOPI-Proof", sign(by, expected))
                        .header("X-WOPI-ProofOld", sign(byOld, expected));
            }
            return through.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        }
    }

    private static byte[] expected(String token, String address, long ticks) {
        byte[] first = token.getBytes(UTF_8);
        byte[] second = address.toUpperCase(Locale.ROOT).getBytes(UTF_8);
        ByteBuffer all = ByteBuffer.allocate(first.length + second.length + 20);
        all.putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .putInt(8)
                .putLong(ticks);
        return all.array();
    }

    private static String sign(KeyPair by, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(by.getPrivate());
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String modulus(KeyPair pair) {
        return base64(((RSAPublicKey) pair.getPublic()).getModulus());
    }

    private static String exponent(KeyPair pair) {
        return base64(((RSAPublicKey) pair.getPublic()).getPublicExponent());
    }

    /** Without the byte of the sign, as servers write it. */
    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", body.startsWith("<!doctype html>") ? "text/html" : "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
