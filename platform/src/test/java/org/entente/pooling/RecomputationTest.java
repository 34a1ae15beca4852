package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.entente.directory.MemberId;
import tools.jackson.databind.json.JsonMapper;

/** What a call is computed from is kept as JSON: read back, in whatever order, it says the same to the cent. */
class RecomputationTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Property(tries = 200)
    void frozenInputsSayTheSameYearsLater(
            @ForAll @Size(min = 1, max = 70) List<@IntRange(min = 1, max = 2_000_000) Integer> populations,
            @ForAll @LongRange(max = 100_000_000_000_000L) long cents,
            @ForAll long seed) {
        List<Participant> participants = new ArrayList<>();
        for (int i = 0; i < populations.size(); i++) {
            participants.add(new Participant(
                    new MemberId(new UUID(i, i)), 1 + i * 5, Map.of(Measure.POPULATION, (long) populations.get(i))));
        }
        CostKey key = new CostKey.Mix(List.of(
                new CostKey.Part(new BigDecimal("33.4"), new CostKey.ByMeasure(Measure.POPULATION)),
                new CostKey.Part(
                        new BigDecimal("66.6"),
                        new CostKey.Tapered(
                                Measure.POPULATION,
                                List.of(
                                        new CostKey.Slice(10_000L, BigDecimal.ONE),
                                        new CostKey.Slice(null, new BigDecimal("0.35")))))));
        CallInputs then = inputs(cents, key, participants);

        CallInputs read = JSON.readValue(JSON.writeValueAsString(then), CallInputs.class);
        List<Participant> shuffled = new ArrayList<>(read.lines().getFirst().participants());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(read.contributions()).isEqualTo(then.contributions());
        assertThat(inputs(cents, key, shuffled).contributions()).isEqualTo(then.contributions());
        assertThat(Money.sum(then.contributions().values())).isEqualTo(new Money(cents));
    }

    private static CallInputs inputs(long cents, CostKey key, List<Participant> participants) {
        return new CallInputs(
                2027,
                LocalDate.of(2027, 1, 15),
                List.of(new CallInputs.Line("Socle", "C-1", new Money(cents), Money.ZERO, "Mixte", key, participants)));
    }
}
