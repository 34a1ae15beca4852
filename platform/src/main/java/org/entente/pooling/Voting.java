package org.entente.pooling;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a delegate does: see the ballots to vote in, give a proxy and take it back. */
@Service
class Voting {

    record Held(
            UUID seat,
            String member,
            int weight,
            boolean proxy,
            boolean voted,
            @Nullable String choice) {}

    record MyBallot(
            BallotReader.Ballot ballot,
            UUID meeting,
            String meetingTitle,
            String bodyName,
            String title,
            List<Held> held) {}

    record Candidate(UUID seat, String name) {}

    record MyProxy(
            UUID meeting,
            String title,
            String bodyName,
            Instant at,
            UUID seat,
            @Nullable UUID to,
            @Nullable String toName,
            List<Candidate> candidates) {}

    private final JdbcClient jdbc;
    private final BallotReader reader;
    private final Ledger ledger;
    private final Clock clock;

    Voting(JdbcClient jdbc, BallotReader reader, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<MyBallot> open(AffiliationId capacity, Locale locale) {
        return jdbc
                .sql("SELECT id FROM pooling.ballot WHERE state = 'open' AND closes_at > ? ORDER BY closes_at")
                .param(Ballots.at(clock.instant()))
                .query(UUID.class)
                .list()
                .stream()
                .map(id -> mine(id, capacity, locale))
                .filter(mine -> !mine.held().isEmpty())
                .toList();
    }

    MyBallot mine(UUID ballot, AffiliationId capacity, Locale locale) {
        List<Held> held = reader.held(ballot, capacity).stream()
                .map(h -> new Held(h.seat(), h.member(), h.weight(), h.via() != null, h.voted(), h.choice()))
                .toList();
        return jdbc.sql("""
                SELECT m.id, m.title, o.name, i.title AS item FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item
                JOIN pooling.meeting m ON m.id = i.meeting JOIN pooling.body o ON o.id = m.body WHERE b.id = ?
                """)
                .param(ballot)
                .query((row, n) -> new MyBallot(
                        reader.get(ballot, locale),
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        held))
                .single();
    }

    List<MyProxy> proxies(AffiliationId capacity) {
        return jdbc.sql("""
                SELECT m.id AS meeting, m.title, o.name AS body_name, m.at, s.id AS seat, p.to_seat, t.name AS to_name
                FROM pooling.meeting m JOIN pooling.body o ON o.id = m.body JOIN pooling.seat s ON s.body = o.id
                JOIN pooling.delegate d ON d.seat = s.id AND d.affiliation = ?
                LEFT JOIN pooling.proxy p ON p.meeting = m.id AND p.from_seat = s.id
                LEFT JOIN pooling.seat ts ON ts.id = p.to_seat LEFT JOIN directory.v_member t ON t.id = ts.member
                WHERE m.state = 'convened' ORDER BY m.at, s.id
                """)
                .param(capacity.value())
                .query((row, n) -> new MyProxy(
                        row.getObject("meeting", UUID.class),
                        row.getString("title"),
                        row.getString("body_name"),
                        AgreementReader.instant(row, "at"),
                        row.getObject("seat", UUID.class),
                        row.getObject("to_seat", UUID.class),
                        row.getString("to_name"),
                        candidates(row.getObject("meeting", UUID.class), row.getObject("seat", UUID.class))))
                .list();
    }

    private List<Candidate> candidates(UUID meeting, UUID seat) {
        return jdbc.sql("""
                SELECT s.id AS seat, m.name FROM pooling.seat s JOIN directory.v_member m ON m.id = s.member
                WHERE s.body = (SELECT body FROM pooling.seat WHERE id = :seat) AND s.id <> :seat
                  AND NOT EXISTS (SELECT FROM pooling.proxy p WHERE p.meeting = :meeting
                                  AND (p.from_seat = s.id OR p.to_seat = s.id AND p.from_seat <> :seat)) ORDER BY m.name
                """)
                .param("seat", seat)
                .param("meeting", meeting)
                .query(Candidate.class)
                .list();
    }

    /** Gives the vote of one's seat in a meeting to another seat, or takes it back; not once it was used. */
    @Transactional
    MyProxy give(UUID meeting, UUID seat, @Nullable UUID to, Actor actor) {
        String title = jdbc.sql("SELECT title FROM pooling.meeting WHERE id = ? AND state = 'convened' FOR UPDATE")
                .param(meeting)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.meeting.unknown"));
        MyProxy mine = proxies(actor.capacity()).stream()
                .filter(p -> p.meeting().equals(meeting) && p.seat().equals(seat))
                .findFirst()
                .orElseThrow(() -> Refusal.of(Refusal.Kind.FORBIDDEN, "pooling.ballot.no-seat"));
        boolean used = jdbc.sql("""
                SELECT count(*) > 0 FROM pooling.ballot_seat s JOIN pooling.ballot b ON b.id = s.ballot JOIN pooling.item i ON i.id = b.item
                WHERE i.meeting = ? AND b.state = 'open' AND s.seat = ? AND s.voted
                """).params(meeting, seat).query(Boolean.class).single();
        if (used) {
            throw Refusal.conflict("pooling.proxy.voted");
        }
        jdbc.sql("DELETE FROM pooling.proxy WHERE meeting = ? AND from_seat = ?")
                .params(meeting, seat)
                .update();
        if (to != null) {
            give(meeting, seat, to, actor.name());
        }
        ledger.record(new Entry(
                actor.author(),
                to == null ? "proxy.taken-back" : "proxy.given",
                actor.member().value(),
                "meeting",
                meeting.toString(),
                title,
                Map.of("to", String.valueOf(mine.toName())),
                Map.of()));
        return proxies(actor.capacity()).stream()
                .filter(p -> p.meeting().equals(meeting) && p.seat().equals(seat))
                .findFirst()
                .orElseThrow();
    }

    private void give(UUID meeting, UUID seat, UUID to, String by) {
        if (to.equals(seat)) {
            throw Refusal.invalidField("to", "pooling.proxy.self");
        }
        boolean sameBody = jdbc.sql(
                        "SELECT count(DISTINCT body) = 1 AND count(*) = 2 FROM pooling.seat WHERE id IN (?, ?)")
                .params(seat, to)
                .query(Boolean.class)
                .single();
        if (!sameBody) {
            throw Refusal.invalidField("to", "pooling.seat.unknown");
        }
        boolean chain = jdbc.sql(
                        "SELECT count(*) > 0 FROM pooling.proxy WHERE meeting = ? AND (to_seat = ? OR from_seat = ?)")
                .params(meeting, seat, to)
                .query(Boolean.class)
                .single();
        if (chain) {
            throw Refusal.conflict("pooling.proxy.chain");
        }
        try {
            jdbc.sql("INSERT INTO pooling.proxy (meeting, from_seat, to_seat, by_name) VALUES (?, ?, ?, ?)")
                    .params(meeting, seat, to, by)
                    .update();
        } catch (DuplicateKeyException full) {
            throw Refusal.conflict("pooling.proxy.full");
        }
    }
}
