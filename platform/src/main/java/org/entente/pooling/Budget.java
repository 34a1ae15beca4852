package org.entente.pooling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
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
            @Nullable String funder,
            @Nullable UUID costKey) {

        NewLine(
                String label,
                UUID agreement,
                @Nullable String service,
                String nature,
                int firstYear,
                int years,
                Money amount,
                Money funding,
                @Nullable UUID costKey) {
            this(label, agreement, service, nature, firstYear, years, amount, funding, null, costKey);
        }

        @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
        NewLine {
            label = Texts.required("label", label, 200);
            funder = Texts.optional("funder", funder, 200);
            if (agreement == null) {
                throw Refusal.invalidField("agreement", "field.missing", "agreement");
            }
            if (amount == null) {
                throw Refusal.invalidField("amount", "field.missing", "amount");
            }
            funding = funding == null ? Money.ZERO : funding;
            nature = nature == null ? "running" : nature;
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
            requireFunding(amount, funding);
        }
    }

    /** A line with what weighs on the year asked for. */
    record Line(
            UUID id,
            String label,
            UUID agreement,
            String agreementNumber,
            @Nullable String service,
            String nature,
            int firstYear,
            int years,
            Money amount,
            Money funding,
            @Nullable String funder,
            @Nullable UUID costKey,
            Money inYear,
            Money fundingInYear,
            int version) {}

    record Change(
            Instant at,
            String by,
            String reason,
            Money amountBefore,
            Money amountAfter,
            Money fundingBefore,
            Money fundingAfter) {}

    private static void requireFunding(Money amount, Money funding) {
        if (funding.isNegative() || funding.compareTo(amount) > 0) {
            throw Refusal.invalidField("funding", "pooling.budget.funding", funding.inEuros(), amount.inEuros());
        }
    }

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    Budget(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<Line> of(int year) {
        return read(year, null, null);
    }

    /** The lines of the agreements in which a member takes part that year: what is shared with it. */
    List<Line> of(int year, MemberId member) {
        return read(year, member.value(), null);
    }

    private List<Line> read(int year, @Nullable UUID member, @Nullable UUID line) {
        return jdbc.sql("""
                SELECT l.*, a.number FROM pooling.budget_line l JOIN pooling.agreement a ON a.id = l.agreement
                WHERE (l.id = :line::uuid OR :line::uuid IS NULL AND :year BETWEEN l.first_year AND l.first_year + l.years - 1)
                  AND (:member::uuid IS NULL OR EXISTS (
                       SELECT FROM pooling.party p WHERE p.agreement = l.agreement AND p.member = :member::uuid
                         AND daterange(p.since, p.until, '[]') && daterange(make_date(:year, 1, 1), make_date(:year, 12, 31), '[]')))
                ORDER BY l.label, l.id
                """)
                .param("year", year)
                .param("member", member)
                .param("line", line)
                .query((row, n) -> {
                    int firstYear = row.getInt("first_year");
                    int years = row.getInt("years");
                    Money amount = new Money(row.getLong("amount"));
                    Money funding = new Money(row.getLong("funding"));
                    return new Line(
                            row.getObject("id", UUID.class),
                            row.getString("label"),
                            row.getObject("agreement", UUID.class),
                            row.getString("number"),
                            row.getString("service"),
                            row.getString("nature"),
                            firstYear,
                            years,
                            amount,
                            funding,
                            row.getString("funder"),
                            row.getObject("cost_key", UUID.class),
                            new Cost.Investment(firstYear, years, amount).in(year),
                            new Cost.Investment(firstYear, years, funding).in(year),
                            row.getInt("version"));
                })
                .list();
    }

    /** An amendment (décision modificative): other amounts, with the reason; the figures before are kept. */
    @Transactional
    Line amend(UUID id, int version, Money amount, Money funding, String reason, Actor actor) {
        Line before = read(0, null, id).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("pooling.budget.unknown-line"));
        new Cost.Investment(before.firstYear(), before.years(), amount);
        requireFunding(amount, funding);
        String why = Texts.required("reason", reason, 500);
        int changed = jdbc.sql(
                        "UPDATE pooling.budget_line SET amount = ?, funding = ?, version = version + 1 WHERE id = ? AND version = ?")
                .params(amount.cents(), funding.cents(), id, version)
                .update();
        if (changed == 0) {
            throw Refusal.conflict("pooling.changed-meanwhile");
        }
        jdbc.sql("INSERT INTO pooling.budget_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        OffsetDateTime.now(clock),
                        actor.name(),
                        why,
                        before.amount().cents(),
                        amount.cents(),
                        before.funding().cents(),
                        funding.cents())
                .update();
        ledger.record(new Entry(
                actor.author(),
                "budget.line-amended",
                null,
                "budget-line",
                id.toString(),
                before.label(),
                Map.of(
                        "amount",
                        before.amount().inEuros(),
                        "funding",
                        before.funding().inEuros()),
                Map.of("amount", amount.inEuros(), "funding", funding.inEuros(), "reason", why)));
        return read(before.firstYear(), null, id).getFirst();
    }

    record AdoptedYear(int year, LocalDate adoptedOn) {}

    List<AdoptedYear> adopted() {
        return jdbc.sql("SELECT year, adopted_on FROM pooling.budget_year ORDER BY year DESC")
                .query(AdoptedYear.class)
                .list();
    }

    /** From now on its lines are only amended. */
    @Transactional
    void adopt(int year, Author by) {
        int adopted = jdbc.sql("INSERT INTO pooling.budget_year VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(year, LocalDate.now(clock))
                .update();
        if (adopted == 0) {
            throw Refusal.conflict("pooling.budget.adopted", year);
        }
        ledger.record(new Entry(
                by, "budget.adopted", null, "budget", String.valueOf(year), String.valueOf(year), Map.of(), Map.of()));
    }

    private void requireOpen(int year) {
        if (adopted().stream().anyMatch(a -> a.year() == year)) {
            throw Refusal.conflict("pooling.budget.adopted", year);
        }
    }

    List<Change> history(UUID line) {
        return jdbc.sql("SELECT * FROM pooling.budget_change WHERE line = ? ORDER BY at DESC")
                .param(line)
                .query((row, n) -> new Change(
                        AgreementReader.instant(row, "at"),
                        row.getString("by"),
                        row.getString("reason"),
                        new Money(row.getLong("amount_before")),
                        new Money(row.getLong("amount_after")),
                        new Money(row.getLong("funding_before")),
                        new Money(row.getLong("funding_after"))))
                .list();
    }

    @Transactional
    UUID add(NewLine line, Actor actor) {
        requireOpen(line.firstYear());
        try {
            UUID id = jdbc.sql("""
                    INSERT INTO pooling.budget_line (label, agreement, service, nature, first_year, years, amount, funding, funder, cost_key)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
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
                            line.funder(),
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
        jdbc.sql("SELECT first_year FROM pooling.budget_line WHERE id = ?")
                .param(id)
                .query(Integer.class)
                .optional()
                .ifPresent(this::requireOpen);
        String label = jdbc.sql("DELETE FROM pooling.budget_line WHERE id = ? RETURNING label")
                .param(id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.budget.unknown-line"));
        ledger.record(new Entry(
                actor.author(), "budget.line-removed", null, "budget-line", id.toString(), label, Map.of(), Map.of()));
    }
}
