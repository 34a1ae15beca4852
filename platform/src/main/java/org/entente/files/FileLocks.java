package org.entente.files;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Locks of files and folders (RFC 4918, 6 and 7). Writing where somebody else holds one is refused with CONFLICT {@code file.locked}. */
public interface FileLocks {

    /** @throws org.entente.base.Refusal CONFLICT {@code file.locked} when another lock does not allow it; FORBIDDEN without the right to edit */
    FileLock lock(Visitor visitor, NodeId node, boolean exclusive, boolean deep, String owner, Duration lasting);

    /** @throws org.entente.base.Refusal CONFLICT {@code file.not-locked} when there is no such lock on this node or above it */
    FileLock refresh(Visitor visitor, NodeId node, UUID token, Duration lasting);

    /** Gives it back: its holder, or who manages the space. @throws org.entente.base.Refusal CONFLICT {@code file.not-locked} */
    void unlock(Visitor visitor, NodeId node, UUID token);

    /** Those that hold for this node now, its own and those of folders above it. */
    List<FileLock> on(Visitor visitor, NodeId node);

    /** As {@link #on}, for many at once: only those on which there are some. */
    Map<NodeId, List<FileLock>> of(Visitor visitor, Collection<NodeId> nodes);
}
