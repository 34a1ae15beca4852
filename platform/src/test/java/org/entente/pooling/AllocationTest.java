package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final CostKey POPULATION = new CostKey.ByMeasure(Measure.POPULATION);

    @Property
    void sharesSumToTheTotalWhateverTheKey(
            @ForAll @LongRange(max = 100_000_000_000L) long cents,
            @ForAll("keys") CostKey key,
            @ForAll("members") List<Participant> members) {
        Allocation allocation = Allocation.of(new Money(cents), key, members, 365);

        assertThat(Money.sum(allocation.amounts().values())).isEqualTo(new Money(cents));
        assertThat(allocation.shares())
                .allSatisfy(share -> assertThat(share.amount().isNegative()).isFalse());
    }

    @Property
    void theOrderOfMembersDoesNotMatter(
            @ForAll @LongRange(max = 1_000_000_00L) long cents,
            @ForAll("keys") CostKey key,
            @ForAll("members") List<Participant> members,
            @ForAll Random random) {
        List<Participant> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, random);

        assertThat(Allocation.of(new Money(cents), key, shuffled, 365))
                .isEqualTo(Allocation.of(new Money(cents), key, members, 365));
    }

    @Property
    void aMemberOfWeightZeroChangesNothingForTheOthers(
            @ForAll @LongRange(max = 1_000_000_00L) long cents, @ForAll("members") List<Participant> members) {
        Participant weightless = new Participant(
                new MemberId(UUID.randomUUID()), 365, Map.of(Measure.POPULATION, 0L, Measure.AGENTS, 0L));
        List<Participant> more = new ArrayList<>(members);
        more.add(weightless);
        CostKey key = new CostKey.Mix(List.of(
                new CostKey.Part(new BigDecimal("70"), POPULATION),
                new CostKey.Part(new BigDecimal("30"), new CostKey.ByMeasure(Measure.AGENTS))));

        Map<MemberId, Money> with =
                Allocation.of(new Money(cents), key, more, 365).amounts();

        assertThat(with.get(weightless.member())).isEqualTo(Money.ZERO);
        assertThat(Allocation.of(new Money(cents), key, members, 365).amounts())
                .allSatisfy((m, a) -> assertThat(with.get(m)).isEqualTo(a));
    }

    @Property
    void nobodyIsBeyondTheCapByMoreThanACent(
            @ForAll @LongRange(max = 1_000_000_00L) long cents, @ForAll("members") List<Participant> members) {
        BigDecimal most = new BigDecimal(members.size() == 1 ? "100" : "60");

        Allocation capped = Allocation.of(new Money(cents), new CostKey.Capped(POPULATION, most), members, 365);

        BigDecimal bound =
                most.movePointLeft(2).multiply(BigDecimal.valueOf(cents)).add(BigDecimal.ONE);
        assertThat(capped.shares())
                .allSatisfy(
                        s -> assertThat(BigDecimal.valueOf(s.amount().cents())).isLessThanOrEqualTo(bound));
    }

    @Test
    void sharesByPopulationAreThoseOfTheCalculator() {
        // Given Vénissieux 66,701 inhabitants and Givors 20,616, a cost of 1,000.00 EUR
        Participant venissieux = town("00000000-0000-0000-0000-000000000001", 66_701, 365);
        Participant givors = town("00000000-0000-0000-0000-000000000002", 20_616, 365);

        Allocation allocation = Allocation.of(new Money(1_000_00), POPULATION, List.of(venissieux, givors), 365);

        // 66,701 / 87,317 = 0.763894…
        assertThat(allocation.amounts())
                .containsEntry(venissieux.member(), new Money(763_89))
                .containsEntry(givors.member(), new Money(236_11));
    }

    @Test
    void aMemberThatEntersMidYearPaysByDays() {
        Participant all = town("00000000-0000-0000-0000-000000000001", 10_000, 365);
        Participant half = town("00000000-0000-0000-0000-000000000002", 10_000, 73);

        Allocation allocation = Allocation.of(new Money(1200), POPULATION, List.of(all, half), 365);

        assertThat(allocation.amounts())
                .containsEntry(half.member(), new Money(200))
                .containsEntry(all.member(), new Money(1000));
    }

    @Test
    void aMinimumIsTakenOffTheOthersInProportion() {
        Participant big = town("00000000-0000-0000-0000-000000000001", 60_000, 365);
        Participant middle = town("00000000-0000-0000-0000-000000000002", 30_000, 365);
        Participant small = town("00000000-0000-0000-0000-000000000003", 100, 365);

        Allocation allocation = Allocation.of(
                new Money(100_000),
                new CostKey.AtLeast(POPULATION, new Money(10_000)),
                List.of(small, big, middle),
                365);

        assertThat(allocation.amounts())
                .containsEntry(small.member(), new Money(10_000))
                .containsEntry(big.member(), new Money(60_000))
                .containsEntry(middle.member(), new Money(30_000));
    }

    @Test
    void whatCannotBeSharedIsRefusedPlainly() {
        Participant a = town("00000000-0000-0000-0000-000000000001", 0, 365);
        Participant b = town("00000000-0000-0000-0000-000000000002", 0, 365);
        List<Participant> empty = List.of(a, b);

        assertRefused("pooling.basis.empty", () -> Allocation.of(new Money(1), POPULATION, empty, 365));
        assertRefused("pooling.total.negative", () -> Allocation.of(new Money(-1), new CostKey.Equal(), empty, 365));
        assertRefused("pooling.participants.none", () -> Allocation.of(new Money(1), POPULATION, List.of(), 365));
        assertRefused("pooling.participant.twice", () -> Allocation.of(new Money(1), POPULATION, List.of(a, a), 365));
        assertRefused(
                "pooling.cap.impossible",
                () -> Allocation.of(new Money(1), new CostKey.Capped(new CostKey.Equal(), BigDecimal.TEN), empty, 365));
        assertRefused(
                "pooling.minimum.impossible",
                () -> Allocation.of(new Money(1), new CostKey.AtLeast(new CostKey.Equal(), new Money(1)), empty, 365));
        assertRefused(
                "pooling.percents.not-hundred",
                () -> new CostKey.Mix(List.of(new CostKey.Part(BigDecimal.TEN, POPULATION))));
        assertRefused("money.out-of-range", () -> new Money(100_000_000_000_001L));
        assertRefused("money.not-cents", () -> Money.euros(new BigDecimal("0.001")));
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Participant town(String id, long population, int days) {
        return new Participant(
                MemberId.of(id), days, Map.of(Measure.POPULATION, population, Measure.AGENTS, population / 50));
    }

    @Provide
    Arbitrary<List<Participant>> members() {
        Arbitrary<Participant> one = Combinators.combine(
                        Arbitraries.create(UUID::randomUUID),
                        Arbitraries.longs().between(1, 2_000_000),
                        Arbitraries.longs().between(1, 20_000),
                        Arbitraries.integers().between(1, 365))
                .as((id, population, agents, days) -> new Participant(
                        new MemberId(id), days, Map.of(Measure.POPULATION, population, Measure.AGENTS, agents)));
        return one.list().ofMinSize(1).ofMaxSize(70);
    }

    @Provide
    Arbitrary<CostKey> keys() {
        CostKey tapered = new CostKey.Tapered(
                Measure.POPULATION,
                List.of(
                        new CostKey.Slice(10_000L, BigDecimal.ONE),
                        new CostKey.Slice(50_000L, new BigDecimal("0.8")),
                        new CostKey.Slice(null, new BigDecimal("0.55"))));
        CostKey mix = new CostKey.Mix(List.of(
                new CostKey.Part(new BigDecimal("33.33"), POPULATION),
                new CostKey.Part(new BigDecimal("41.67"), new CostKey.ByMeasure(Measure.AGENTS)),
                new CostKey.Part(new BigDecimal("25"), new CostKey.Equal())));
        return Arbitraries.of(
                POPULATION,
                tapered,
                mix,
                new CostKey.Equal(),
                new CostKey.Capped(mix, new BigDecimal("100")),
                new CostKey.AtLeast(tapered, Money.ZERO));
    }
}
