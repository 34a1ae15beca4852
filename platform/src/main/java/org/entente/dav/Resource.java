package org.entente.dav;

import java.time.Instant;
import java.util.List;
import org.entente.files.FileNode;
import org.entente.files.FileSpace;
import org.entente.files.SpaceRole;
import org.jspecify.annotations.Nullable;

/**
 * What is at an address: one of the two folders that we make up, the topmost folder of a space, or a file or folder in one.
 *
 * @param path the names from the top down to it, as this visitor has them
 * @param space only of the topmost folder of a space
 * @param node null for what we make up
 * @param etag without quotes; another one whenever something changes here or beneath
 */
record Resource(
        Kind kind,
        List<String> path,
        @Nullable FileSpace space,
        @Nullable FileNode node,
        String etag,
        @Nullable Instant changedAt) {

    enum Kind {
        /** Lists the spaces. */
        TOP,
        /** Lists what others shared. */
        SHARED,
        /** A space's topmost folder, or a file or folder that was shared: its name here is not the visitor's to change. */
        ENTRY,
        INSIDE
    }

    static Resource inside(List<String> path, FileNode node) {
        return new Resource(Kind.INSIDE, path, null, node, node.etag(), node.changedAt());
    }

    boolean folder() {
        return node == null || node.folder();
    }

    String name() {
        return path.isEmpty() ? "" : path.getLast();
    }

    /** Whether the visitor may change it and, of a folder, what is in it. */
    boolean editable() {
        return node != null && node.role().allows(SpaceRole.EDIT);
    }

    /** Whether it may be renamed, moved and thrown away. */
    boolean movable() {
        return kind == Kind.INSIDE && editable();
    }

    /** In the headers. */
    String quotedEtag() {
        return '"' + etag + '"';
    }

    /** The node; refused for what we make up. */
    FileNode real() {
        if (node == null) {
            throw DavError.condition(403, "cannot-modify-protected-property", "dav.top");
        }
        return node;
    }
}
