package org.entente.pooling;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.numbers.fraction.BigFraction;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.pooling.Allocation.Reason;
import org.entente.pooling.Allocation.Share;

/**
 * Computes one allocation with exact fractions; rounding to cents happens once, at the end, by largest remainder. Members are
 * kept in the order of their ids, so the order in which they are given changes nothing.
 */
final class Sharing {

    private static final Comparator<MemberId> BY_ID = Comparator.comparing(MemberId::toString);

    private final Map<MemberId, Participant> participants = new TreeMap<>(BY_ID);
    private final int daysInYear;

    Sharing(List<Participant> participants, int daysInYear) {
        this.daysInYear = daysInYear;
        for (Participant participant : participants) {
            if (this.participants.put(participant.member(), participant) != null) {
                throw Refusal.invalid("pooling.participant.twice", participant.member());
            }
            if (participant.days() > daysInYear) {
                throw Refusal.invalid("pooling.days.invalid", participant.days());
            }
        }
        if (this.participants.isEmpty()) {
            throw Refusal.invalid("pooling.participants.none");
        }
    }

    Allocation share(Money total, CostKey key) {
        if (total.isNegative()) {
            throw Refusal.invalid("pooling.total.negative");
        }
        return round(total, exact(BigFraction.of(total.cents()), key));
    }

    /** What each member owes of {@code total} cents, exactly. */
    private Map<MemberId, Owed> exact(BigFraction total, CostKey key) {
        return switch (key) {
            case CostKey.ByMeasure(Measure measure) ->
                weighted(total, measure.code(), p -> BigFraction.of(p.figure(measure)));
            case CostKey.Tapered tapered -> weighted(total, tapered.measure().code(), p -> taper(tapered, p));
            case CostKey.Equal() -> weighted(total, "equal", p -> BigFraction.ONE);
            case CostKey.Fixed fixed -> fixed(total, fixed);
            case CostKey.Mix(List<CostKey.Part> parts) -> mix(total, parts);
            case CostKey.Capped(CostKey of, BigDecimal most) -> capped(total, exact(total, of), most);
            case CostKey.AtLeast(CostKey of, Money minimum) -> atLeast(total, exact(total, of), minimum);
        };
    }

    private Map<MemberId, Owed> weighted(BigFraction total, String basis, Function<Participant, BigFraction> weight) {
        Map<MemberId, BigFraction> weights = new TreeMap<>(BY_ID);
        participants.forEach((member, p) -> weights.put(member, weight.apply(p).multiply(presence(p))));
        BigFraction sum = sum(weights.values());
        if (sum.signum() == 0) {
            throw Refusal.invalid("pooling.basis.empty", basis);
        }
        Map<MemberId, Owed> owed = new TreeMap<>(BY_ID);
        weights.forEach((member, w) -> owed.put(
                member,
                new Owed(total.multiply(w).divide(sum))
                        .because(
                                "weight",
                                Map.of(
                                        "basis", basis,
                                        "weight", text(w),
                                        "sum", text(sum),
                                        "of", text(total),
                                        "days",
                                                Integer.toString(
                                                        participant(member).days())))));
        return owed;
    }

    private Map<MemberId, Owed> fixed(BigFraction total, CostKey.Fixed fixed) {
        for (MemberId named : fixed.percents().keySet()) {
            if (!participants.containsKey(named)) {
                throw Refusal.invalid("pooling.fixed.stranger", named);
            }
        }
        return weighted(total, "fixed", p -> fraction(fixed.percents().getOrDefault(p.member(), BigDecimal.ZERO)));
    }

    private Map<MemberId, Owed> mix(BigFraction total, List<CostKey.Part> parts) {
        Map<MemberId, Owed> owed = new TreeMap<>(BY_ID);
        participants.keySet().forEach(member -> owed.put(member, new Owed(BigFraction.ZERO)));
        for (CostKey.Part part : parts) {
            if (part.percent().signum() > 0) {
                exact(total.multiply(percent(part.percent())), part.by())
                        .forEach((member, more) -> owed.merge(member, more, Owed::plus));
            }
        }
        return owed;
    }

    private Map<MemberId, Owed> capped(BigFraction total, Map<MemberId, Owed> uncapped, BigDecimal mostPercent) {
        BigFraction most = total.multiply(percent(mostPercent));
        if (most.multiply(participants.size()).compareTo(total) < 0) {
            throw Refusal.invalid("pooling.cap.impossible", mostPercent, participants.size());
        }
        return bounded(total, uncapped, member -> most, (amount, bound) -> amount.compareTo(bound) > 0, "capped");
    }

    private Map<MemberId, Owed> atLeast(BigFraction total, Map<MemberId, Owed> free, Money minimum) {
        Function<MemberId, BigFraction> least =
                member -> presence(participant(member)).multiply(BigFraction.of(minimum.cents()));
        BigFraction together = sum(participants.keySet().stream().map(least).toList());
        if (together.compareTo(total) > 0) {
            throw Refusal.invalid("pooling.minimum.impossible", minimum.inEuros(), participants.size());
        }
        return bounded(total, free, least, (amount, bound) -> amount.compareTo(bound) < 0, "at-least");
    }

    private interface Beyond {
        boolean test(BigFraction amount, BigFraction bound);
    }

