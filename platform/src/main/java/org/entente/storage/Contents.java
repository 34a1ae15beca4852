package org.entente.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes, and gives them back as they were or not at all.
 *
 * <p>A room first keeps ({@link #keep}, outside of any transaction), then writes its own row and refers to the content in one transaction
 * ({@link #refer}). Until then the content shows nowhere; what is not referred to within a day is collected. What a room refers to no more it
 * {@linkplain #release releases} in the transaction that changes its row.
 *
 * <p>Refusals: {@code UNAVAILABLE storage.down} when the object store or the database does not answer.
 */
public interface Contents {

    /**
     * Reads {@code in} to its end and keeps it for the member; durable when this returns. Does not close {@code in}. To be called outside of a transaction.
     *
     * @param most bytes that are accepted; one more is refused as {@code TOO_LARGE storage.too-large}
     * @param expected what the bytes must sum up to; otherwise {@code INVALID storage.checksum}
     * @throws IOException what reading {@code in} throws: nothing is kept then
     */
    Kept keep(MemberId member, InputStream in, long most, @Nullable Checksum expected) throws IOException;

    default Kept keep(MemberId member, InputStream in, long most) throws IOException {
        return keep(member, in, most, null);
    }

    /** As {@link #keep}, of several at once; in their order. */
    List<Kept> keep(MemberId member, List<Small> all);

    /**
     * Makes one content of several of the same member, one after the other, without storing any byte again: for uploads that come in parts. To be called outside
     * of a transaction. The parts stay what they are, for whoever refers to them.
     *
     * @param expected as for {@link #keep}
     */
    Kept join(MemberId member, List<ContentId> parts, @Nullable Checksum expected);

    /**
     * Says, in the caller's transaction, that each content is in use once more; one that is listed twice is in use twice more.
     *
     * @throws org.entente.base.Refusal {@code CONFLICT storage.gone} when one of them was collected meanwhile: keep it again
     */
    void refer(Collection<ContentId> contents);

    default void refer(ContentId content) {
        refer(List.of(content));
    }

    /** Says, in the caller's transaction, that each content is in use once less, as often as it is listed. Who made something of it hears {@link ContentsUnused}. */
    void release(Collection<ContentId> contents);

    default void release(ContentId content) {
        release(List.of(content));
    }

    /** Those of these that nobody refers to: for whoever made something of contents, and may have missed {@link ContentsUnused}. */
    List<ContentId> unused(Collection<ContentId> contents);

    /**
     * The bytes from {@code from} on, {@code length} of them or as many as there are; each chunk is verified by its hash before one byte of it is given. Close it.
     *
     * <p>A chunk that is lost or was changed is {@code UNAVAILABLE storage.damaged}: from this call when it is the first, from {@code read} later on. Whoever
     * has sent bytes to a client by then must break the connection off, so that the client does not take the part for the whole.
     *
     * @throws org.entente.base.Refusal {@code NOT_FOUND storage.gone} when there is no such content; whatever a {@link ContentGate} refuses
     */
    InputStream open(ContentId content, long from, long length);

    /**
     * All of it, whatever the {@linkplain ContentGate gates} say: for whoever judges it, or makes another content of it that is judged in its turn. Never to be served.
     */
    InputStream openUnjudged(ContentId content);

    /** Contents that somebody refers to, in the order of their ids: the next after this one. */
    List<Used> used(ContentId after, int limit);

    /** @param size in bytes */
    record Used(ContentId id, MemberId member, long size) {}

    /** All of it. */
    default InputStream open(ContentId content) {
        return open(content, 0, Long.MAX_VALUE);
    }

    /**
     * Keeps the same bytes for another member, under that member's key: for files that pass from one to the other. To be called outside of a transaction; the copy
     * is to be referred to as any other content. For the member that has it already it is the content itself.
     */
    Kept copy(ContentId content, MemberId to);

    /**
     * Drops the member's keys, in the caller's transaction: whatever it kept is unreadable for good, wherever copies of the objects are, and it keeps nothing again.
     * What nobody refers to any more is then collected as ever. Other nodes forget within five minutes; backups of the database have the keys as long as they last.
     */
    void forget(MemberId member);
}
