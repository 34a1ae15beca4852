package org.entente.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of what a search found.
 *
 * @param next to ask with for the next page; null at the end
 */
public record Found(List<Hit> hits, @Nullable String next, Texts texts) {

    public record Hit(FileNode node, By by) {}

    public enum By {
        NAME,
        TEXT
    }

    /** OFF: what files say is not searched here. BROAD: it took too long, so only names were searched. */
    public enum Texts {
        SEARCHED,
        OFF,
        BROAD
    }
}
