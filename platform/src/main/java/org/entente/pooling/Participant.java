package org.entente.pooling;

import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;

/**
 * A member that shares a cost, with the figures the key may ask for, frozen so that the computation can be made again later.
 *
 * @param days the days of the year during which the member took part
 * @param figures what was counted, by measure; never negative
 */
public record Participant(MemberId member, int days, Map<Measure, Long> figures) {

    public Participant {
        figures = Map.copyOf(figures);
        if (days < 0 || days > 366) {
            throw Refusal.invalid("pooling.days.invalid", days);
        }
        figures.forEach((measure, value) -> {
            if (value < 0) {
                throw Refusal.invalid("pooling.figure.negative", measure.code(), value);
            }
        });
    }

    /** The figure for a measure; a member whose figure is not known cannot be charged by it, so it is asked for. */
    long figure(Measure measure) {
        Long value = figures.get(measure);
        if (value == null) {
            throw Refusal.invalid("pooling.figure.missing", measure.code(), member);
        }
        return value;
    }
}
