package org.entente.scanning;

import org.jspecify.annotations.Nullable;

/**
 * What the antivirus says of a content.
 *
 * @param virus its name, as the antivirus says it; null unless one was found
 */
public record Verdict(State state, @Nullable String virus) {

    /**
     * LARGE: it has more bytes than the antivirus takes. FAILED: the antivirus came to no end with it. RELEASED: something was found, and an administrator says that it is
     * no virus.
     */
    public enum State {
        WAITING,
        CLEAN,
        FOUND,
        LARGE,
        FAILED,
        RELEASED
    }
}
