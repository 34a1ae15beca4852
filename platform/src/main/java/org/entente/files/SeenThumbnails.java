package org.entente.files;

import java.util.Optional;
import org.entente.reading.Thumbnails;
import org.entente.reading.Written;
import org.springframework.stereotype.Component;

@Component
class SeenThumbnails implements FileThumbnails {

    private final Sight sight;
    private final Writer writer;
    private final Thumbnails thumbnails;

    SeenThumbnails(Sight sight, Writer writer, Thumbnails thumbnails) {
        this.sight = sight;
        this.writer = writer;
        this.thumbnails = thumbnails;
    }

    @Override
    public Optional<byte[]> of(Visitor visitor, NodeId file, int side) {
        Rows.Seen seen = sight.seen(visitor, file);
        FileNode node = seen.node();
        if (seen.content() == null || !FileThumbnails.has(node)) {
            return Optional.empty();
        }
        Written written = new Written(seen.content(), String.valueOf(node.mediaType()), node.size());
        return thumbnails.of(writer.member(node.space()), written, node.name(), side);
    }
}
