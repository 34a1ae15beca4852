package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import org.entente.base.Refusal;

/** An amount in euros, to the cent. Never a floating number; in JSON, tables and sums it is a whole number of cents. */
public record Money(@JsonValue long cents) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    /** A thousand billion euros: beyond any budget, and far from overflow when summed. */
    private static final long MOST = 100_000_000_000_000L;

    @JsonCreator
    public Money {
        if (cents > MOST || cents < -MOST) {
            throw Refusal.invalid("money.out-of-range", BigDecimal.valueOf(cents, 2));
        }
    }

    /** Reads an amount in euros; more than two decimals are refused, not rounded. */
    public static Money euros(BigDecimal euros) {
        try {
            return new Money(
                    euros.setScale(2, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
        } catch (ArithmeticException tooFineOrTooLarge) {
            throw Refusal.invalid("money.not-cents", euros.toPlainString());
        }
    }

    public static Money sum(Collection<Money> amounts) {
        return amounts.stream().reduce(ZERO, Money::plus);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(cents, other.cents));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(cents, other.cents));
    }

    public boolean isNegative() {
        return cents < 0;
    }

    public BigDecimal inEuros() {
        return BigDecimal.valueOf(cents, 2);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(cents, other.cents);
    }

    @Override
    public String toString() {
        return inEuros() + " EUR";
    }
}
