package org.entente.storage;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/** Bytes of one content, chunk by chunk; the next ones are fetched while one is read. */
final class Reading extends InputStream {

    private record Fetch(ContentRows.StoredPiece piece, FutureTask<byte[]> bytes) {}

    private final Storage storage;
    private final MemberId member;
    private final Iterator<ContentRows.StoredPiece> pieces;
    private final Deque<Fetch> fetching = new ArrayDeque<>();
    private final long end;
    private long at;
    private @Nullable Fetch current;
    private @Nullable RuntimeException failure;

    /** Fetches the first chunk before it returns, so that what is wrong with it is said at once. */
    Reading(Storage storage, MemberId member, List<ContentRows.StoredPiece> pieces, long from, long end) {
        this.storage = storage;
        this.member = member;
        this.pieces = pieces.iterator();
        this.at = from;
        this.end = end;
        if (from < end) {
            next();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at >= end) {
            return -1;
        }
        if (failure != null) {
            throw failure; // for whoever asks again: this is not the end
        }
        Fetch fetch = Objects.requireNonNull(current);
        if (at == fetch.piece.start() + fetch.piece.size()) {
            fetch = next();
        }
        int within = (int) (at - fetch.piece.start());
        int given = (int) Math.min(Math.min(length, fetch.piece.size() - within), end - at);
        System.arraycopy(Writing.result(fetch.bytes), ContentKey.HEAD + within, into, offset, given);
        at += given;
        return given;
    }

    @Override
    public int available() {
        Fetch fetch = current;
        return fetch == null ? 0 : (int) (Math.min(fetch.piece.start() + fetch.piece.size(), end) - at);
    }

    private Fetch next() {
        current = null; // before the next one needs room
        if (fetching.isEmpty()) {
            fetch();
        } else {
            storage.leaveAhead(1); // it is not ahead any more
        }
        Fetch next = fetching.remove();
        while (fetching.size() < Storage.GETS_AHEAD && pieces.hasNext() && storage.roomAhead()) {
            fetch();
        }
        try {
            Writing.result(next.bytes);
        } catch (RuntimeException e) {
            leave();
            failure = e;
            throw e;
        }
        current = next;
        return next;
    }

    private void fetch() {
        ContentRows.StoredPiece piece = pieces.next();
        Fetch fetch = new Fetch(piece, new FutureTask<>(() -> storage.openChunk(member, piece)));
        fetching.add(fetch);
        storage.run(fetch.bytes);
    }

    @Override
    public void close() {
        at = end;
        current = null;
        leave();
    }

    private void leave() {
        fetching.forEach(fetch -> fetch.bytes.cancel(true));
        storage.leaveAhead(fetching.size());
        fetching.clear();
    }
}
