package org.entente.pooling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The budget: what each service costs, year by year, under which agreement, and what others pay of it. */
@Service
class Budget {

    /**
     * A line as asked for.
     *
     * @param nature running, people or investment
     * @param years of depreciation; 1 for anything but an investment
     * @param costKey null for the agreement's own key
     */
    record NewLine(
            String label,
            UUID agreement,
            @Nullable String service,
            String nature,
            int firstYear,
            int years,
            Money amount,
            Money funding,
            @Nullable UUID costKey) {

        NewLine {
            if (!List.of("running", "people", "investment").contains(nature)) {
                throw Refusal.invalidField("nature", "pooling.budget.nature", nature);
            }
            if (firstYear < 2000 || firstYear > 2200) {
                throw Refusal.invalidField("firstYear", "pooling.budget.year", firstYear);
            }
            if (!nature.equals("investment") && years != 1) {
                throw Refusal.invalidField("years", "pooling.budget.one-year");
            }
            new Cost.Investment(firstYear, years, amount);
            if (funding.isNegative() || funding.compareTo(amount) > 0) {
                throw Refusal.invalidField("funding", "pooling.budget.funding", funding.inEuros(), amount.inEuros());
            }
        }
    }

    /** A line with what it costs in the year asked for. */
    record Line(
            UUID id,
            String label,
            UUID agreement,
            @Nullable String service,
            String nature,
            int firstYear,
            int years,
            Money amount,
            Money funding,
            Money inYear) {}

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Budget(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    List<Line> of(int year) {
        return jdbc.sql("""
                SELECT id, label, agreement, service, nature, first_year, years, amount, funding FROM pooling.budget_line
                WHERE ? BETWEEN first_year AND first_year + years - 1 ORDER BY label, id
                """)
                .param(year)
                .query((row, n) -> {
                    Cost.Investment cost = new Cost.Investment(
                            row.getInt("first_year"), row.getInt("years"), new Money(row.getLong("amount")));
                    return new Line(
                            row.getObject("id", UUID.class),
                            row.getString("label"),
                            row.getObject("agreement", UUID.class),
                            row.getString("service"),
                            row.getString("nature"),
                            cost.firstYear(),
                            cost.years(),
                            cost.amount(),
                            new Money(row.getLong("funding")),
                            cost.in(year));
                })
                .list();
    }

    @Transactional
    UUID add(NewLine line, Actor actor) {
        try {
            UUID id = jdbc.sql("""
                    INSERT INTO pooling.budget_line (label, agreement, service, nature, first_year, years, amount, funding, cost_key)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                    """)
                    .params(Arrays.asList(
                            line.label(),
                            line.agreement(),
                            line.service(),
                            line.nature(),
                            line.firstYear(),
                            line.years(),
                            line.amount().cents(),
                            line.funding().cents(),
                            line.costKey()))
                    .query(UUID.class)
                    .single();
            ledger.record(new Entry(
                    actor.author(),
                    "budget.line-added",
                    null,
                    "budget-line",
                    id.toString(),
                    line.label(),
                    Map.of(),
                    Map.of("amount", line.amount().inEuros(), "year", line.firstYear())));
            return id;
        } catch (DataIntegrityViolationException unknown) {
            throw Refusal.invalidField("agreement", "pooling.budget.unknown-agreement-or-key");
        }
    }

    @Transactional
    void remove(UUID id, Actor actor) {
        String label = jdbc.sql("DELETE FROM pooling.budget_line WHERE id = ? RETURNING label")
                .param(id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.budget.unknown-line"));
        ledger.record(new Entry(
                actor.author(), "budget.line-removed", null, "budget-line", id.toString(), label, Map.of(), Map.of()));
    }
}
