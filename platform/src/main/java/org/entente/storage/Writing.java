package org.entente.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/** Keeps one content: while a chunk is read from the client the former ones are hashed, enciphered and put. */
final class Writing {

    private static final int FIRST_ROOM = 32 * 1024;
    private static final long TOUCH_AFTER_NANOS = 3_600_000_000_000L;

    private final Storage storage;
    private final MemberId member;
    private final long most;
    private final Checksum.@Nullable Sum expected;
    private final MessageDigest whole = Sha256.digest();
    private final Deque<Future<UUID>> putting = new ArrayDeque<>();
    private final List<ContentRows.Piece> pieces = new ArrayList<>();
    private final Deque<Long> starts = new ArrayDeque<>();
    private long size;
    private long touched = System.nanoTime();

    Writing(Storage storage, MemberId member, long most, @Nullable Checksum expected) {
        this.storage = storage;
        this.member = member;
        this.most = most;
        this.expected = expected == null ? null : expected.sum();
    }

    Kept keep(InputStream in) throws IOException {
        try {
            while (true) {
                Room room = read(in);
                if (room.full()) {
                    put(size - room.length, room, null);
                    continue;
                }
                Sha256 sha256 = summedUp();
                if (size <= Storage.SMALL) {
                    return small(room, sha256);
                }
                if (room.length > 0) {
                    put(size - room.length, room, size == room.length ? sha256 : null);
                }
                return large(sha256);
            }
        } finally {
            putting.forEach(put -> put.cancel(true)); // none, unless this failed
        }
    }

    /** Bytes at {@link ContentKey#HEAD}, with room for what enciphering adds. Grows with what comes, so that a slow client holds no more than it has sent. */
    private static final class Room {
        byte[] bytes;
        int length;

        Room(int first) {
            bytes = new byte[ContentKey.HEAD + first + ContentKey.TAG];
        }

        boolean full() {
            return length == Storage.CHUNK;
        }

        int free() {
            if (length == bytes.length - ContentKey.HEAD - ContentKey.TAG) {
                int more = Math.min(Storage.CHUNK, length * 4);
                bytes = Arrays.copyOf(bytes, ContentKey.HEAD + more + ContentKey.TAG);
            }
            return bytes.length - ContentKey.HEAD - ContentKey.TAG - length;
        }
    }

    private Room read(InputStream in) throws IOException {
        // Who has sent one whole chunk sends more: the next has its room at once.
        Room room = new Room(size == 0 ? FIRST_ROOM : Storage.CHUNK);
        while (!room.full()) {
            int free = room.free();
            int at = ContentKey.HEAD + room.length;
            int read = in.read(room.bytes, at, free);
            if (read < 0) {
                break;
            }
            size += read;
            if (size > most) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "storage.too-large", most);
            }
            whole.update(room.bytes, at, read);
            if (expected != null) {
                expected.add(room.bytes, at, read);
            }
            room.length += read;
        }
        return room;
    }

    /** @param sha256 of these bytes, where it is known */
    private void put(long start, Room room, @Nullable Sha256 sha256) {
        while (putting.size() >= Storage.PUTS_AT_ONCE) {
            settle();
        }
        FutureTask<UUID> put =
                new FutureTask<>(() -> storage.keepChunk(member, hash(room, sha256), room.bytes, room.length));
        starts.add(start);
        putting.add(put);
        storage.runInRoom(put);
    }

    private static byte[] hash(Room room, @Nullable Sha256 known) {
        if (known != null) {
            return known.bytes();
        }
        MessageDigest digest = Sha256.digest();
        digest.update(room.bytes, ContentKey.HEAD, room.length);
        return digest.digest();
    }

    private void settle() {
        pieces.add(new ContentRows.Piece(starts.remove(), result(putting.remove())));
        if (System.nanoTime() - touched > TOUCH_AFTER_NANOS) {
            storage.chunks().touch(pieces.stream().map(ContentRows.Piece::chunk).toList());
            touched = System.nanoTime();
        }
    }

    static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "storage.down");
        }
    }

    private Kept small(Room room, Sha256 sha256) {
        ContentKey key = storage.keys().of(member);
        key.close(room.bytes, room.length, sha256.bytes());
        byte[] sealed = Arrays.copyOf(room.bytes, ContentKey.HEAD + room.length + ContentKey.TAG);
        ContentRows.Sealed one = new ContentRows.Sealed(sha256, (int) size, sealed);
        return new Kept(
                Objects.requireNonNull(
                        storage.contents().small(member, key.id(), List.of(one)).get(sha256)),
                size,
                sha256);
    }

    private Kept large(Sha256 sha256) {
        while (!putting.isEmpty()) {
            settle();
        }
        return new Kept(storage.contents().large(member, sha256, size, pieces), size, sha256);
    }

    private Sha256 summedUp() {
        if (expected != null && !expected.fits()) {
            throw Refusal.invalid("storage.checksum");
        }
        return Sha256.of(whole.digest());
    }
}
