package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.entente.files.NodeId;
import org.entente.identity.session.TestSession;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's line, by the WebSocket client of the JDK. */
final class Line implements WebSocket.Listener {

    final List<byte[]> updates = new CopyOnWriteArrayList<>();
    final List<byte[]> presence = new CopyOnWriteArrayList<>();
    final List<JsonNode> controls = new CopyOnWriteArrayList<>();
    volatile int closed;
    volatile boolean synced;

    /** A program of somebody's own, that goes on when it is sent away. */
    volatile boolean ignoresClosing;

    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    static Line open(String platform, String origin, TestSession session, NodeId node, UUID sitting, long since) {
        Line line = new Line();
        WebSocket.Builder builder = OfficeTown.HTTP.newWebSocketBuilder();
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        builder.header("Cookie", headers.getFirst("Cookie"));
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        line.socket = builder.buildAsync(
                        URI.create(platform.replace("http", "ws") + "/api/office/" + node + "/live?sitting=" + sitting
                                + "&since=" + since),
                        line)
                .join();
        return line;
    }

    void write(byte[] update) {
        raw(Yjs.message(update));
    }

    void raw(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    void text(String message) {
        socket.sendText(message, true).join();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** As a browser that dies. */
    void kill() {
        socket.abort();
    }

    /** Every update that came, in the order in which it came. */
    List<String> heard() {
        return updates.stream().map(Line::words).toList();
    }

    static String words(byte[] update) {
        return new String(update, java.nio.charset.StandardCharsets.UTF_8).replaceAll("[^\\p{L}\\d!]", "");
    }

    byte[] firstUpdate() {
        OfficeTown.soon().until(() -> !updates.isEmpty());
        return updates.getFirst();
    }

    int acknowledged() {
        return controls.stream().mapToInt(one -> one.path("ack").asInt(0)).sum();
    }

    long at() {
        return controls.stream()
                .filter(one -> one.path("t").asString("").equals("at"))
                .mapToLong(one -> one.get("seq").asLong())
                .max()
                .orElse(0);
    }

    List<String> said(String kind) {
        List<String> said = new ArrayList<>();
        controls.stream()
                .filter(one -> one.path("t").asString("").equals(kind))
                .forEach(one -> said.add(one.toString()));
        return said;
    }

    /** What others say of themselves, as JSON. */
    String others() {
        StringBuilder all = new StringBuilder();
        presence.forEach(message -> all.append(new String(message, java.nio.charset.StandardCharsets.UTF_8)));
        return all.toString();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            heard(binary.toByteArray());
            binary.reset();
        }
        from.request(1);
        return null;
    }

    private void heard(byte[] message) {
        try {
            Bits in = new Bits(message);
            if (in.number() == 1) {
                presence.add(in.bytes());
            } else if (in.number() == 1) {
                synced = true;
            } else {
                updates.add(in.bytes());
            }
        } catch (Bits.Broken e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            controls.add(JsonMapper.shared().readTree(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = status;
        return ignoresClosing ? new CompletableFuture<Void>() : null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        if (closed == 0) {
            closed = -1;
        }
    }
}
