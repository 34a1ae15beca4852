package org.entente.pooling;

import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.directory.MemberId;

/**
 * All that a call for contributions is computed from, frozen: the same inputs give the same contributions years later, whatever
 * became of members, keys and budgets.
 *
 * @param year the year paid for
 * @param countedOn the day the members' figures were taken
 * @param lines what is shared
 */
public record CallInputs(int year, LocalDate countedOn, List<Line> lines) {

    /**
     * One cost to share.
     *
     * @param label as in the budget
     * @param agreement the number of the agreement under which it is shared
     * @param cost what it costs in this year
     * @param funding the part of it that others pay
     * @param keyName how the key is called
     * @param key how the rest is shared
     * @param participants between whom
     */
    public record Line(
            String label,
            String agreement,
            Money cost,
            Money funding,
            String keyName,
            CostKey key,
            List<Participant> participants) {
        public Line {
            participants = List.copyOf(participants);
        }

        /** What remains to be shared. */
        public Money shared() {
            return cost.minus(funding);
        }
    }

    public CallInputs {
        lines = List.copyOf(lines);
    }

    /** Each line shared, in the order of the lines. */
    public List<Allocation> allocations() {
        int days = Year.of(year).length();
        return lines.stream()
                .map(line -> Allocation.of(line.shared(), line.key(), line.participants(), days))
                .toList();
    }

    /** What each member owes over all lines. */
    public Map<MemberId, Money> contributions() {
        Map<MemberId, Money> sums = new TreeMap<>(java.util.Comparator.comparing(MemberId::toString));
        allocations()
                .forEach(allocation ->
                        allocation.amounts().forEach((member, amount) -> sums.merge(member, amount, Money::plus)));
        return sums;
    }
}
