package org.entente.sources;

import java.util.List;
import org.entente.base.Fetch;

/**
 * One thing that looking at a member's server showed: what is right, what is doubtful, what is wrong and how to put it right.
 *
 * @param code key of the message catalogue, below {@code source.finding.}
 */
public record Finding(Level level, String code, List<Object> args) {

    public enum Level {
        RIGHT,
        DOUBTFUL,
        WRONG
    }

    public static Finding right(String code, Object... args) {
        return new Finding(Level.RIGHT, code, List.of(args));
    }

    public static Finding doubtful(String code, Object... args) {
        return new Finding(Level.DOUBTFUL, code, List.of(args));
    }

    public static Finding wrong(String code, Object... args) {
        return new Finding(Level.WRONG, code, List.of(args));
    }

    /** Why a server gave no usable answer. */
    public static Finding of(Fetch.Unanswered unanswered) {
        return wrong(unanswered.code(), unanswered.args().toArray());
    }
}
