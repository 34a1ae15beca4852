package org.entente.files;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a visitor marked in the capacity in which they come, to find it again. Nobody else sees it. */
public interface FileFavourites {

    /** Those of these that are marked. */
    Set<NodeId> among(Visitor visitor, Collection<NodeId> nodes);

    /**
     * Marks, or takes the mark away; both as often as one likes.
     *
     * @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown}; TOO_MANY {@code file.favourite.many}
     */
    void mark(Visitor visitor, NodeId node, boolean favourite);

    /** All that is marked and that this visitor sees now, folders first, then by name. */
    List<FileNode> all(Visitor visitor);
}
