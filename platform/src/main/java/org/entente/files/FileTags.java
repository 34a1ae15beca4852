package org.entente.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The words by which files are sorted, for programs that show them. */
public interface FileTags {

    /** Of nodes that were seen; those without any are not told. */
    Map<NodeId, List<String>> names(Collection<NodeId> nodes);
}
