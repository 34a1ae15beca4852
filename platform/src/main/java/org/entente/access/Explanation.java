package org.entente.access;

import java.util.List;
import org.entente.catalog.Words;
import org.jspecify.annotations.Nullable;

/**
 * Why a capacity has a service, or has not.
 *
 * @param role the role given; the first of them when there are several
 * @param steps what was looked at, in order; the first that is not ok is the reason for a no
 */
public record Explanation(
        String service, Words name, boolean given, @Nullable String role, List<Step> steps) {

    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One thing that was looked at.
     *
     * @param rule its code: {@code affiliation, kind, invitation, everyone, subscription, population, needs}
     * @param text in the reader's language
     */
    public record Step(boolean ok, String rule, String text) {}
}
