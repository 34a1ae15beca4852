package org.entente.files;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.reading.Thumbnails;
import org.entente.reading.Written;
import org.springframework.stereotype.Component;

@Component
class SeenThumbnails implements FileThumbnails {

    /** One's own at a time: a program that asks for a hundred keeps nobody else from theirs. */
    private static final int AT_ONCE = 4;

    private final Sight sight;
    private final Thumbnails thumbnails;
    private final ConcurrentMap<AffiliationId, Integer> asking = new ConcurrentHashMap<>();

    SeenThumbnails(Sight sight, Thumbnails thumbnails) {
        this.sight = sight;
        this.thumbnails = thumbnails;
    }

    @Override
    public Optional<byte[]> of(Visitor visitor, NodeId file, int side) {
        Rows.Seen seen = sight.seen(visitor, file);
        FileNode node = seen.node();
        if (seen.content() == null || !FileThumbnails.has(node)) {
            return Optional.empty();
        }
        if (asking.merge(visitor.capacity(), 1, Integer::sum) > AT_ONCE) {
            leave(visitor);
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "preview.busy");
        }
        try {
            Written written = new Written(seen.content(), String.valueOf(node.mediaType()), node.size());
            return thumbnails.of(written, node.name(), side);
        } finally {
            leave(visitor);
        }
    }

    private void leave(Visitor visitor) {
        asking.computeIfPresent(visitor.capacity(), (who, some) -> some > 1 ? some - 1 : null);
    }
}
