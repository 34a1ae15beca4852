package org.entente.pooling;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.directory.MemberId;

/**
 * A cost shared between members, to the cent: the shares sum to the total, whatever the key.
 *
 * @param total what was shared
 * @param shares what each member owes, by member
 */
public record Allocation(Money total, List<Share> shares) {

    /**
     * What one member owes, and why.
     *
     * @param amount to the cent
     * @param reasons the steps that lead to it, for "why do I pay this?"
     */
    public record Share(MemberId member, Money amount, List<Reason> reasons) {
        public Share {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * One step of a share.
     *
     * @param rule its key in the catalogue of texts ({@code pooling.reason.<rule>})
     * @param values what fills the text: exact numbers as decimal texts
     */
    public record Reason(String rule, Map<String, String> values) {}

    public Allocation {
        shares = List.copyOf(shares);
        Money sum = Money.sum(shares.stream().map(Share::amount).toList());
        if (!sum.equals(total)) {
            throw new IllegalArgumentException("The shares sum to " + sum + ", not to " + total);
        }
    }

    /** What each member owes. */
    public Map<MemberId, Money> amounts() {
        return shares.stream().collect(Collectors.toMap(Share::member, Share::amount));
    }

    /** Shares {@code total} between {@code participants} by {@code key}, over a year of {@code daysInYear} days. */
    public static Allocation of(Money total, CostKey key, List<Participant> participants, int daysInYear) {
        return new Sharing(participants, daysInYear).share(total, key);
    }
}
