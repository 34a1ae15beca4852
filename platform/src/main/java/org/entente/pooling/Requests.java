package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Needs that people propose and members back; the operator answers and brings them from idea to live. */
@Service
class Requests {

    /** Where a request may go from each state; the answer may also leave it where it is. */
    static final Map<String, List<String>> NEXT = Map.of(
            "idea", List.of("studied", "declined"),
            "studied", List.of("accepted", "declined"),
            "accepted", List.of("building", "declined"),
            "building", List.of("live", "declined"),
            "live", List.of(),
            "declined", List.of("studied"),
            "withdrawn", List.of());

    /** Until the operator took it on, whoever asked may take it back. */
    private static final List<String> UNTAKEN = List.of("idea", "studied");

    record Answer(
            int version,
            String state,
            String text,
            @Nullable String service,
            @Nullable String release,
            @Nullable LocalDate expected) {

        @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
        Answer {
            text = Texts.required("text", text, 2000);
            release = Texts.optional("release", release, 100);
            Texts.day("expected", expected);
            if (state == null || !NEXT.containsKey(state) || state.equals("withdrawn")) {
                throw Refusal.invalidField("state", "pooling.request.state", String.valueOf(state));
            }
        }
    }

    record Backing(
            int weight, @Nullable Money budget, @Nullable String note) {
        Backing {
            note = Texts.optional("note", note, 500);
            if (weight < 1 || weight > 3) {
                throw Refusal.invalidField("weight", "pooling.backing.weight", weight);
            }
            if (budget != null && budget.isNegative()) {
                throw Refusal.invalidField("budget", "pooling.budget.negative", budget.inEuros());
            }
        }
    }

    private final JdbcClient jdbc;
    private final Catalog catalog;
    private final Ledger ledger;
    private final Clock clock;

