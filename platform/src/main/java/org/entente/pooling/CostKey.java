package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * How a cost is shared between members (clé de répartition). A key is data: it is kept as JSON, shown as a formula, previewed on
 * real figures and adopted by a decision. Simple keys give each member a weight; the others shape what a key gives.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "key")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CostKey.ByMeasure.class, name = "measure"),
    @JsonSubTypes.Type(value = CostKey.Tapered.class, name = "tapered"),
    @JsonSubTypes.Type(value = CostKey.Equal.class, name = "equal"),
    @JsonSubTypes.Type(value = CostKey.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = CostKey.Mix.class, name = "mix"),
    @JsonSubTypes.Type(value = CostKey.Capped.class, name = "capped"),
    @JsonSubTypes.Type(value = CostKey.AtLeast.class, name = "at-least")
})
public sealed interface CostKey {

    /** In proportion to a figure of each member: population, agents, accounts, usage. */
    record ByMeasure(Measure measure) implements CostKey {
        public ByMeasure {
            requireGiven("measure", measure);
        }
    }

    /**
     * In proportion to a figure that counts for less (or more) slice by slice, as tax brackets do: the first 10,000 inhabitants
     * at 1, those above at 0.8.
     */
    record Tapered(Measure measure, List<Slice> slices) implements CostKey {
        public Tapered {
            requireGiven("measure", measure);
            requireGiven("slices", slices);
            slices = List.copyOf(slices);
            requireSlices(slices);
        }

        private static void requireSlices(List<Slice> slices) {
            if (slices.isEmpty() || slices.getLast().upTo() != null) {
                throw Refusal.invalid("pooling.taper.open-end");
            }
            long floor = 0;
            for (Slice slice : slices.subList(0, slices.size() - 1)) {
                Long upTo = slice.upTo();
                if (upTo == null || upTo <= floor) {
                    throw Refusal.invalid("pooling.taper.order");
                }
                floor = upTo;
            }
        }
    }

    /** One slice of a tapered key; the last one has no upper end. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Slice(@Nullable Long upTo, BigDecimal coefficient) {
        public Slice {
            requireNotNegative(coefficient);
        }
    }

    /** The same for every member. */
    record Equal() implements CostKey {}

    /** Shares that the members agreed on, in percent; they sum to 100. */
    record Fixed(Map<MemberId, BigDecimal> percents) implements CostKey {
        public Fixed {
            requireGiven("percents", percents);
            percents = Map.copyOf(percents);
            percents.values().forEach(CostKey::requireNotNegative);
            requireHundred(percents.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** Several keys, each for a part of the cost; the parts sum to 100 percent. */
    record Mix(List<Part> parts) implements CostKey {
        public Mix {
            requireGiven("parts", parts);
            parts = List.copyOf(parts);
            requireHundred(parts.stream().map(Part::percent).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** The part of a mix that one key shares. */
    record Part(BigDecimal percent, CostKey by) {
        public Part {
            requireGiven("by", by);
            requireNotNegative(percent);
        }
    }

    /** As {@code of}, but nobody pays more than this percentage of the whole; what is above goes to the others. */
    record Capped(CostKey of, BigDecimal mostPercent) implements CostKey {
        public Capped {
            requireGiven("of", of);
            requireNotNegative(mostPercent);
            if (mostPercent.signum() <= 0 || mostPercent.compareTo(HUNDRED) > 0) {
                throw Refusal.invalid("pooling.cap.range", mostPercent);
            }
        }
    }

    /** As {@code of}, but nobody pays less than this for a full year; what is missing is taken off the others. */
    record AtLeast(CostKey of, Money minimum) implements CostKey {
        public AtLeast {
            requireGiven("of", of);
            requireGiven("minimum", minimum);
            if (minimum.isNegative()) {
                throw Refusal.invalid("pooling.minimum.negative");
            }
        }
    }

    BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static void requireHundred(BigDecimal sum) {
        if (sum.compareTo(HUNDRED) != 0) {
            throw Refusal.invalid("pooling.percents.not-hundred", sum);
        }
    }

    /** Also bounds the number: exact arithmetic on 1e999999999 would fill the memory. */
    private static void requireNotNegative(@Nullable BigDecimal value) {
        requireGiven("number", value);
        if (value != null && (value.scale() > 9 || value.precision() - (long) value.scale() > 9)) {
            throw Refusal.invalid("pooling.number.far");
        }
        if (value != null && value.signum() < 0) {
            throw Refusal.invalid("pooling.weight.negative", value);
        }
    }

    /** Jackson gives null for what is missing. */
    private static void requireGiven(String field, @Nullable Object value) {
        if (value == null) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
    }
}
