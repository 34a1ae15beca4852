package org.entente.reading;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Small pictures of what files show: of pictures, of the first page of PDF, and of office documents where {@link Previews} are made. Made by the program that
 * reads documents, walled off as it is, and kept in memory for a while. Whoever asks has seen to their right to the document.
 */
public interface Thumbnails {

    /** The sides that there are, in pixels: what is asked for is rounded up to one of them. */
    Set<Integer> SIDES = Set.of(64, 128, 256, 512, 1024);

    Set<String> KINDS = Set.of("image/jpeg", "image/png", "image/gif", "image/bmp", "application/pdf");

    /**
     * A JPEG that is no wider and no higher than that.
     *
     * @param name of the file: its ending tells office documents
     * @param side at least 1; more than the largest of {@link #SIDES} is that
     * @return empty when none can be made of it, for whatever reason
     * @throws org.entente.base.Refusal {@code UNAVAILABLE preview.busy} when too many are asked for at this moment; whatever keeps the document itself from being served
     */
    Optional<byte[]> of(Written document, String name, int side);

    /** Whether a file like this can have one. */
    static boolean knows(String name, @Nullable String mediaType) {
        return Previews.knows(name)
                || mediaType != null
                        && KINDS.contains(mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
