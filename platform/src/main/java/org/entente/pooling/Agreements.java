package org.entente.pooling;

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
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Agreements between members: who takes part in what, from when until when, and by which key the cost is shared. */
@Service
class Agreements {

    record Agreement(
            UUID id,
            String number,
            String title,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            int noticeMonths,
            String renewal,
            @Nullable UUID costKey,
            int version) {}

    record Party(
            UUID member,
            String name,
            LocalDate since,
            @Nullable LocalDate until) {}

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Agreements(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    List<Agreement> all() {
        return jdbc.sql("SELECT * FROM pooling.agreement ORDER BY number")
                .query(Agreement.class)
                .list();
    }

    Agreement get(UUID id) {
        return jdbc.sql("SELECT * FROM pooling.agreement WHERE id = ?")
                .param(id)
                .query(Agreement.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.agreement.unknown"));
    }

    List<Party> parties(UUID agreement) {
        return jdbc.sql("""
                SELECT p.member, m.name, p.since, p.until FROM pooling.party p JOIN directory.v_member m ON m.id = p.member
                WHERE p.agreement = ? ORDER BY m.name, p.since
                """).param(agreement).query(Party.class).list();
    }

    @Transactional
    Agreement make(
            String number,
            String title,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable UUID costKey,
            Actor actor) {
        if (endsOn != null && endsOn.isBefore(startsOn)) {
            throw Refusal.invalidField("endsOn", "pooling.agreement.ends-before");
        }
        try {
            UUID id = jdbc.sql(
                            "INSERT INTO pooling.agreement (number, title, starts_on, ends_on, cost_key) VALUES (?, ?, ?, ?, ?) RETURNING id")
                    .params(java.util.Arrays.asList(number, title, startsOn, endsOn, costKey))
                    .query(UUID.class)
                    .single();
            record("agreement.made", null, id, number, Map.of("title", title, "startsOn", startsOn.toString()), actor);
            return get(id);
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("pooling.agreement.number-taken", number);
        } catch (DataIntegrityViolationException unknownKey) {
            throw Refusal.invalidField("costKey", "pooling.key.unknown");
        }
    }

    /** A member joins an agreement; twice at the same time is refused. */
    @Transactional
    void join(UUID agreement, MemberId member, LocalDate since, Actor actor) {
        Agreement joined = get(agreement);
        if (since.isBefore(joined.startsOn()) || (joined.endsOn() != null && since.isAfter(joined.endsOn()))) {
            throw Refusal.invalidField("since", "pooling.party.outside", joined.number());
        }
        boolean known = jdbc.sql("SELECT count(*) > 0 FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Refusal.notFound("pooling.member.unknown");
        }
        try {
            jdbc.sql("INSERT INTO pooling.party (agreement, member, since) VALUES (?, ?, ?)")
                    .params(agreement, member.value(), since)
                    .update();
        } catch (DataIntegrityViolationException already) {
            throw Refusal.conflict("pooling.party.already", joined.number());
        }
        record(
                "agreement.joined",
                member.value(),
                agreement,
                joined.number(),
                Map.of("since", since.toString()),
                actor);
    }

    /** A member leaves at the end of {@code until}. */
    @Transactional
    void leave(UUID agreement, MemberId member, LocalDate until, Actor actor) {
        Agreement left = get(agreement);
        int changed = jdbc.sql(
                        "UPDATE pooling.party SET until = ? WHERE agreement = ? AND member = ? AND until IS NULL AND since <= ?")
                .params(until, agreement, member.value(), until)
                .update();
        if (changed == 0) {
            throw Refusal.conflict("pooling.party.not-in", left.number());
        }
        record("agreement.left", member.value(), agreement, left.number(), Map.of("until", until.toString()), actor);
    }

    private void record(
            String act, @Nullable UUID member, UUID id, String number, Map<String, Object> after, Actor actor) {
        ledger.record(new Entry(actor.author(), act, member, "agreement", id.toString(), number, Map.of(), after));
    }
}
