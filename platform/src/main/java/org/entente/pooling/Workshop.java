package org.entente.pooling;

import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keys tried on real figures, side by side, before anyone votes. Nothing is kept. */
@Component
class Workshop {

    record NamedKey(String name, CostKey formula) {
        NamedKey {
            name = Texts.required("name", name, 120);
            Texts.given("formula", formula);
        }
    }

    record Tried(String name, String text, @Nullable String error) {}

    record Row(UUID member, String name, @Nullable Long population, long agents, List<@Nullable Money> amounts) {}

    record Comparison(Money total, List<Tried> keys, List<Row> members) {}

    private final CallSource source;
    private final KeyWords words;

    Workshop(CallSource source, KeyWords words) {
        this.source = source;
        this.words = words;
    }

    /** What each key would give on the parties of one agreement, each present the whole year. */
    Comparison compare(UUID agreement, int year, @Nullable Money asked, List<NamedKey> keys, Locale locale) {
        requireYear(year);
        Money total = asked == null ? source.cost(agreement, year) : asked;
        if (total.isNegative()) {
            throw Refusal.invalidField("total", "pooling.total.negative");
        }
        int days = Year.of(year).length();
        List<Participant> participants = source.participants(agreement, year);
        if (participants.isEmpty()) {
            throw Refusal.invalid("pooling.participants.none");
        }
        List<Tried> tried = new ArrayList<>();
        Map<MemberId, List<@Nullable Money>> amounts = new HashMap<>();
        for (NamedKey key : keys) {
            Map<MemberId, Money> given = Map.of();
            String error = null;
            try {
                given = Allocation.of(total, key.formula(), participants, days).amounts();
            } catch (Refusal refused) {
                error = words.refusal(refused, locale);
            }
            tried.add(new Tried(key.name(), words.key(key.formula(), locale), error));
            for (Participant participant : participants) {
                amounts.computeIfAbsent(participant.member(), m -> new ArrayList<>())
                        .add(given.get(participant.member()));
            }
        }
        Map<MemberId, String> names = source.names();
        List<Row> rows = participants.stream()
                .map(p -> new Row(
                        p.member().value(),
                        names.getOrDefault(p.member(), p.member().toString()),
                        p.figures().get(Measure.POPULATION),
                        p.figures().getOrDefault(Measure.AGENTS, 0L),
                        amounts.getOrDefault(p.member(), List.of())))
                .sorted(java.util.Comparator.comparing(Row::name))
                .toList();
        return new Comparison(total, tried, rows);
    }

    static void requireYear(int year) {
        if (year < 2000 || year > 2200) {
            throw Refusal.invalidField("year", "pooling.budget.year", year);
        }
    }

    static int dayOf(LocalDate day, int year) {
        return day.getYear() < year ? 0 : day.getYear() > year ? Year.of(year).length() : day.getDayOfYear();
    }
}
