package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that open a file or folder to people without an account. A link acts for the capacity that made it: it ends with that capacity, and with its right
 * to manage what it opens. Every access is in the ledger.
 */
public interface FileLinks {

    /**
     * @param number its number among shares and links, for programs that know it by one
     * @param upload to put files into a folder, without seeing what is there
     * @param downloads how many files may be fetched with it in all; null for any number
     * @param used how many were
     * @param maker the capacity in whose name it opens
     * @param bound of what may be put; null where nothing may
     * @param filesPut how many were put @param bytesPut how many in them
     * @param inForce false when its time, its number or its maker's right is over
     */
    record Link(
            UUID id,
            long number,
            NodeId node,
            boolean upload,
            boolean password,
            @Nullable Instant until,
            @Nullable Integer downloads,
            int used,
            @Nullable Bound bound,
            int filesPut,
            long bytesPut,
            String by,
            UUID maker,
            Instant madeAt,
            boolean inForce) {}

    /**
     * How much may be put with a link in all.
     *
     * @param files how many, from 1 to {@link #MOST_FILES}
     * @param bytes from 1 to {@link #MOST_BYTES}
     */
    record Bound(int files, long bytes) {
        public static final int MOST_FILES = 10_000;
        public static final long MOST_BYTES = 1_000_000_000_000L;

        /** For whoever says nothing. */
        public static final Bound USUAL = new Bound(200, 2_000_000_000L);

        public Bound {
            if (files < 1 || files > MOST_FILES || bytes < 1 || bytes > MOST_BYTES) {
                throw Refusal.invalidField("bound", "file.link.bound", MOST_FILES, MOST_BYTES / 1_000_000_000L);
            }
        }
    }

    /** @param path of the address, told this once */
    record Made(Link link, String path) {}

    /**
     * @param password what its visitors must know; null for none
     * @param until null for no end
     * @param bound of what may be put; null for the usual
     * @throws Refusal INVALID {@code file.link.upload}, {@code file.link.password}, {@code file.share.past}, {@code file.link.downloads}
     */
    Made make(
            Visitor visitor,
            NodeId node,
            boolean upload,
            @Nullable String password,
            @Nullable Instant until,
            @Nullable Integer downloads,
            @Nullable Bound bound);

    /** To who manages the node. */
    List<Link> of(Visitor visitor, NodeId node);

    /** Those in this visitor's name, of nodes that they still manage. */
    List<Link> made(Visitor visitor);

    /** The link of this number, to who manages what it opens. */
    Optional<Link> numbered(Visitor visitor, long number);

    /**
     * Gives a link other conditions; its address remains.
     *
     * @param password null for the one it has, empty for none
     * @param until null for no end
     * @throws org.entente.base.Refusal as {@link #make}
     */
    Link change(
            Visitor visitor,
            NodeId node,
            UUID link,
            boolean upload,
            @Nullable String password,
            @Nullable Instant until);

    /** Goes on in this visitor's name, when its maker's capacity is over. */
    Link takeOver(Visitor visitor, NodeId node, UUID link);

    void end(Visitor visitor, NodeId node, UUID link);
}
