package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests and the roadmap drawn from them. What one member would pay is seen by it and by the operator alone. */
@RestController
class RequestsController {

    private static final List<String> COLUMNS = List.of("idea", "studied", "accepted", "building", "live");

    /** Below this number of members that name a budget, their sum would tell what one of them named. */
    private static final int ENOUGH_TO_HIDE = 3;

    record NewRequest(
            @NotNull String title,
            @NotNull String need,
            @Nullable String service) {}

    record Comment(@NotNull String text) {}

    record Request(
            UUID id,
            String title,
            String need,
            String state,
            UUID member,
            String memberName,
            String by,
            Instant at,
            @Nullable String service,
            @Nullable String release,
            @Nullable LocalDate expected,
            int backers,
            int weight,
            @Nullable Money budget,
            int comments,
            boolean backedByMine,
            boolean mayTakeBack,
            int version) {}

    record Backer(
            UUID member,
            String name,
            int weight,
            @Nullable Money budget,
            @Nullable String note,
            Instant at) {}

    record Said(
            UUID id,
            Instant at,
            String by,
            String member,
            String text,
            @Nullable String answer) {}

    record Detail(@JsonUnwrapped Request request, List<Backer> backing, List<Said> talk, List<String> next) {}

    record Column(String state, List<Request> requests) {}

    record Roadmap(List<Column> columns) {}

    private final Requests requests;
    private final JdbcClient jdbc;

