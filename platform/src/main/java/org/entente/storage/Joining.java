package org.entente.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/** Makes one content of several: their chunks are its chunks. All is read once, for its hash cannot be had from those of its parts. */
final class Joining {

    private final Storage storage;
    private final MemberId member;
    private final @Nullable Checksum expected;
    private final Function<ContentId, InputStream> open;

    Joining(Storage storage, MemberId member, @Nullable Checksum expected, Function<ContentId, InputStream> open) {
        this.storage = storage;
        this.member = member;
        this.expected = expected;
        this.open = open;
    }

    Kept join(List<ContentId> parts) {
        List<ContentRows.Row> rows = parts.stream().map(this::row).toList();
        long size = rows.stream().mapToLong(ContentRows.Row::size).sum();
        try {
            return size <= Storage.SMALL ? small(parts, size) : large(parts, rows, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ContentRows.Row row(ContentId part) {
        return storage.contents()
                .find(part)
                .filter(row -> row.member().equals(member))
                .orElseThrow(() -> Refusal.notFound("storage.gone"));
    }

    private Kept small(List<ContentId> parts, long size) throws IOException {
        List<InputStream> opened = parts.stream().map(open).toList(); // few bytes each
        try (InputStream all = new SequenceInputStream(Collections.enumeration(opened))) {
            return new Writing(storage, member, size, expected).keep(all);
        }
    }

    private Kept large(List<ContentId> parts, List<ContentRows.Row> rows, long size) throws IOException {
        MessageDigest whole = Sha256.digest();
        Checksum.Sum sum = expected == null ? null : expected.sum();
        List<ContentRows.Piece> pieces = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < parts.size(); i++) {
            try (InputStream part = open.apply(parts.get(i))) {
                add(part, whole, sum);
            }
            if (rows.get(i).sealed() == null) {
                for (ContentRows.StoredPiece piece : storage.contents().pieces(parts.get(i), 0, Long.MAX_VALUE)) {
                    pieces.add(new ContentRows.Piece(start + piece.start(), piece.chunk()));
                }
            } else if (rows.get(i).size() > 0) {
                pieces.add(new ContentRows.Piece(start, storage.keepAsChunk(member, rows.get(i))));
            }
            start += rows.get(i).size();
        }
        if (sum != null && !sum.fits()) {
            throw Refusal.invalid("storage.checksum");
        }
        Sha256 sha256 = Sha256.of(whole.digest());
        return new Kept(storage.contents().large(member, sha256, size, pieces), size, sha256);
    }

    private static void add(InputStream part, MessageDigest whole, Checksum.@Nullable Sum sum) throws IOException {
        byte[] some = new byte[64 * 1024];
        for (int read = part.read(some); read >= 0; read = part.read(some)) {
            whole.update(some, 0, read);
            if (sum != null) {
                sum.add(some, 0, read);
            }
        }
    }
}