    Requests(JdbcClient jdbc, Catalog catalog, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** In the name of the member in which the person acts now. */
    @Transactional
    UUID propose(String title, String need, @Nullable String asked, Actor actor) {
        String clean = Texts.required("title", title, 200);
        if (asked != null && catalog.find(asked).isEmpty()) {
            throw Refusal.invalidField("service", "service.unknown", asked);
        }
        UUID id;
        try {
            id = jdbc.sql("""
                    INSERT INTO pooling.request (title, need, member, by_person, by_name, at, asked, service)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                    """)
                    .params(Arrays.asList(
                            clean,
                            Texts.required("need", need, 5000),
                            actor.member().value(),
                            actor.person().value(),
                            actor.name(),
                            Ballots.at(clock.instant()),
                            asked,
                            asked))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException askedAlready) {
            throw Refusal.conflict("pooling.request.same-service", String.valueOf(asked));
        }
        record("request.proposed", id, clean, Map.of(), actor);
        return id;
    }

    @Transactional
    void comment(UUID id, String text, Actor actor) {
        String title = lock(id).title();
        say(id, Texts.required("text", text, 2000), null, actor);
        record("request.commented", id, title, Map.of(), actor);
    }

    @Transactional
    void back(UUID id, MemberId member, Backing backing, Actor actor) {
        Locked request = open(id);
        Money budget = backing.budget();
        jdbc.sql("""
                INSERT INTO pooling.backing (request, member, weight, budget, note, by_person, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (request, member) DO UPDATE SET weight = excluded.weight, budget = excluded.budget, note = excluded.note,
                    by_person = excluded.by_person, at = excluded.at
                """)
                .params(Arrays.asList(
                        id,
                        member.value(),
                        backing.weight(),
                        budget == null ? null : budget.cents(),
                        backing.note(),
                        actor.person().value(),
                        Ballots.at(clock.instant())))
                .update();
        ledger.record(new Entry(
                actor.author(),
                "request.backed",
                member.value(),
                "request",
                id.toString(),
                request.title(),
                Map.of(),
                Map.of("weight", backing.weight())));
    }

    @Transactional
    void withdraw(UUID id, MemberId member, Actor actor) {
        Locked request = open(id);
        int gone = jdbc.sql("DELETE FROM pooling.backing WHERE request = ? AND member = ?")
                .params(id, member.value())
                .update();
        if (gone == 0) {
            throw Refusal.notFound("pooling.backing.none");
        }
        ledger.record(new Entry(
                actor.author(),
                "request.withdrawn",
                member.value(),
                "request",
                id.toString(),
                request.title(),
                Map.of(),
                Map.of()));
    }

    /**
     * Whoever asked, or an administrator of their member, acting for that member now: who has left it takes nothing of it back, and the operator declines instead.
     */
    static boolean mayTakeBack(UUID author, UUID member, String state, Actor actor) {
        MemberId asked = new MemberId(member);
        return actor.member().equals(asked)
                && (actor.person().value().equals(author) || actor.may(Right.MANAGE_MEMBER, asked))
                && UNTAKEN.contains(state);
    }

    @Transactional
    void takeBack(UUID id, Actor actor) {
        Locked request = lock(id);
        if (!request.state().equals("withdrawn")) {
            if (!UNTAKEN.contains(request.state())) {
                throw Refusal.conflict("pooling.request.taken", request.title());
            }
            if (!mayTakeBack(request.byPerson(), request.member(), request.state(), actor)) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "pooling.request.not-yours");
            }
            jdbc.sql("UPDATE pooling.request SET state = 'withdrawn', version = version + 1 WHERE id = ?")
                    .param(id)
                    .update();
            record("request.taken-back", id, request.title(), Map.of(), actor);
        }
    }

    @Transactional
    void answer(UUID id, Answer answer, Actor actor) {
        Locked request = lock(id);
        if (request.version() != answer.version()) {
            throw Refusal.conflict("pooling.changed-meanwhile");
        }
        if (!answer.state().equals(request.state())
                && !NEXT.getOrDefault(request.state(), List.of()).contains(answer.state())) {
            throw Refusal.conflict("pooling.request.no-way", request.state(), answer.state());
        }
        if (answer.service() != null && catalog.find(answer.service()).isEmpty()) {
            throw Refusal.invalidField("service", "service.unknown", answer.service());
        }
        try {
            jdbc.sql(
                            "UPDATE pooling.request SET state = ?, service = ?, release = ?, expected = ?, version = version + 1 WHERE id = ?")
                    .params(Arrays.asList(answer.state(), answer.service(), answer.release(), answer.expected(), id))
                    .update();
        } catch (DuplicateKeyException askedAgain) {
            throw Refusal.conflict("pooling.request.same-service", request.title());
        }
        say(id, answer.text(), answer.state(), actor);
        record("request.answered", id, request.title(), Map.of("state", answer.state()), actor);
    }

    private record Locked(String title, String state, UUID member, UUID byPerson, int version) {}

    private Locked lock(UUID id) {
        return jdbc.sql("SELECT title, state, member, by_person, version FROM pooling.request WHERE id = ? FOR UPDATE")
                .param(id)
                .query(Locked.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.request.unknown"));
    }

    private Locked open(UUID id) {
        Locked request = lock(id);
        if (NEXT.getOrDefault(request.state(), List.of()).isEmpty()
                || request.state().equals("declined")) {
            throw Refusal.conflict("pooling.request.settled", request.title());
        }
        return request;
    }

    private void say(UUID id, String text, @Nullable String answer, Actor actor) {
        jdbc.sql(
                        "INSERT INTO pooling.talk (request, at, by_person, by_name, member, text, answer) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        id,
                        Ballots.at(clock.instant()),
                        actor.person().value(),
                        actor.name(),
                        actor.member().value(),
                        text,
                        answer))
                .update();
    }

    private void record(String act, UUID id, String title, Map<String, Object> after, Actor actor) {
        ledger.record(new Entry(
                actor.author(), act, actor.member().value(), "request", id.toString(), title, Map.of(), after));
    }
}
