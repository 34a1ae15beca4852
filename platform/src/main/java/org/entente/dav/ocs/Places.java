package org.entente.dav.ocs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.files.FileNode;
import org.entente.files.Visitor;

/** Where a visitor's programs find files: the paths of the tree that they synchronise. */
public interface Places {

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown}, also for the folders at the top that are nobody's */
    FileNode at(Visitor visitor, String path);

    /** With a slash at its beginning; empty when nothing in the tree leads there. */
    Optional<String> of(Visitor visitor, FileNode node);

    /** The same of many, in their order, without those to which nothing leads. */
    Map<FileNode, String> of(Visitor visitor, List<FileNode> nodes);

    /** Where the portal shows it, to whoever is signed in there and may see it. */
    static String page(FileNode node) {
        return (node.folder() ? "/files/" : "/files/about/") + node.id();
    }
}
