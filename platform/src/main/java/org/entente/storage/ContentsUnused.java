package org.entente.storage;

import java.util.List;

/**
 * Nobody refers to these contents any more: told in the transaction of whoever released them, so that what was made of them goes with them. They are
 * collected later; one that is referred to again before is not told of.
 */
public record ContentsUnused(List<ContentId> contents) {

    public ContentsUnused {
        contents = List.copyOf(contents);
    }
}
