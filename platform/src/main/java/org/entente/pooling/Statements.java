package org.entente.pooling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.pooling.Contributions.Call;
import org.entente.pooling.Contributions.Statement;
import org.entente.pooling.Contributions.StatementLine;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads calls and what each member owes by them, computed again from the frozen inputs and explained. */
@Component
class Statements {

    record Owed(UUID member, String name, Money amount, Money paid, Money balance) {}

    record YearOf(int year, String kind, LocalDate dueOn, Money amount, Money paid, Money balance, boolean overdue) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final ZoneId zone;

    Statements(
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.zone = zone;
    }

    List<Call> calls() {
        return jdbc.sql("""
                SELECT c.id, c.year, c.kind, c.made_at, c.due_on, sum(o.amount)::bigint AS total FROM pooling.contribution_call c
                JOIN pooling.contribution o ON o.call = c.id GROUP BY c.id ORDER BY c.year DESC, c.made_at DESC, c.id DESC
                """).query((row, n) -> call(row)).list();
    }

    /** What each member owes by a call, and what was paid for that year. */
    List<Owed> owed(UUID call) {
        return jdbc.sql("""
                SELECT o.member, m.name, o.amount,
                       coalesce((SELECT sum(p.amount) FROM pooling.payment p WHERE p.member = o.member AND p.year = c.year), 0)::bigint AS paid
                FROM pooling.contribution o JOIN pooling.contribution_call c ON c.id = o.call
                JOIN directory.v_member m ON m.id = o.member WHERE o.call = ? ORDER BY m.name
                """)
                .param(call)
                .query((row, n) -> {
                    Money amount = new Money(row.getLong("amount"));
                    Money paid = new Money(row.getLong("paid"));
                    return new Owed(
                            row.getObject("member", UUID.class),
                            row.getString("name"),
                            amount,
                            paid,
                            amount.minus(paid));
                })
                .list();
    }

    CallInputs inputs(UUID call) {
        return jdbc.sql("SELECT inputs FROM pooling.contribution_call WHERE id = ?")
                .param(call)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, CallInputs.class))
                .orElseThrow(() -> Refusal.notFound("pooling.call.unknown"));
    }

    /** The years a member was called for, newest first, by the latest call of each. */
    List<YearOf> years(MemberId member) {
        LocalDate today = LocalDate.now(clock);
        return jdbc.sql("""
                SELECT DISTINCT ON (c.year) c.year, c.kind, c.due_on, o.amount,
                       coalesce((SELECT sum(p.amount) FROM pooling.payment p WHERE p.member = o.member AND p.year = c.year), 0)::bigint AS paid
                FROM pooling.contribution_call c JOIN pooling.contribution o ON o.call = c.id
                WHERE o.member = ? ORDER BY c.year DESC, c.made_at DESC, c.id DESC
                """)
                .param(member.value())
                .query((row, n) -> {
                    Money amount = new Money(row.getLong("amount"));
                    Money paid = new Money(row.getLong("paid"));
                    LocalDate dueOn = row.getObject("due_on", LocalDate.class);
                    Money balance = amount.minus(paid);
                    return new YearOf(
                            row.getInt("year"),
                            row.getString("kind"),
                            dueOn,
                            amount,
                            paid,
                            balance,
                            balance.compareTo(Money.ZERO) > 0 && dueOn.isBefore(today));
                })
                .list();
    }

    Statement of(MemberId member, int year) {
        List<Contributions.Payment> payments = jdbc.sql("""
                SELECT amount, received_on, note FROM pooling.payment WHERE member = ? AND year = ? ORDER BY received_on, id
                """)
                .params(member.value(), year)
                .query((row, n) -> new Contributions.Payment(
                        new Money(row.getLong("amount")),
                        row.getObject("received_on", LocalDate.class),
                        row.getString("note")))
                .list();
        Money paid =
                Money.sum(payments.stream().map(Contributions.Payment::amount).toList());
        List<Call> calls = jdbc.sql("""
                SELECT c.id, c.year, c.kind, c.made_at, c.due_on, o.amount AS total FROM pooling.contribution_call c
                JOIN pooling.contribution o ON o.call = c.id AND o.member = ? WHERE c.year = ? ORDER BY c.made_at, c.id
                """)
                .params(member.value(), year)
                .query((row, n) -> call(row))
                .list();
        if (calls.isEmpty()) {
            return new Statement(
                    year, null, null, List.of(), Money.ZERO, paid, Money.ZERO.minus(paid), payments, List.of());
        }
        Call latest = calls.getLast();
        CallInputs inputs = inputs(latest.id());
        return new Statement(
                year,
                latest,
                inputs.countedOn(),
                lines(inputs, member),
                latest.total(),
                paid,
                latest.total().minus(paid),
                payments,
                calls.subList(0, calls.size() - 1).stream()
                        .map(c -> new Contributions.Earlier(c.kind(), c.total()))
                        .toList());
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
                                    line.key(),
                                    share.amount(),
                                    share.reasons()));
                        }));
        return lines;
    }

    private Call call(ResultSet row) throws SQLException {
        return new Call(
                row.getObject("id", UUID.class),
                row.getInt("year"),
                row.getString("kind"),
                row.getObject("made_at", OffsetDateTime.class)
                        .atZoneSameInstant(zone)
                        .toLocalDate(),
                row.getObject("due_on", LocalDate.class),
                new Money(row.getLong("total")));
    }

    /** For acts that need a call to have been made. */
    static Call made(@Nullable Call call, int year) {
        if (call == null) {
            throw Refusal.notFound("pooling.call.none", year);
        }
        return call;
    }
}
