package org.entente.pooling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ballot counted.
 *
 * @param yes weights for it; {@code for} in JSON
 * @param votes who voted what, of an open ballot; empty for a secret one
 */
record Tally(
        @com.fasterxml.jackson.annotation.JsonProperty("for")
        long yes,

        @com.fasterxml.jackson.annotation.JsonProperty("against")
        long no,

        long abstain,
        int seatsVoted,
        int seats,
        boolean quorumReached,
        boolean adopted,
        List<Vote> votes) {

    record Vote(
            String member,
            String choice,
            int weight,
            String by,
            @Nullable String proxyOf) {}

    Tally {
        votes = List.copyOf(votes);
    }

    /** Counts by the rules: the quorum is a part of the seats, the majority one of weights. */
    static Tally count(
            long yes,
            long no,
            long abstain,
            int seatsVoted,
            int seats,
            int quorumPercent,
            String majority,
            List<Vote> votes) {
        boolean quorum = seatsVoted > 0 && seatsVoted * 100L >= (long) quorumPercent * seats;
        long cast = yes + no + abstain;
        boolean won = switch (majority) {
            case "simple" -> yes > no;
            case "absolute" -> 2 * yes > cast;
            case "two-thirds" -> cast > 0 && 3 * yes >= 2 * cast;
            default -> throw new IllegalArgumentException(majority);
        };
        return new Tally(yes, no, abstain, seatsVoted, seats, quorum, quorum && won, votes);
    }
}