    /** Holds members at their bound and shares the rest among the others in proportion, until nobody is beyond. */
    private Map<MemberId, Owed> bounded(
            BigFraction total,
            Map<MemberId, Owed> before,
            Function<MemberId, BigFraction> bound,
            Beyond beyond,
            String rule) {
        Set<MemberId> held = new HashSet<>();
        Map<MemberId, BigFraction> amounts = new TreeMap<>(BY_ID);
        before.forEach((member, owed) -> amounts.put(member, owed.amount()));
        while (true) {
            List<MemberId> out = amounts.keySet().stream()
                    .filter(m -> !held.contains(m) && beyond.test(amount(amounts, m), bound.apply(m)))
                    .toList();
            if (out.isEmpty()) {
                break;
            }
            held.addAll(out);
            held.forEach(member -> amounts.put(member, bound.apply(member)));
            BigFraction rest = total.subtract(sum(held.stream().map(bound).toList()));
            List<MemberId> others =
                    amounts.keySet().stream().filter(m -> !held.contains(m)).toList();
            BigFraction base =
                    sum(others.stream().map(m -> owed(before, m).amount()).toList());
            if (base.signum() == 0 && rest.signum() != 0) {
                throw Refusal.invalid("pooling.bound.nobody-left");
            }
            for (MemberId other : others) {
                amounts.put(
                        other,
                        base.signum() == 0
                                ? BigFraction.ZERO
                                : rest.multiply(owed(before, other).amount()).divide(base));
            }
        }
        Map<MemberId, Owed> after = new TreeMap<>(BY_ID);
        before.forEach((member, owed) -> after.put(
                member,
                owed.becoming(
                        amount(amounts, member), held.contains(member) ? rule : rule + ".others", held.isEmpty())));
        return after;
    }

    private Allocation round(Money total, Map<MemberId, Owed> owed) {
        Map<MemberId, Long> cents = new TreeMap<>(BY_ID);
        Map<MemberId, BigFraction> remainders = new TreeMap<>(BY_ID);
        owed.forEach((member, exact) -> {
            BigInteger floor =
                    exact.amount().getNumerator().divide(exact.amount().getDenominator());
            cents.put(member, floor.longValueExact());
            remainders.put(member, exact.amount().subtract(floor));
        });
        long left = total.cents()
                - cents.values().stream().mapToLong(Long::longValue).sum();
        remainders.entrySet().stream()
                .sorted(Map.Entry.<MemberId, BigFraction>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(BY_ID)))
                .limit(left)
                .forEach(e -> cents.merge(e.getKey(), 1L, Long::sum));
        List<Share> shares = new ArrayList<>();
        cents.forEach((member, amount) -> shares.add(
                new Share(member, new Money(amount), owed(owed, member).reasons())));
        return new Allocation(total, shares);
    }

    private static BigFraction taper(CostKey.Tapered tapered, Participant participant) {
        long figure = participant.figure(tapered.measure());
        BigFraction weight = BigFraction.ZERO;
        long floor = 0;
        for (CostKey.Slice slice : tapered.slices()) {
            Long upTo = slice.upTo();
            long ceiling = upTo == null ? figure : Math.min(figure, upTo);
            if (ceiling > floor) {
                weight = weight.add(fraction(slice.coefficient()).multiply(ceiling - floor));
                floor = ceiling;
            }
        }
        return weight;
    }

    private BigFraction presence(Participant participant) {
        return BigFraction.of(participant.days(), daysInYear);
    }

    private Participant participant(MemberId member) {
        return java.util.Objects.requireNonNull(participants.get(member));
    }

    private static Owed owed(Map<MemberId, Owed> all, MemberId member) {
        return java.util.Objects.requireNonNull(all.get(member));
    }

    private static BigFraction amount(Map<MemberId, BigFraction> all, MemberId member) {
        return java.util.Objects.requireNonNull(all.get(member));
    }

    private static BigFraction percent(BigDecimal percent) {
        return fraction(percent).divide(100);
    }

    private static BigFraction fraction(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? BigFraction.of(decimal.toBigIntegerExact())
                : BigFraction.of(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    private static BigFraction sum(Iterable<BigFraction> parts) {
        BigFraction sum = BigFraction.ZERO;
        for (BigFraction part : parts) {
            sum = sum.add(part);
        }
        return sum;
    }

    private static String text(BigFraction value) {
        return value.bigDecimalValue(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** An exact amount in cents on its way to a share, with the steps so far. */
    private record Owed(BigFraction amount, List<Reason> reasons) {

        Owed(BigFraction amount) {
            this(amount, List.of());
        }

        Owed because(String rule, Map<String, String> values) {
            List<Reason> more = new ArrayList<>(reasons);
            more.add(new Reason(rule, new TreeMap<>(values)));
            return new Owed(amount, more);
        }

        Owed plus(Owed other) {
            List<Reason> all = new ArrayList<>(reasons);
            all.addAll(other.reasons);
            return new Owed(amount.add(other.amount), all);
        }

        Owed becoming(BigFraction after, String rule, boolean unchanged) {
            return unchanged
                    ? this
                    : new Owed(after, reasons).because(rule, Map.of("before", text(amount), "after", text(after)));
        }
    }
}