    RequestsController(Requests requests, JdbcClient jdbc) {
        this.requests = requests;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/pooling/requests")
    @Needs(Right.PERSON)
    List<Request> all(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String of,
            Actor actor) {
        return read(state, q.strip(), of, null, actor);
    }

    @GetMapping("/api/pooling/requests/{id}")
    @Needs(Right.PERSON)
    Detail one(@PathVariable UUID id, Actor actor) {
        Request r = read("", "", "", id, actor).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("pooling.request.unknown"));
        boolean all = actor.may(Right.READ_TERRITORY, null);
        List<Backer> backing = jdbc.sql("""
                SELECT b.member, m.name, b.weight, b.budget, b.note, b.at FROM pooling.backing b JOIN directory.v_member m ON m.id = b.member
                WHERE b.request = ? ORDER BY b.weight DESC, m.name
                """)
                .param(id)
                .query((row, n) -> {
                    Long budget = row.getObject("budget", Long.class);
                    UUID member = row.getObject("member", UUID.class);
                    boolean mine = actor.may(Right.READ_MEMBER, new MemberId(member));
                    return new Backer(
                            member,
                            row.getString("name"),
                            row.getInt("weight"),
                            budget == null || !(all || mine) ? null : new Money(budget),
                            row.getString("note"),
                            AgreementReader.instant(row, "at"));
                })
                .list();
        List<Said> talk = jdbc.sql("""
                SELECT t.id, t.at, t.by_name, m.name, t.text, t.answer FROM pooling.talk t JOIN directory.v_member m ON m.id = t.member
                WHERE t.request = ? ORDER BY t.at, t.id
                """)
                .param(id)
                .query((row, n) -> new Said(
                        row.getObject(1, UUID.class),
                        AgreementReader.instant(row, "at"),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
        return new Detail(r, backing, talk, Requests.NEXT.getOrDefault(r.state(), List.of()));
    }

    @PostMapping("/api/pooling/requests")
    @Needs(Right.PERSON)
    @ResponseStatus(HttpStatus.CREATED)
    Detail propose(@RequestBody @Valid NewRequest request, Actor actor) {
        return one(requests.propose(request.title(), request.need(), request.service(), actor), actor);
    }

    @PostMapping("/api/pooling/requests/{id}/comments")
    @Needs(Right.PERSON)
    @ResponseStatus(HttpStatus.CREATED)
    Detail comment(@PathVariable UUID id, @RequestBody @Valid Comment comment, Actor actor) {
        requests.comment(id, comment.text(), actor);
        return one(id, actor);
    }

    @DeleteMapping("/api/pooling/requests/{id}")
    @Needs(Right.PERSON)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeBack(@PathVariable UUID id, Actor actor) {
        requests.takeBack(id, actor);
    }

    @PutMapping("/api/members/{member}/requests/{id}/backing")
    @Needs(Right.MANAGE_MEMBER)
    Detail back(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody Requests.Backing backing, Actor actor) {
        requests.back(id, member, backing, actor);
        return one(id, actor);
    }

    @DeleteMapping("/api/members/{member}/requests/{id}/backing")
    @Needs(Right.MANAGE_MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable MemberId member, @PathVariable UUID id, Actor actor) {
        requests.withdraw(id, member, actor);
    }

    @PostMapping("/api/operator/pooling/requests/{id}/answer")
    @Needs(Right.OPERATE)
    Detail answer(@PathVariable UUID id, @RequestBody Requests.Answer answer, Actor actor) {
        requests.answer(id, answer, actor);
        return one(id, actor);
    }

    @GetMapping("/api/pooling/roadmap")
    @Needs(Right.PERSON)
    Roadmap roadmap(Actor actor) {
        List<Request> all = read("", "", "", null, actor);
        List<Column> columns = new ArrayList<>();
        for (String state : COLUMNS) {
            columns.add(new Column(
                    state, all.stream().filter(r -> r.state().equals(state)).toList()));
        }
        return new Roadmap(columns);
    }

    /** @param of {@code mine}: asked by this person; {@code member}: asked or backed by the member of this capacity; else everybody's */
    private List<Request> read(String state, String q, String of, @Nullable UUID one, Actor actor) {
        boolean all = actor.may(Right.READ_TERRITORY, null);
        return jdbc.sql("""
                SELECT r.*, m.name AS member_name, b.backers, b.weight, b.budget, b.budgets, b.mine,
                       (SELECT count(*)::int FROM pooling.talk t WHERE t.request = r.id) AS comments
                FROM pooling.request r JOIN directory.v_member m ON m.id = r.member,
                     LATERAL (SELECT count(*)::int AS backers, coalesce(sum(weight), 0)::int AS weight, coalesce(sum(budget), 0)::bigint AS budget,
                                     count(budget)::int AS budgets, coalesce(bool_or(member = :member), false) AS mine
                              FROM pooling.backing WHERE request = r.id) b
                WHERE (:state = '' OR r.state = :state) AND (:of <> 'mine' OR r.by_person = :person) AND (:of <> 'member' OR r.member = :member OR b.mine) AND (:one::uuid IS NULL OR r.id = :one::uuid)
                  AND (:q = '' OR base.plain(r.title || ' ' || r.need) LIKE '%' || trim(base.plain(:q)) || '%')
                ORDER BY b.weight DESC, r.at DESC LIMIT 500
                """)
                .param("member", actor.member().value())
                .param("person", actor.person().value())
                .param("of", of)
                .param("state", state)
                .param("q", q.substring(0, Math.min(q.length(), 100)))
                .param("one", one)
                .query((row, n) -> new Request(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getString("need"),
                        row.getString("state"),
                        row.getObject("member", UUID.class),
                        row.getString("member_name"),
                        row.getString("by_name"),
                        AgreementReader.instant(row, "at"),
                        row.getString("service"),
                        row.getString("release"),
                        row.getObject("expected", LocalDate.class),
                        row.getInt("backers"),
                        row.getInt("weight"),
                        all || row.getInt("budgets") >= ENOUGH_TO_HIDE ? new Money(row.getLong("budget")) : null,
                        row.getInt("comments"),
                        row.getBoolean("mine"),
                        Requests.mayTakeBack(
                                row.getObject("by_person", UUID.class),
                                row.getObject("member", UUID.class),
                                row.getString("state"),
                                actor),
                        row.getInt("version")))
                .list();
    }
}
