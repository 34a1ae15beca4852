package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who else may see and change files, and why. Only who manages a node says who else may; every share is in the ledger. */
public interface FileSharing {

    /**
     * One reason why somebody sees a node.
     *
     * @param share its id; given back to {@link #end}
     * @param number its number among shares and links, for programs that know it by one
     * @param name of whom it is to
     * @param detail what tells them apart: the function and the authority of a person, the authority of a unit; empty for a member
     * @param at where it was given: the node itself, or a folder above it
     * @param atName how that is called; empty for the root of a space
     * @param ofTheSpace whether it comes with the space, and is not given by anyone
     * @param by who gave it; null with {@code ofTheSpace}
     * @param giver in which capacity; null with {@code ofTheSpace}
     * @param madeAt when
     * @param until when it ends; null for never
     * @param inForce whether it opens something at this moment: false when the capacity it is to is over, or gives no right to files
     */
    record Access(
            UUID share,
            long number,
            Grantee to,
            String name,
            String detail,
            SpaceRole role,
            NodeId at,
            String atName,
            boolean ofTheSpace,
            @Nullable String by,
            @Nullable UUID giver,
            Instant madeAt,
            @Nullable Instant until,
            boolean inForce) {}

    /** Everyone who sees a node, the highest role first, to whoever sees it. */
    List<Access> access(Visitor visitor, NodeId node);

    /**
     * Gives a role, or another one than before.
     *
     * @param until null for no end
     * @throws org.entente.base.Refusal INVALID {@code file.share.unknown}, {@code file.share.no-files}, {@code file.share.past}; CONFLICT {@code file.share.own} for
     *     what comes with the space
     */
    void share(Visitor visitor, NodeId node, Grantee to, SpaceRole role, @Nullable Instant until);

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.share.gone}; CONFLICT {@code file.share.own} */
    void end(Visitor visitor, NodeId node, UUID share);

    /** Opens a space of several by a name; who opens it manages it, and their member keeps it. */
    FileSpace open(Visitor visitor, String name);

    /** Calls a space of several otherwise. */
    FileSpace rename(Visitor visitor, SpaceId space, String name);

    /** What this visitor shared, of all their spaces. */
    List<Given> given(Visitor visitor);

    /** The share of this number, if this visitor sees what it is of. */
    Optional<Given> numbered(Visitor visitor, long number);

    /** @param node as this visitor sees it */
    record Given(FileNode node, Access access) {}
}
