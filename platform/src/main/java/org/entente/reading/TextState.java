package org.entente.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of a content is.
 *
 * @param reason why it was refused; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextState(State state, @Nullable Reason reason) {

    /** OFF: what files say is not read here. NOTHING: it has no words, as pictures have none. */
    public enum State {
        OFF,
        WAITING,
        READ,
        NOTHING,
        REFUSED
    }

    /** CLOSED: it has a password. BOMB: it unpacks to far more than it is. DIED: whatever reads it ends with it. WITHHELD: the antivirus says so. */
    public enum Reason {
        LARGE,
        BOMB,
        CLOSED,
        BROKEN,
        SLOW,
        MEMORY,
        DIED,
        WITHHELD
    }
}
