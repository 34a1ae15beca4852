package org.entente.identity.session;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.PersonId;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sessions seen and ended by their person; by a member's people those that carry a capacity of that member, and no others. */
@RestController
class SessionsController {

    private final SessionsList sessions;
    private final Ledger ledger;
    private final JdbcClient jdbc;

    SessionsController(SessionsList sessions, Ledger ledger, JdbcClient jdbc) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/me/sessions")
    @Needs(Right.PERSON)
    List<SessionsList.Session> mine(PortalSession session) {
        return sessions.of(session.person(), session.id(), null).stream()
                .filter(one -> one.current() || within(session, one))
                .toList();
    }

    @DeleteMapping("/api/me/sessions/{id}")
    @Needs(Right.PERSON)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    public void end(@PathVariable String id, PortalSession session, Actor actor) {
        if (mine(session).stream().noneMatch(one -> one.id().equals(id)) || !sessions.end(actor.person(), id, null)) {
            throw Refusal.notFound("unknown");
        }
        record(actor, actor.person(), null, 1);
    }

    @DeleteMapping("/api/me/sessions")
    @Needs(Right.WHOLE_PERSON)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    public void endOthers(PortalSession session, Actor actor) {
        int ended = sessions.endOthers(session.person(), session.id());
        if (ended > 0) {
            record(actor, actor.person(), null, ended);
        }
    }

    /** Where else somebody is at work for other members is not shown to a session that does not count for them. */
    private static boolean within(PortalSession session, SessionsList.Session one) {
        Capacity capacity = one.capacity();
        return capacity == null
                ? !session.reach().limited()
                : session.reach().includes(new MemberId(capacity.member().id()));
    }

    @GetMapping("/api/members/{member}/people/{person}/sessions")
    @Needs(Right.MANAGE_PEOPLE)
    List<SessionsList.Session> ofMember(@PathVariable MemberId member, @PathVariable PersonId person) {
        belongs(person, member);
        return sessions.of(person, null, member);
    }

    @DeleteMapping("/api/members/{member}/people/{person}/sessions/{id}")
    @Needs(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    public void endOfMember(
            @PathVariable MemberId member, @PathVariable PersonId person, @PathVariable String id, Actor actor) {
        belongs(person, member);
        if (!sessions.end(person, id, member)) {
            throw Refusal.notFound("unknown");
        }
        record(actor, person, member, 1);
    }

    private void belongs(PersonId person, MemberId member) {
        boolean belongs = jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM directory.v_affiliation WHERE person = ? AND member = ?)")
                .params(person.value(), member.value())
                .query(Boolean.class)
                .single();
        if (!belongs) {
            throw Refusal.notFound("unknown");
        }
    }

    private void record(Actor actor, PersonId person, @Nullable MemberId member, int ended) {
        UUID readers = member == null ? actor.member().value() : member.value();
        String name = jdbc.sql("SELECT given_name || ' ' || usual_name FROM directory.v_person WHERE id = ?")
                .param(person.value())
                .query(String.class)
                .single();
        ledger.record(new Entry(
                actor.author(),
                "session.ended",
                readers,
                "person",
                person.toString(),
                name,
                Map.of(),
                Map.of("sessions", ended)));
    }
}
