package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
            String by,
            UUID maker,
            Instant madeAt,
            boolean inForce) {}

    /** @param path of the address, told this once */
    record Made(Link link, String path) {}

    /**
     * @param password what its visitors must know; null for none
     * @param until null for no end
     * @throws org.entente.base.Refusal INVALID {@code file.link.upload}, {@code file.link.password}, {@code file.share.past}, {@code file.link.downloads}
     */
    Made make(
            Visitor visitor,
            NodeId node,
            boolean upload,
            @Nullable String password,
            @Nullable Instant until,
            @Nullable Integer downloads);

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
