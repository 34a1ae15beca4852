package org.entente.files;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a folder ended, as the browser hands it back: the place itself and not the file that stood there, so that the next page is right
 * even when that file has been renamed or thrown away meanwhile. Whoever writes one of their own reads another part of a folder they may read anyway.
 */
final class Cursor {

    private Cursor() {}

    static String after(FileNode last) {
        String text = (last.folder() ? "d" : "f") + last.id() + last.name();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return what {@link Files#children} wants to know of the last one: its kind, name and id */
    static @Nullable FileNode read(@Nullable String cursor, FileNode folder) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            UUID id = UUID.fromString(text.substring(1, 37));
            return new FileNode(
                    new NodeId(id),
                    folder.space(),
                    folder.id(),
                    text.substring(37),
                    text.charAt(0) == 'd',
                    0,
                    null,
                    null,
                    null,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    new AffiliationId(id),
                    "",
                    folder.role());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Refusal.invalidField("after", "file.cursor");
        }
    }
}
