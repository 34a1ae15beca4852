package org.entente.files;

import java.util.Optional;
import org.entente.reading.Thumbnails;

/** Small pictures of files, for whoever may open them. */
public interface FileThumbnails {

    /**
     * A JPEG that is no wider and no higher than that, of what the file holds now; empty when none can be made.
     *
     * @param side in pixels
     * @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown}; UNAVAILABLE {@code preview.busy}; whatever keeps the file itself from being served
     */
    Optional<byte[]> of(Visitor visitor, NodeId file, int side);

    /** Whether there may be one. */
    static boolean has(FileNode node) {
        return !node.folder() && node.size() > 0 && Thumbnails.knows(node.name(), node.mediaType());
    }
}
