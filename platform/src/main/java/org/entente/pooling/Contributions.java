package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    /** @param madeOn the day it was computed */
    record Call(UUID id, int year, String kind, LocalDate madeOn, LocalDate dueOn, Money total) {}

    /** One line of a member's statement, with the steps that lead to the amount. */
    record StatementLine(
            String label,
            String agreement,
            Money shared,
            String keyName,
            CostKey key,
            Money amount,
            List<Allocation.Reason> reasons) {}

    record Payment(
            Money amount, LocalDate receivedOn, @Nullable String note) {}

    record Earlier(String kind, Money amount) {}

    /**
     * What one member owes for one year.
     *
     * @param call the latest call, or null when none was made
     * @param countedOn the day the figures were taken
     * @param paid the sum of payments noted
     * @param balance what remains due; negative when too much was paid
     * @param earlier the calls before the latest one
     */
    record Statement(
            int year,
            @Nullable Call call,
            @Nullable LocalDate countedOn,
            List<StatementLine> lines,
            Money amount,
            Money paid,
            Money balance,
            List<Payment> payments,
            List<Earlier> earlier) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final CallSource source;
    private final Statements statements;
    private final Ledger ledger;
    private final Clock clock;

    Contributions(
            JdbcClient jdbc, JsonMapper json, CallSource source, Statements statements, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.source = source;
        this.statements = statements;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What a call of this year would say if it were made now. Nothing is kept. */
    Map<MemberId, Money> preview(int year) {
        return source.gather(year).contributions();
    }

    @Transactional
    Call call(int year, Kind kind, LocalDate dueOn, Actor actor) {
        Workshop.requireYear(year);
        Texts.requiredDay("dueOn", dueOn);
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
        return new Call(id, year, kind.code(), LocalDate.now(clock), dueOn, total);
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
                            "INSERT INTO pooling.contribution_call (year, kind, inputs, due_on, made_at) VALUES (?, ?, ?::jsonb, ?, ?) RETURNING id")
                    .params(
                            year,
                            kind.code(),
                            json.writeValueAsString(inputs),
                            dueOn,
                            java.time.OffsetDateTime.now(clock))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException already) {
            throw Refusal.conflict("pooling.call.already", kind.code(), year);
        }
    }

    /** Whether the call, computed again from its frozen inputs, says today what it said then. */
    boolean recomputesTheSame(UUID call) {
        Map<MemberId, Money> again = statements.inputs(call).contributions();
        Map<MemberId, Money> then = new java.util.HashMap<>();
        statements.owed(call).forEach(o -> then.put(new MemberId(o.member()), o.amount()));
        return again.equals(then);
    }

    @Transactional
    void notePayment(
            MemberId member, int year, Money amount, LocalDate receivedOn, @Nullable String note, Actor actor) {
        if (amount.equals(Money.ZERO)) {
            throw Refusal.invalidField("amount", "pooling.payment.zero");
        }
        Workshop.requireYear(year);
        Texts.requiredDay("receivedOn", receivedOn);
        String kept = Texts.optional("note", note, 500);
        boolean known = jdbc.sql("SELECT count(*) > 0 FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Refusal.notFound("pooling.member.unknown");
        }
        jdbc.sql("INSERT INTO pooling.payment (member, year, amount, received_on, note) VALUES (?, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(member.value(), year, amount.cents(), receivedOn, kept))
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
}
