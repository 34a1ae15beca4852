package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.files.Visitor;
import org.entente.identity.PortalSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** What one browser sends while it is in a document: y-websocket's messages. Nothing of it is believed before it is read to its end. */
final class LiveLine extends AbstractWebSocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LiveLine.class);

    /** Bytes of a message that says where somebody is, or asks where others are. */
    private static final int MOST_BESIDE = 16 * 1024;

    /** Of one that says what a reader has. */
    private static final int MOST_OF_A_READER = 64 * 1024;

    private static final int KEPT = 64 * 1024;

    /** What lines share. */
    @Component
    static class Shared {

        private final LiveRooms rooms;
        private final Draft draft;
        private final PortalSessions sessions;
        private final OfficeSettings settings;

        /** A browser gathers what is typed before it sends; this is far above what hands can do, in however many windows. */
        private final RateLimits often = new RateLimits(600, Duration.ofSeconds(20));

        private final RateLimits used = new RateLimits(1, Duration.ofMinutes(1));

        Shared(LiveRooms rooms, Draft draft, PortalSessions sessions, OfficeSettings settings) {
            this.rooms = rooms;
            this.draft = draft;
            this.sessions = sessions;
            this.settings = settings;
        }
    }

    private final Shared shared;
    private final Sitting sitting;
    private final UUID session;
    private final Visitor visitor;
    private final boolean writes;
    private final long since;
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private long most;
    private @Nullable LiveSocket socket;

    LiveLine(Shared shared, Sitting sitting, UUID session, Visitor visitor, boolean writes, long since) {
        this.shared = shared;
        this.sitting = sitting;
        this.session = session;
        this.visitor = visitor;
        this.writes = writes;
        this.since = since;
    }

    /** Parts of messages come as they are received: what is kept of a message is bounded here, not by the server's buffers. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession line) {
        socket = shared.rooms.comes(
                sitting, room -> new LiveSocket(line, session, visitor, writes, room, shared.draft, since));
    }

    @Override
    public void afterConnectionClosed(WebSocketSession line, CloseStatus status) {
        if (socket != null) {
            socket.closed();
            shared.rooms.leaves(socket);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession line, Throwable error) {
        LOG.debug("A line broke", error);
    }

    @Override
    protected void handleTextMessage(WebSocketSession line, TextMessage message) {
        close(Closing.BROKEN);
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession line, BinaryMessage message) {
        LiveSocket from = socket;
        if (from == null || !from.open()) {
            return; // closed from here, and whoever ignores that is not heard any more
        }
        ByteBuffer part = message.getPayload();
        if (parts.size() == 0 && part.hasRemaining()) {
            most = most(part.get(part.position()));
        }
        if (parts.size() + part.remaining() > most) {
            close(Closing.TOO_LARGE);
            return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        parts.writeBytes(bytes);
        if (message.isLast()) {
            byte[] whole = parts.toByteArray();
            forget();
            heard(whole, from.room, from);
        }
    }

    /** How long a message may be that begins so: only what is written in the document may be long, and only of who may write. */
    private long most(byte kind) {
        long typed = shared.settings.largestMessage().toBytes();
        return kind != 0 ? MOST_BESIDE : writes ? typed : Math.min(typed, MOST_OF_A_READER);
    }

    /** A buffer that has grown is not kept for the next message. */
    private void forget() {
        if (parts.size() > KEPT) {
            parts = new ByteArrayOutputStream();
        }
        parts.reset();
    }

    private void heard(byte[] message, LiveRoom here, LiveSocket from) {
        if (!shared.often.take(session.toString())) {
            close(Closing.TOO_OFTEN);
            return;
        }
        try {
            Bits in = new Bits(message);
            int kind = (int) in.number();
            switch (kind) {
                case 0 -> synced(in, here, from);
                case 1 -> moved(in.bytes(), here, from);
                case 3 -> here.showAll(from);
                default -> throw new Bits.Broken("kind");
            }
        } catch (Bits.Broken broken) {
            LOG.info("What a browser sent of a document is broken: {}", broken.getMessage());
            close(Closing.BROKEN);
        } catch (Refusal refusal) {
            close(refusal.kind() == Refusal.Kind.TOO_LARGE ? Closing.TOO_LARGE : Closing.ENDED);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("What a browser wrote cannot be kept now: it keeps it until it can", away);
            close(CloseStatus.SERVICE_RESTARTED);
        }
    }

    private void synced(Bits in, LiveRoom here, LiveSocket from) throws Bits.Broken {
        switch ((int) in.number()) {
            case 0 -> from.askedForAll(); // what it lacks comes in any case, from where it said that it is
            case 1, 2 -> {
                byte[] update = in.bytes();
                if (!from.writes) {
                    return; // whoever may only read is heard of nobody
                }
                YUpdate read = YUpdate.read(update, YUpdate.Most.TYPED);
                if (in.more()) {
                    throw new Bits.Broken("goes on behind its end");
                }
                write(read, update, here, from);
            }
            default -> throw new Bits.Broken("kind");
        }
    }

    private void write(YUpdate read, byte[] update, LiveRoom here, LiveSocket from) {
        if (read.clocks().isEmpty() && read.gone().isEmpty()) {
            from.wrote(0); // nothing in it
            return;
        }
        if (shared.used.take(session.toString()) && !shared.sessions.used(session)) {
            close(Closing.SIGNED_OUT);
            return;
        }
        if (!from.open()) {
            return; // since it was read
        }
        here.added(shared.draft.add(here.sitting, visitor.capacity(), update), update, from);
    }

    private void moved(byte[] update, LiveRoom here, LiveSocket from) throws Bits.Broken {
        Presence.At known = from.at();
        Optional<Presence.At> heard = Presence.heard(update, known == null ? null : known.client(), visitor);
        if (heard.isPresent()) {
            from.at(heard.get());
            here.moved(heard.get(), from);
        }
    }

    private void close(CloseStatus why) {
        forget();
        if (socket != null) {
            socket.close(why);
        }
    }
}
