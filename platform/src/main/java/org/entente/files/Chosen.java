package org.entente.files;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files by what they are, whatever they are called.
 *
 * @param types media types, or beginnings of them that end with {@code /}; none for any
 * @param from modified then or later; null for ever
 * @param until modified before; null for ever
 * @param within folders and files, and what is beneath them; null for everywhere
 * @param deep whether what is in their folders counts too
 * @param skip so many of the last modified are left out
 */
public record Chosen(
        List<String> types,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Collection<NodeId> within,
        boolean deep,
        int skip,
        int limit) {

    public Chosen {
        types = List.copyOf(types);
        within = within == null ? null : List.copyOf(within);
    }
}
