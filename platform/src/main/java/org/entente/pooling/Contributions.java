package org.entente.pooling;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls for contributions: what each member owes for one year, computed from frozen inputs, with payments and balance. A call is
 * never changed once made; an adjusted or final call says anew what the whole year costs.
 */
@Service
class Contributions {

    /** The calls of one year, in the order in which they are made. */
    enum Kind {
        PROVISIONAL,
        ADJUSTED,
        FINAL;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Call(UUID id, int year, String kind, LocalDate dueOn, Money total) {}

    record Owed(UUID member, String name, Money amount) {}

    /** One line of a member's statement, with the steps that lead to the amount. */
    record StatementLine(
            String label,
            String agreement,
            Money shared,
            String keyName,
            Money amount,
            List<Allocation.Reason> reasons) {}

    /**
     * What one member owes for one year.
     *
     * @param call the latest call, or null when none was made
     * @param paid the sum of payments noted
     * @param balance what remains due; negative when too much was paid
     */
    record Statement(
            int year, @Nullable Call call, List<StatementLine> lines, Money amount, Money paid, Money balance) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final CallSource source;
    private final Ledger ledger;

    Contributions(JdbcClient jdbc, JsonMapper json, CallSource source, Ledger ledger) {
        this.jdbc = jdbc;
        this.json = json;
        this.source = source;
        this.ledger = ledger;
    }

    /** What a call of this year would say if it were made now. Nothing is kept. */
    Map<MemberId, Money> preview(int year) {
        return source.gather(year).contributions();
    }

    @Transactional
    Call call(int year, Kind kind, LocalDate dueOn, Actor actor) {
        CallInputs inputs = source.gather(year);
        if (inputs.lines().isEmpty()) {
            throw Refusal.invalid("pooling.call.nothing", year);
        }
        Map<MemberId, Money> contributions = inputs.contributions();
        UUID id = keep(year, kind, dueOn, inputs);
        jdbc.sql(
                        "INSERT INTO pooling.contribution (call, member, amount) SELECT ?, * FROM unnest(?::uuid[], ?::bigint[])")
                .params(
                        id,
                        contributions.keySet().stream().map(MemberId::value).toArray(UUID[]::new),
                        contributions.values().stream().map(Money::cents).toArray(Long[]::new))
                .update();
        Money total = Money.sum(contributions.values());
        ledger.record(new Entry(
                actor.author(),
                "contributions.called",
                null,
                "call",
                id.toString(),
                kind.code() + " " + year,
                Map.of(),
                Map.of("total", total.inEuros(), "members", contributions.size())));
        return new Call(id, year, kind.code(), dueOn, total);
    }

    private UUID keep(int year, Kind kind, LocalDate dueOn, CallInputs inputs) {
        List<String> made = jdbc.sql("SELECT kind FROM pooling.contribution_call WHERE year = ?")
                .param(year)
                .query(String.class)
                .list();
        boolean laterMade = made.stream()
                .anyMatch(
                        m -> Kind.valueOf(m.toUpperCase(java.util.Locale.ROOT)).compareTo(kind) > 0);
        if (laterMade) {
            throw Refusal.conflict("pooling.call.too-late", kind.code(), year);
        }
        try {
            return jdbc.sql(
                            "INSERT INTO pooling.contribution_call (year, kind, inputs, due_on) VALUES (?, ?, ?::jsonb, ?) RETURNING id")
                    .params(year, kind.code(), json.writeValueAsString(inputs), dueOn)
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException already) {
            throw Refusal.conflict("pooling.call.already", kind.code(), year);
        }
    }

    List<Call> calls() {
        return jdbc.sql("""
                SELECT c.id, c.year, c.kind, c.due_on, sum(o.amount)::bigint AS total FROM pooling.contribution_call c
                JOIN pooling.contribution o ON o.call = c.id GROUP BY c.id ORDER BY c.year DESC, c.made_at DESC
                """).query((row, n) -> call(row)).list();
    }

    List<Owed> owed(UUID call) {
        return jdbc.sql("""
                SELECT o.member, m.name, o.amount FROM pooling.contribution o JOIN directory.v_member m ON m.id = o.member
                WHERE o.call = ? ORDER BY m.name
                """)
                .param(call)
                .query((row, n) -> new Owed(
                        row.getObject("member", UUID.class), row.getString("name"), new Money(row.getLong("amount"))))
                .list();
    }

    /** Whether the call, computed again from its frozen inputs, says today what it said then. */
    boolean recomputesTheSame(UUID call) {
        Map<MemberId, Money> again = inputs(call).contributions();
        Map<MemberId, Money> then = new java.util.HashMap<>();
        owed(call).forEach(o -> then.put(new MemberId(o.member()), o.amount()));
        return again.equals(then);
    }

    Statement statement(MemberId member, int year) {
        Money paid =
                new Money(jdbc.sql("SELECT coalesce(sum(amount), 0) FROM pooling.payment WHERE member = ? AND year = ?")
                        .params(member.value(), year)
                        .query(Long.class)
                        .single());
        Call latest = jdbc.sql("""
                SELECT c.id, c.year, c.kind, c.due_on, o.amount AS total FROM pooling.contribution_call c
                JOIN pooling.contribution o ON o.call = c.id AND o.member = ? WHERE c.year = ? ORDER BY c.made_at DESC LIMIT 1
                """)
                .params(member.value(), year)
                .query((row, n) -> call(row))
                .optional()
                .orElse(null);
        if (latest == null) {
            return new Statement(year, null, List.of(), Money.ZERO, paid, Money.ZERO.minus(paid));
        }
        return new Statement(
                year,
                latest,
                lines(inputs(latest.id()), member),
                latest.total(),
                paid,
                latest.total().minus(paid));
    }

    @Transactional
    void notePayment(
            MemberId member, int year, Money amount, LocalDate receivedOn, @Nullable String note, Actor actor) {
        if (amount.equals(Money.ZERO)) {
            throw Refusal.invalidField("amount", "pooling.payment.zero");
        }
        jdbc.sql("INSERT INTO pooling.payment (member, year, amount, received_on, note) VALUES (?, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(member.value(), year, amount.cents(), receivedOn, note))
                .update();
        ledger.record(new Entry(
                actor.author(),
                "payment.noted",
                member.value(),
                "payment",
                member + " " + year,
                String.valueOf(year),
                Map.of(),
                Map.of("amount", amount.inEuros(), "receivedOn", receivedOn.toString())));
    }

    private static List<StatementLine> lines(CallInputs inputs, MemberId member) {
        List<Allocation> allocations = inputs.allocations();
        List<StatementLine> lines = new ArrayList<>();
        IntStream.range(0, allocations.size())
                .forEach(i -> allocations.get(i).shares().stream()
                        .filter(share -> share.member().equals(member))
                        .forEach(share -> {
                            CallInputs.Line line = inputs.lines().get(i);
                            lines.add(new StatementLine(
                                    line.label(),
                                    line.agreement(),
                                    line.shared(),
                                    line.keyName(),
                                    share.amount(),
                                    share.reasons()));
                        }));
        return lines;
    }

    private CallInputs inputs(UUID call) {
        return jdbc.sql("SELECT inputs FROM pooling.contribution_call WHERE id = ?")
                .param(call)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, CallInputs.class))
                .orElseThrow(() -> Refusal.notFound("pooling.call.unknown"));
    }

    private static Call call(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Call(
                row.getObject("id", UUID.class),
                row.getInt("year"),
                row.getString("kind"),
                row.getObject("due_on", LocalDate.class),
                new Money(row.getLong("total")));
    }
}
