package org.entente.dav.ocs;

import java.util.Optional;
import org.entente.files.FileNode;
import org.entente.files.Visitor;

/** Where a visitor's programs find files: the paths of the tree that they synchronise. */
public interface Places {

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown}, also for the folders at the top that are nobody's */
    FileNode at(Visitor visitor, String path);

    /** With a slash at its beginning; empty when nothing in the tree leads there. */
    Optional<String> of(Visitor visitor, FileNode node);
}
