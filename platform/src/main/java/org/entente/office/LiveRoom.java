package org.entente.office;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.entente.files.NodeId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/** The browsers of this node that are in one document, and what this node knows of it: the rows are what is true. */
final class LiveRoom {

    /** Entries of up to this many bytes in all are remembered, since many browsers want the same one at the same moment. */
    private static final int REMEMBERED = 64;

    private static final int REMEMBERED_EACH = 16 * 1024;

    final UUID sitting;
    final NodeId node;
    private final Set<LiveSocket> sockets = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Long, byte[]> remembered = new ConcurrentSkipListMap<>();
    private final Map<Long, Presence.At> elsewhere = new HashMap<>();
    private volatile long head;
    private long saves = -1;
    private @Nullable String changedTo;

    LiveRoom(UUID sitting, NodeId node) {
        this.sitting = sitting;
        this.node = node;
    }

    long head() {
        return head;
    }

    Set<LiveSocket> sockets() {
        return sockets;
    }

    /** As its row is now. */
    void is(Sitting now) {
        synchronized (this) {
            head = Math.max(head, now.seq());
            if (now.saves() > saves) {
                saves = now.saves();
                changedTo = null;
                sockets.forEach(socket -> socket.say("state", state(now)));
            }
        }
        sockets.forEach(LiveSocket::wake);
    }

    static Map<String, ?> state(Sitting now) {
        Instant at = now.savedAt();
        return Map.of("saved", now.savedSeq(), "at", at == null ? "" : at.toString(), "saves", now.saves());
    }

    /** An entry that is durable now. */
    void added(long seq, byte[] update, LiveSocket by) {
        if (update.length <= REMEMBERED_EACH) {
            remembered.put(seq, update);
            while (remembered.size() > REMEMBERED) {
                remembered.pollFirstEntry();
            }
        }
        by.wrote(seq);
        synchronized (this) {
            head = Math.max(head, seq);
        }
        sockets.forEach(LiveSocket::wake);
    }

    List<Draft.Entry> after(long seq, Draft draft) {
        List<Draft.Entry> some = new ArrayList<>();
        for (long next = seq + 1; next <= head; next++) {
            byte[] update = remembered.get(next);
            if (update == null) {
                return some.isEmpty() ? draft.after(sitting, seq) : some;
            }
            some.add(new Draft.Entry(next, update));
        }
        return some;
    }

    /** Somebody here moved, came or left. */
    void moved(Presence.At at, @Nullable LiveSocket by) {
        sockets.stream().filter(socket -> socket != by).forEach(socket -> socket.show(at));
    }

    /** Who is at other nodes now: told of whoever moved, came, or is not there any more. */
    synchronized void elsewhere(List<Presence.At> now) {
        Set<Long> there = new HashSet<>();
        for (Presence.At one : now) {
            there.add(one.client());
            Presence.At before = elsewhere.put(one.client(), one);
            if (before == null || before.clock() != one.clock()) {
                moved(one, null);
            }
        }
        elsewhere.values().removeIf(one -> {
            boolean left = !there.contains(one.client());
            if (left) {
                moved(one.left(), null);
            }
            return left;
        });
    }

    /** All that are there, for one who comes. */
    synchronized void showAll(LiveSocket to) {
        sockets.stream().filter(socket -> socket != to).forEach(socket -> {
            Presence.At at = socket.at();
            if (at != null) {
                to.show(at);
            }
        });
        elsewhere.values().forEach(to::show);
    }

    /** The file has another content than what is written here stems from. @return whether that is new */
    synchronized boolean changed(String sha256) {
        boolean isNew = !sha256.equals(changedTo);
        changedTo = sha256;
        if (isNew) {
            sockets.forEach(socket -> socket.say("changed", Map.of("content", sha256)));
        }
        return isNew;
    }

    synchronized void tell(LiveSocket to) {
        if (changedTo != null) {
            to.say("changed", Map.of("content", changedTo));
        }
    }

    void end(CloseStatus why) {
        sockets.forEach(socket -> socket.close(why));
    }
}
