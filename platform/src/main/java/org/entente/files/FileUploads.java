package org.entente.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files on their way, in parts: every part that was received is durable, whichever node received it and however its request ended, and the file shows only
 * once it is whole and named. An upload nobody goes on with is forgotten after {@link UploadRows#LASTING}.
 */
@Component
class FileUploads {

    /** As the storage cuts its content, so that parts that come whole are kept whole. A broken line loses none of what came before. */
    private static final int PART = 4 * 1024 * 1024;

    /** Parts that are in memory at a time on this node, whoever sends them however slowly. */
    private final Semaphore buffers = new Semaphore(24, true);

    /** Bytes that a line must have brought in each second, once there was patience with it. */
    private static final int SLOWEST = 2 * 1024;

    /** 10 TiB: beyond any quota, and within what a browser counts exactly. */
    static final long MOST = 10L * 1024 * 1024 * 1024 * 1024;

    /** How many one capacity may have on their way: a limit to what a broken client leaves behind. */
    private static final int AT_ONCE = 500;

    /** @param member with whose keys the parts are kept @param node what it has become; null on the way */
    record Upload(
            UUID id,
            NodeId folder,
            MemberId member,
            String name,
            @Nullable String mediaType,
            @Nullable Instant modifiedAt,
            long size,
            long received,
            Instant expiresAt,
            @Nullable NodeId node) {}

    /** What is announced. */
    record Asked(
            NodeId folder,
            String name,
            @Nullable String mediaType,
            @Nullable Instant modifiedAt,
            long size) {}

    private final UploadRows rows;
    private final Files files;
    private final Contents contents;
    private final Putting putting;
    private final LinkRoom links;
    private final TransactionTemplate transaction;
    private final Duration patience;

    FileUploads(
            UploadRows rows,
            Files files,
            Contents contents,
            Putting putting,
            LinkRoom links,
            TransactionTemplate transaction,
            @Value("${entente.uploads.patience:30s}") Duration patience) {
        this.rows = rows;
        this.patience = patience;
        this.links = links;
        this.files = files;
        this.contents = contents;
        this.putting = putting;
        this.transaction = transaction;
    }

    /** @throws Refusal TOO_LARGE {@code file.quota} when it cannot fit, counting what is on its way; FORBIDDEN for who may only read */
    Upload begin(Visitor visitor, Asked asked) {
        FileNode folder = files.node(visitor, asked.folder());
        if (!folder.folder()) {
            throw Refusal.conflict("file.not-folder");
        }
        if (!folder.role().allows(SpaceRole.EDIT)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.read-only");
        }
        MemberId member = demandRoom(visitor, folder, asked.size());
        if (rows.of(visitor) >= AT_ONCE) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.uploads", AT_ONCE);
        }
        return find(visitor, rows.add(visitor, folder, member, asked));
    }

    /** @return with whose keys the parts are to be kept */
    MemberId demandRoom(Visitor visitor, FileNode folder, long size) {
        Files.Room room = files.room(visitor, folder.id());
        if (size > MOST || size > room.bytes() - rows.coming(folder.space())) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.quota");
        }
        return room.member();
    }

    /** @throws Refusal NOT_FOUND {@code file.upload-unknown} when it is another capacity's, was given up, or is too old */
    Upload find(Visitor visitor, UUID id) {
        return rows.find(visitor, id).orElseThrow(() -> Refusal.notFound("file.upload-unknown"));
    }

    /**
     * Takes the bytes that come, as many as do: when the line breaks, those before it stay.
     *
     * @param offset of the first of them
     * @throws Refusal CONFLICT {@code file.upload-offset} when that is not where the upload stands; TOO_LARGE {@code file.upload-size} for more than announced
     */
    Upload append(Visitor visitor, UUID id, long offset, InputStream body) {
        Upload upload = find(visitor, id);
        append(upload, offset, body, buffers);
        return find(visitor, id);
    }

    /** @param places of which it takes one while it lasts */
    void append(Upload upload, long offset, InputStream body, Semaphore places) {
        if (upload.received() != offset || upload.node() != null) {
            throw Refusal.conflict("file.upload-offset");
        }
        if (!waits(places)) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy");
        }
        try {
            append(upload, body);
        } finally {
            places.release();
        }
    }

    private void append(Upload upload, InputStream body) {
        long at = upload.received();
        byte[] buffer = new byte[(int) Math.min(PART, upload.size() - at + 1)];
        boolean more = true;
        while (more) {
            int filled = 0;
            try {
                filled = fill(body, buffer);
                more = filled == buffer.length;
            } catch (Broken broken) {
                filled = broken.filled;
                more = false;
            }
            if (at + filled > upload.size()) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.upload-size");
            }
            if (filled > 0) {
                keep(upload, at, buffer, filled);
                at += filled;
            }
        }
    }

    private static boolean waits(Semaphore buffers) {
        try {
            return buffers.tryAcquire(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void keep(Upload upload, long at, byte[] bytes, int length) {
        if (!rows.stands(upload.id(), at)) {
            throw Refusal.conflict("file.upload-offset");
        }
        Kept kept;
        try {
            kept = contents.keep(upload.member(), new ByteArrayInputStream(bytes, 0, length), length);
        } catch (IOException e) {
            throw new IllegalStateException(e); // nothing but memory was read
        }
        transaction.executeWithoutResult(status -> {
            if (!rows.advance(upload.id(), at, length)) {
                throw Refusal.conflict("file.upload-offset");
            }
            contents.refer(kept.id());
            rows.addPart(upload.id(), at, kept.id());
        });
    }

    /**
     * Makes the file of what was received. When that is refused, the parts stay: somebody may choose another answer, or make room, and ask again. Asked again
     * once it is done, it tells the file.
     */
    FileNode finish(Visitor visitor, UUID id, OnConflict conflict) throws IOException {
        Upload upload = find(visitor, id);
        return upload.node() == null ? make(visitor, upload, conflict, false) : files.node(visitor, upload.node());
    }

    FileNode make(Visitor visitor, Upload upload, OnConflict conflict, boolean byLink) throws IOException {
        if (upload.received() < upload.size()) {
            throw Refusal.conflict("file.upload-incomplete");
        }
        Kept kept = joined(upload);
        Writing how = new Writing(upload.mediaType(), upload.modifiedAt(), null, Writing.OnlyIf.ANYTHING, byLink);
        return putting.put(
                visitor,
                upload.folder(),
                upload.name(),
                conflict,
                (free, overwrite) -> Objects.requireNonNull(
                        transaction.execute(status -> become(visitor, upload, free, kept, how.only(overwrite)))));
    }

    /** In one transaction: of two who finish one upload only one has made a file. */
    private FileNode become(Visitor visitor, Upload upload, String name, Kept kept, Writing how) {
        FileNode made = files.write(visitor, upload.folder(), name, kept, how);
        contents.release(rows.dropParts(upload.id()));
        if (!rows.became(upload.id(), made.id())) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy"); // asked again, it is told what it has become
        }
        return made;
    }

    /** Gives it up. */
    void end(Visitor visitor, UUID id) {
        find(visitor, id);
        forget(id);
    }

    /** Its parts take no room any more. */
    void forget(UUID id) {
        transaction.executeWithoutResult(status -> {
            contents.release(rows.dropParts(id));
            rows.remove(id).ifPresent(this::giveBack);
        });
    }

    /** As {@link #forget}, of one by a link before its time: what came of it still counts there for a while. */
    void giveUp(UUID id) {
        transaction.executeWithoutResult(status -> {
            contents.release(rows.dropParts(id));
            rows.giveUp(id).or(() -> rows.remove(id)).ifPresent(this::giveBack);
        });
    }

    private void giveBack(UploadRows.Counted counted) {
        links.giveBack(counted.link(), counted.files(), counted.bytes());
    }

    /** One content of all parts: no byte is stored a second time. */
    private Kept joined(Upload upload) throws IOException {
        List<ContentId> parts = rows.parts(upload.id());
        return parts.isEmpty()
                ? contents.keep(upload.member(), InputStream.nullInputStream(), 0)
                : contents.join(upload.member(), parts, null);
    }

    /** Until the buffer is full or nothing comes any more. A line on which next to nothing comes is as one that broke: others wait for its place. */
    private int fill(InputStream body, byte[] buffer) throws Broken {
        int filled = 0;
        long begun = System.nanoTime();
        while (filled < buffer.length) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (seconds > patience.toSeconds() && filled < seconds * SLOWEST) {
                throw new Broken(filled, new IOException("next to nothing comes"));
            }
            int read;
            try {
                read = body.read(buffer, filled, buffer.length - filled);
            } catch (IOException line) {
                throw new Broken(filled, line);
            }
            if (read < 0) {
                return filled;
            }
            filled += read;
        }
        return filled;
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final int filled;

        Broken(int filled, IOException cause) {
            super(cause);
            this.filled = filled;
        }
    }
}
