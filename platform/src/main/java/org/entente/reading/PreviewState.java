package org.entente.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far the PDF of a document is.
 *
 * @param reason why it was refused; null otherwise
 * @param size of the PDF in bytes; null unless it is made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewState(
        State state, @Nullable Reason reason, @Nullable Long size) {

    /** OFF: nothing that could make it is installed here, or it is turned off. NONE: it is no such document. */
    public enum State {
        OFF,
        NONE,
        WAITING,
        MADE,
        REFUSED
    }

    /** BROKEN: or it has a password. DIED: whatever makes it ends with it. */
    public enum Reason {
        LARGE,
        BROKEN,
        SLOW,
        DIED,
        WITHHELD
    }

    static PreviewState plain(State state) {
        return new PreviewState(state, null, null);
    }
}
