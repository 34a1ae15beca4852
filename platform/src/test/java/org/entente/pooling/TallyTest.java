package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How a ballot is counted. */
class TallyTest {

    @Test
    void aTieIsNotAMajority() {
        assertThat(count(10, 10, 0, "simple").adopted()).isFalse();
        assertThat(count(10, 9, 5, "simple").adopted()).isTrue();
        assertThat(count(10, 9, 5, "absolute").adopted()).isFalse();
        assertThat(count(20, 10, 0, "two-thirds").adopted()).isTrue();
        assertThat(count(19, 10, 0, "two-thirds").adopted()).isFalse();
    }

    @Test
    void withoutQuorumOrWithoutAnyVoteNothingIsAdopted() {
        assertThat(Tally.count(10, 0, 0, 2, 5, 50, "simple", List.of()).adopted())
                .isFalse();
        assertThat(Tally.count(10, 0, 0, 3, 5, 50, "simple", List.of()).adopted())
                .isTrue();
        assertThat(Tally.count(0, 0, 0, 0, 5, 0, "two-thirds", List.of()).adopted())
                .isFalse();
    }

    @Property
    void oneMoreVoteForNeverTurnsAnAdoptionIntoARejection(
            @ForAll @IntRange(max = 1000) int yes,
            @ForAll @IntRange(max = 1000) int no,
            @ForAll @IntRange(max = 1000) int abstain) {
        for (String majority : List.of("simple", "absolute", "two-thirds")) {
            if (count(yes, no, abstain, majority).adopted()) {
                assertThat(count(yes + 1, no, abstain, majority).adopted()).isTrue();
            }
        }
    }

    private static Tally count(int yes, int no, int abstain, String majority) {
        return Tally.count(yes, no, abstain, 5, 5, 50, majority, List.of());
    }
}
