package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a year would cost each member if something changed: a key, a member that comes or goes, a figure, a cost. Nothing is kept. */
@Component
class WhatIf {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = NewKey.class, name = "key"),
        @JsonSubTypes.Type(value = Joins.class, name = "joins"),
        @JsonSubTypes.Type(value = Leaves.class, name = "leaves"),
        @JsonSubTypes.Type(value = Figure.class, name = "figure"),
        @JsonSubTypes.Type(value = NewCost.class, name = "cost")
    })
    sealed interface Change {}

    /** The agreement's own key becomes this one; lines with a key of their own keep it. */
    record NewKey(UUID agreement, CostKey formula) implements Change {
        NewKey {
            Texts.given("agreement", agreement);
            Texts.given("formula", formula);
        }
    }

    record Joins(
            UUID agreement,
            @Nullable MemberId member,
            @Nullable String name,
            @Nullable Map<Measure, Long> figures,
            LocalDate since)
            implements Change {
        Joins {
            Texts.given("agreement", agreement);
            Texts.requiredDay("since", since);
        }
    }

    record Leaves(UUID agreement, MemberId member, LocalDate until) implements Change {
        Leaves {
            Texts.given("agreement", agreement);
            Texts.given("member", member);
            Texts.requiredDay("until", until);
        }
    }

    record Figure(MemberId member, Measure measure, long value) implements Change {
        Figure {
            Texts.given("member", member);
            Texts.given("measure", measure);
        }
    }

    record NewCost(UUID agreement, String label, Money amount) implements Change {
        NewCost {
            Texts.given("agreement", agreement);
            Texts.given("amount", amount);
        }
    }

    record Row(
            @Nullable UUID member,
            String name,
            @Nullable Long population,
            Money before,
            Money after,
            Money difference,
            @Nullable BigDecimal percent) {}

    record Answer(int year, Money before, Money after, List<Row> members) {}

    private final CallSource source;
    private final AgreementReader agreements;

    WhatIf(CallSource source, AgreementReader agreements) {
        this.source = source;
        this.agreements = agreements;
    }

    Answer tell(int year, List<Change> changes) {
        Workshop.requireYear(year);
        CallInputs before = source.gather(year);
        CallInputs after = before;
        Map<MemberId, String> strangers = new HashMap<>();
        for (Change change : changes) {
            after = apply(after, change, strangers);
        }
        Map<MemberId, Money> was = before.contributions();
        Map<MemberId, Money> becomes = after.contributions();
        Map<MemberId, String> names = source.names();
        Map<MemberId, Long> populations = new HashMap<>();
        for (CallInputs.Line line : after.lines()) {
            line.participants().forEach(p -> {
                Long population = p.figures().get(Measure.POPULATION);
                if (population != null) {
                    populations.put(p.member(), population);
                }
            });
        }
        TreeSet<MemberId> all = new TreeSet<>(Comparator.comparing(MemberId::toString));
        all.addAll(was.keySet());
        all.addAll(becomes.keySet());
        List<Row> rows = all.stream()
                .map(member -> row(
                        strangers.containsKey(member) ? null : member.value(),
                        strangers.getOrDefault(member, names.getOrDefault(member, member.toString())),
                        populations.get(member),
                        was.getOrDefault(member, Money.ZERO),
                        becomes.getOrDefault(member, Money.ZERO)))
                .sorted(Comparator.comparing(Row::name))
                .toList();
        return new Answer(year, Money.sum(was.values()), Money.sum(becomes.values()), rows);
    }

    private static Row row(@Nullable UUID id, String name, @Nullable Long population, Money before, Money after) {
        Money difference = after.minus(before);
        BigDecimal percent = before.equals(Money.ZERO)
                ? null
                : BigDecimal.valueOf(difference.cents())
                        .multiply(CostKey.HUNDRED)
                        .divide(BigDecimal.valueOf(before.cents()), 1, RoundingMode.HALF_UP);
        return new Row(id, name, population, before, after, difference, percent);
    }

    private CallInputs apply(CallInputs inputs, Change change, Map<MemberId, String> strangers) {
        return switch (change) {
            case NewKey(UUID agreement, CostKey formula) -> newKey(inputs, agreement, formula);
            case Joins joins -> joins(inputs, joins, strangers);
            case Leaves(UUID agreement, MemberId member, LocalDate until) ->
                parties(inputs, agreement, parties -> leave(parties, member, inputs.year(), until));
            case Figure figure -> figure(inputs, figure);
            case NewCost cost -> newCost(inputs, cost);
        };
    }

    private CallInputs newKey(CallInputs inputs, UUID agreement, CostKey formula) {
        AgreementReader.Agreement changed = agreements.get(agreement);
        AgreementReader.KeyRef own = changed.costKey();
        return lines(
                inputs,
                line -> line.agreement().equals(changed.number())
                                && (own == null || line.keyName().equals(own.name()))
                        ? new CallInputs.Line(
                                line.label(),
                                line.agreement(),
                                line.cost(),
                                line.funding(),
                                line.keyName(),
                                formula,
                                line.participants())
                        : line);
    }

    private CallInputs joins(CallInputs inputs, Joins joins, Map<MemberId, String> strangers) {
        MemberId named = joins.member();
        String name = Texts.or(Texts.optional("name", joins.name(), 200), "?");
        MemberId member =
                named != null ? named : new MemberId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
        if (named == null) {
            Texts.required("name", joins.name(), 200);
            strangers.put(member, name);
        }
        Map<Measure, Long> figures = new HashMap<>(named == null ? Map.of() : source.figures(inputs.year(), named));
        if (joins.figures() != null) {
            figures.putAll(joins.figures());
        }
        int length = Year.of(inputs.year()).length();
        int days = length - Math.max(0, Workshop.dayOf(joins.since(), inputs.year()) - 1);
        if (joins.since().getYear() > inputs.year()) {
            return inputs;
        }
        return parties(inputs, joins.agreement(), parties -> {
            if (parties.stream().anyMatch(p -> p.member().equals(member))) {
                throw Refusal.conflict(
                        "pooling.party.already",
                        agreements.get(joins.agreement()).number());
            }
            List<Participant> more = new ArrayList<>(parties);
            more.add(new Participant(member, days, figures));
            return more;
        });
    }

    private static List<Participant> leave(List<Participant> parties, MemberId member, int year, LocalDate until) {
        int last = Workshop.dayOf(until, year);
        return parties.stream()
                .map(p ->
                        p.member().equals(member) ? new Participant(member, Math.min(p.days(), last), p.figures()) : p)
                .filter(p -> p.days() > 0)
                .toList();
    }

    private static CallInputs figure(CallInputs inputs, Figure changed) {
        return lines(
                inputs,
                line -> new CallInputs.Line(
                        line.label(),
                        line.agreement(),
                        line.cost(),
                        line.funding(),
                        line.keyName(),
                        line.key(),
                        line.participants().stream()
                                .map(p -> {
                                    if (!p.member().equals(changed.member())) {
                                        return p;
                                    }
                                    Map<Measure, Long> figures = new HashMap<>(p.figures());
                                    figures.put(changed.measure(), changed.value());
                                    return new Participant(p.member(), p.days(), figures);
                                })
                                .toList()));
    }

    private CallInputs newCost(CallInputs inputs, NewCost cost) {
        if (cost.amount().isNegative()) {
            throw Refusal.invalidField(
                    "amount", "pooling.budget.negative", cost.amount().inEuros());
        }
        AgreementReader.Agreement agreement = agreements.get(cost.agreement());
        CallInputs.Line like = inputs.lines().stream()
                .filter(line -> line.agreement().equals(agreement.number()))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("pooling.line.no-key", cost.label()));
        List<CallInputs.Line> lines = new ArrayList<>(inputs.lines());
        lines.add(new CallInputs.Line(
                Texts.required("label", cost.label(), 200),
                like.agreement(),
                cost.amount(),
                Money.ZERO,
                like.keyName(),
                like.key(),
                like.participants()));
        return new CallInputs(inputs.year(), inputs.countedOn(), lines);
    }

    private CallInputs parties(CallInputs inputs, UUID agreement, UnaryOperator<List<Participant>> change) {
        String number = agreements.get(agreement).number();
        return lines(
                inputs,
                line -> line.agreement().equals(number)
                        ? new CallInputs.Line(
                                line.label(),
                                line.agreement(),
                                line.cost(),
                                line.funding(),
                                line.keyName(),
                                line.key(),
                                change.apply(line.participants()))
                        : line);
    }

    private static CallInputs lines(CallInputs inputs, UnaryOperator<CallInputs.Line> change) {
        return new CallInputs(
                inputs.year(),
                inputs.countedOn(),
                inputs.lines().stream().map(change).toList());
    }
}
