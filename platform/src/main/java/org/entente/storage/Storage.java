package org.entente.storage;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Chunks as rows and objects at once; what writing and reading share. */
@Component("contentStorage")
class Storage implements AutoCloseable {

    /** Bytes of a chunk; the last of a content is shorter. */
    static final int CHUNK = 4 * 1024 * 1024;

    /** Bytes up to which a content lies in PostgreSQL. */
    static final int SMALL = 16 * 1024;

    static final int PUTS_AT_ONCE = 4;
    static final int GETS_AHEAD = 2;

    /** How many chunks are in memory at once, whatever comes: a quarter of the heap for those that are put, an eighth for those that are fetched ahead. */
    private static final int ROOMS = rooms(4);

    private static final int ROOMS_AHEAD = rooms(8);

    private static final Logger log = LoggerFactory.getLogger(Storage.class);

    private final ObjectStore objects;
    private final Chunks chunks;
    private final ContentRows contents;
    private final KeyRing keys;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore rooms = new Semaphore(ROOMS, true);
    private final Semaphore roomsAhead = new Semaphore(ROOMS_AHEAD);

    Storage(ObjectStore objects, Chunks chunks, ContentRows contents, KeyRing keys) {
        this.objects = objects;
        this.chunks = chunks;
        this.contents = contents;
        this.keys = keys;
    }

    Chunks chunks() {
        return chunks;
    }

    ContentRows contents() {
        return contents;
    }

    KeyRing keys() {
        return keys;
    }

    void run(Runnable task) {
        threads.execute(task);
    }

    /** Waits while there are too many chunks in memory: who sends waits with it. */
    void runInRoom(Runnable task) {
        rooms.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                rooms.release();
            }
        });
    }

    /** Room for a chunk that nobody waits for yet; to be {@linkplain #leaveAhead left}. */
    boolean roomAhead() {
        return roomsAhead.tryAcquire();
    }

    void leaveAhead(int some) {
        roomsAhead.release(some);
    }

    private static int rooms(int part) {
        return (int) Math.max(PUTS_AT_ONCE, Runtime.getRuntime().maxMemory() / part / CHUNK);
    }

    /** Row, then object, then the row says so: whatever breaks in between, no object is without a row and no row promises an object that is not there. */
    UUID keepChunk(MemberId member, byte[] hash, byte[] room, int length) {
        ContentKey current = keys.of(member);
        Chunks.Chunk chunk = chunks.claim(member, hash, length, current.id());
        if (!chunk.stored()) {
            ContentKey key = chunk.key().equals(current.id()) ? current : key(chunk.key(), member);
            key.close(room, length, hash);
            objects.put(member, chunk.id(), room, ContentKey.HEAD + length + ContentKey.TAG);
            chunks.stored(chunk.id());
        }
        return chunk.id();
    }

    /** The bytes of a small content as a chunk, for a larger content that they are part of. */
    UUID keepAsChunk(MemberId member, ContentRows.Row small) {
        return keepChunk(
                member,
                small.sha256().bytes(),
                openSmall(small, "a small content").clone(),
                (int) small.size());
    }

    /** What is sealed in its row, opened in its place. */
    byte[] openSmall(ContentRows.Row small, String what) {
        byte[] sealed = Objects.requireNonNull(small.sealed());
        UUID key = Objects.requireNonNull(small.key());
        open(small.member(), key, sealed, small.sha256().bytes(), small.size(), what);
        return sealed;
    }

    /** The object of a piece, opened in its place: its plain bytes lie at {@link ContentKey#HEAD}, and are what they were. */
    byte[] openChunk(MemberId member, ContentRows.StoredPiece piece) {
        byte[] bytes = objects.get(member, piece.chunk(), ContentKey.HEAD + piece.size() + ContentKey.TAG);
        if (bytes == null) {
            throw damaged("the object of chunk " + piece.chunk() + " is lost");
        }
        open(member, piece.key(), bytes, piece.hash(), piece.size(), "chunk " + piece.chunk());
        return bytes;
    }

    private void open(MemberId member, UUID key, byte[] closed, byte[] hash, long size, String what) {
        try {
            int length = key(key, member).open(closed, hash);
            MessageDigest digest = Sha256.digest();
            digest.update(closed, ContentKey.HEAD, length);
            if (length != size || !MessageDigest.isEqual(digest.digest(), hash)) {
                throw damaged(what + " has other bytes than were kept");
            }
        } catch (GeneralSecurityException e) {
            throw damaged(what + " was changed, or closed with another key");
        }
    }

    private ContentKey key(UUID id, MemberId member) {
        return keys.byId(id, member).orElseThrow(() -> Refusal.notFound("storage.gone"));
    }

    private static Refusal damaged(String what) {
        log.error("Storage: {}", what);
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "storage.damaged");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
