package org.entente.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
class KeptContents implements Contents {

    private final Storage storage;
    private final ContentRows rows;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<ContentGate> gates;

    KeptContents(
            Storage storage, ContentRows rows, ApplicationEventPublisher events, ObjectProvider<ContentGate> gates) {
        this.storage = storage;
        this.rows = rows;
        this.events = events;
        this.gates = gates;
    }

    // A transaction of the caller would stay open as long as a client takes to send, and would hide from the collector
    // what is kept meanwhile.
    @Override
    public Kept keep(MemberId member, InputStream in, long most, @Nullable Checksum expected) throws IOException {
        transaction(false);
        return new Writing(storage, member, most, expected).keep(in);
    }

    @Override
    public List<Kept> keep(MemberId member, List<Small> all) {
        transaction(false);
        ContentKey key = storage.keys().of(member);
        Map<Sha256, ContentId> kept = rows.small(
                member,
                key.id(),
                all.stream()
                        .map(one -> new ContentRows.Sealed(one.sha256(), one.length(), one.sealed(key)))
                        .toList());
        return all.stream()
                .map(one -> new Kept(Objects.requireNonNull(kept.get(one.sha256())), one.length(), one.sha256()))
                .toList();
    }

    @Override
    public Kept join(MemberId member, List<ContentId> parts, @Nullable Checksum expected) {
        transaction(false);
        return new Joining(storage, member, expected, this::openUnjudged).join(parts);
    }

    @Override
    public void refer(Collection<ContentId> contents) {
        transaction(true);
        if (!contents.isEmpty()) {
            rows.refer(contents);
        }
    }

    @Override
    public void release(Collection<ContentId> contents) {
        transaction(true);
        if (!contents.isEmpty()) {
            List<ContentId> unused = rows.release(contents);
            if (!unused.isEmpty()) {
                events.publishEvent(new ContentsUnused(unused));
            }
        }
    }

    @Override
    public List<ContentId> unused(Collection<ContentId> contents) {
        return contents.isEmpty() ? List.of() : rows.unused(contents);
    }

    @Override
    public InputStream open(ContentId content, long from, long length) {
        if (from < 0 || length < 0) {
            throw new IllegalArgumentException("before the beginning");
        }
        ContentRows.Row row = row(content);
        gates.forEach(gate -> gate.pass(content, row.member(), row.size()));
        return bytes(content, row, from, length);
    }

    @Override
    public InputStream openUnjudged(ContentId content) {
        return bytes(content, row(content), 0, Long.MAX_VALUE);
    }

    @Override
    public List<Used> used(ContentId after, int limit) {
        return rows.used(after, limit);
    }

    private InputStream bytes(ContentId content, ContentRows.Row row, long from, long length) {
        long start = Math.min(from, row.size());
        long end = start + Math.min(length, row.size() - start);
        if (row.sealed() != null) {
            byte[] opened = storage.openSmall(row, "content " + content);
            return new ByteArrayInputStream(opened, ContentKey.HEAD + (int) start, (int) (end - start));
        }
        return new Reading(storage, row.member(), rows.pieces(content, start, end), start, end);
    }

    @Override
    public Kept copy(ContentId content, MemberId to) {
        transaction(false);
        ContentRows.Row row = row(content);
        if (row.member().equals(to)) {
            if (!rows.touch(content)) {
                throw gone();
            }
            return new Kept(content, row.size(), row.sha256());
        }
        try (InputStream in = openUnjudged(content)) {
            Kept kept = new Writing(
                            storage,
                            to,
                            row.size(),
                            new Checksum(Checksum.Algorithm.SHA256, row.sha256().hex()))
                    .keep(in);
            gates.forEach(gate -> gate.copied(content, kept.id(), to, row.size()));
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget(MemberId member) {
        transaction(true);
        storage.keys().drop(member);
    }

    private ContentRows.Row row(ContentId content) {
        return rows.find(content).orElseThrow(() -> Refusal.notFound("storage.gone"));
    }

    /**
     * Keeping commits as it goes: the caller's transaction would stay open as long as a client takes to send, and hide from the collector what is kept meanwhile.
     * Counting goes with the caller's own row, or not at all.
     */
    private static void transaction(boolean needed) {
        if (TransactionSynchronizationManager.isActualTransactionActive() != needed) {
            throw new IllegalStateException(needed ? "Needs the caller's transaction" : "Not within a transaction");
        }
    }

    private static Refusal gone() {
        return Refusal.conflict("storage.gone");
    }
}
