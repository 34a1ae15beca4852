package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * One browser in one document. It is sent what is durable and nothing else: its own thread reads the draft on from where this browser is, so that a slow one
 * neither holds up the others nor fills memory. Binary messages are those of y-websocket; text ones are ours (JSON): {@code at} (the browser now has every
 * entry up to this one), {@code ack} (so many more of its own are durable), {@code state} (what is saved), {@code changed} (the file was changed elsewhere).
 */
final class LiveSocket {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private static final byte[] ALL_SENT = {0, 1, 2, 0, 0};
    private static final long PING_SECONDS = 20;
    private static final int MOST_CONTROLS = 1000;
    private static final JsonMapper JSON = JsonMapper.shared();

    final UUID id = UUID.randomUUID();
    final UUID session;
    final Visitor visitor;
    final boolean writes;
    private final WebSocketSession line;
    final LiveRoom room;
    private final Draft draft;
    private final Semaphore wake = new Semaphore(0);
    private final Map<Long, Presence.At> moved = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> controls = new ConcurrentLinkedQueue<>();
    private final Set<Long> own = new HashSet<>();
    private volatile boolean wantsAll;
    private volatile boolean open = true;
    private volatile long closedAt; // by the clock of System.nanoTime, once it is not open
    private long delivered;
    private int acknowledged;
    private volatile Presence.@Nullable At at;
    private volatile boolean told;

    LiveSocket(
            WebSocketSession line,
            UUID session,
            Visitor visitor,
            boolean writes,
            LiveRoom room,
            Draft draft,
            long since) {
        this.line = line;
        this.session = session;
        this.visitor = visitor;
        this.writes = writes;
        this.room = room;
        this.draft = draft;
        this.delivered = since;
    }

    Presence.@Nullable At at() {
        return at;
    }

    void at(Presence.At now) {
        at = now;
        told = false;
    }

    /** Whether other nodes know where it is; from here on they do. */
    boolean toTell() {
        boolean was = told;
        told = true;
        return !was;
    }

    /** Whether it is neither gone nor sent away. */
    boolean open() {
        return open;
    }

    void start() {
        Thread.ofVirtual().name("office-" + id).start(this::run);
    }

    /** That there is something to send. */
    void wake() {
        wake.release();
    }

    /** An entry of its own is durable: it is not sent back, but said to be so. */
    void wrote(long seq) {
        synchronized (own) {
            if (delivered >= seq) {
                acknowledged++; // it was read from the draft before this was known: sent back, which does no harm
            } else {
                own.add(seq);
            }
        }
        wake();
    }

    void askedForAll() {
        wantsAll = true;
        wake();
    }

    void show(Presence.At other) {
        moved.merge(other.client(), other, (old, now) -> now.clock() >= old.clock() ? now : old);
        wake();
    }

    void say(String kind, Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("t", kind));
        all.putAll(more);
        if (controls.size() < MOST_CONTROLS) {
            controls.add(JSON.writeValueAsString(all));
        }
        wake();
    }

    /** Nothing more can be sent. */
    void closed() {
        if (open) {
            closedAt = System.nanoTime();
            open = false;
        }
        wake();
    }

    /** Whether it was closed so long ago. */
    boolean closedFor(Duration time) {
        return !open && System.nanoTime() - closedAt > time.toNanos();
    }

    void close(CloseStatus why) {
        closed();
        // Not by who noticed: a line that is stuck makes nobody wait.
        Thread.ofVirtual().start(() -> {
            try {
                line.close(why);
            } catch (IOException | RuntimeException gone) {
                LOG.debug("Closing a line that is gone", gone);
            }
        });
    }

    private void run() {
        try {
            while (open) {
                deliver();
                if (!wake.tryAcquire(PING_SECONDS, TimeUnit.SECONDS)) {
                    line.sendMessage(new PingMessage());
                }
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException gone) {
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (RuntimeException e) {
            LOG.warn("A browser cannot be sent what others wrote: it will come again", e);
            close(CloseStatus.SERVICE_RESTARTED);
        }
    }

    private void deliver() throws IOException {
        while (open && delivered < room.head()) {
            List<Draft.Entry> some = room.after(delivered, draft);
            if (some.isEmpty()) {
                break;
            }
            for (Draft.Entry entry : some) {
                if (!mine(entry.seq())) {
                    line.sendMessage(new BinaryMessage(update(entry.update())));
                }
            }
            tellWhere();
        }
        if (toAcknowledge()) {
            tellWhere();
        }
        for (String control; (control = controls.poll()) != null; ) {
            line.sendMessage(new TextMessage(control));
        }
        List<Presence.At> all = new ArrayList<>();
        moved.keySet().forEach(client -> {
            Presence.At one = moved.remove(client);
            if (one != null) {
                all.add(one);
            }
        });
        if (!all.isEmpty()) {
            line.sendMessage(new BinaryMessage(Presence.At.message(all)));
        }
        if (wantsAll && delivered >= room.head()) {
            wantsAll = false;
            line.sendMessage(new BinaryMessage(ALL_SENT));
        }
    }

    private boolean mine(long seq) {
        synchronized (own) {
            delivered = seq;
            boolean mine = own.remove(seq);
            acknowledged += mine ? 1 : 0;
            return mine;
        }
    }

    private boolean toAcknowledge() {
        synchronized (own) {
            return acknowledged > 0;
        }
    }

    private void tellWhere() throws IOException {
        int some;
        synchronized (own) {
            some = acknowledged;
            acknowledged = 0;
        }
        send(Map.of("t", "at", "seq", delivered, "ack", some));
    }

    private void send(Map<String, ?> control) throws IOException {
        line.sendMessage(new TextMessage(JSON.writeValueAsString(control)));
    }

    private static byte[] update(byte[] update) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(update.length + 8);
        message.write(0);
        message.write(2);
        Bits.bytes(message, update);
        return message.toByteArray();
    }
}
