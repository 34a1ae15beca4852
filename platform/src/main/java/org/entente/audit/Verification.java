package org.entente.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of the whole ledger found.
 *
 * @param ledger which ledger
 * @param sealed the last position of the chain
 * @param waiting entries that are written but not sealed yet
 * @param anchors heads kept outside the database that the chain was compared with
 * @param lastAnchorAt when the last of them was made
 * @param findings what is wrong, in the order of the chain; at most {@link #MOST_FINDINGS}
 * @param found how many findings there are in all
 */
public record Verification(
        UUID ledger,
        long sealed,
        long waiting,
        int anchors,
        @Nullable Instant lastAnchorAt,
        List<Finding> findings,
        long found,
        Duration took) {

    /** Further findings are counted only. */
    public static final int MOST_FINDINGS = 100;

    public boolean intact() {
        return found == 0;
    }

    /**
     * One thing that is wrong.
     *
     * @param position where in the chain, when it can be said
     * @param code key of its text: {@code ledger.finding.<code>}
     * @param args for that text
     */
    public record Finding(@Nullable Long position, String code, List<Object> args) {}
}
