package org.entente.pooling;

import org.entente.base.Refusal;

/**
 * What a service costs in one budget line: running costs and people weigh on their own year, an investment on each year of its
 * depreciation.
 */
public sealed interface Cost {

    /** What of this cost is to be shared in {@code year}. */
    Money in(int year);

    /** Running costs or people, in one year. */
    record Yearly(int year, Money amount) implements Cost {
        public Yearly {
            requireNotNegative(amount);
        }

        @Override
        public Money in(int asked) {
            return asked == year ? amount : Money.ZERO;
        }
    }

    /**
     * An investment, in equal parts over the years of its depreciation; cents that do not divide fall on the first years, so that
     * the parts sum to the amount.
     */
    record Investment(int firstYear, int years, Money amount) implements Cost {
        public Investment {
            requireNotNegative(amount);
            if (years < 1 || years > 50) {
                throw Refusal.invalidField("years", "pooling.depreciation.range", years);
            }
        }

        @Override
        public Money in(int asked) {
            int rank = asked - firstYear;
            if (rank < 0 || rank >= years) {
                return Money.ZERO;
            }
            long part = amount.cents() / years;
            return new Money(rank < amount.cents() % years ? part + 1 : part);
        }
    }

    private static void requireNotNegative(Money amount) {
        if (amount.isNegative()) {
            throw Refusal.invalidField("amount", "pooling.budget.negative", amount.inEuros());
        }
    }
}
