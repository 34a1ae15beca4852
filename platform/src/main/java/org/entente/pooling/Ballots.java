package org.entente.pooling;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ballots: opened, voted in, closed, counted. Every act first takes the lock of the ballot's row and only then looks at the clock, so
 * a vote at the closing second is either counted or refused, never lost.
 */
@Service
class Ballots {

    private static final String CHOICES = "for against abstain";

    private final JdbcClient jdbc;
    private final BallotReader reader;
    private final Ledger ledger;
    private final Clock clock;

    Ballots(JdbcClient jdbc, BallotReader reader, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Held(
            UUID id,
            UUID meeting,
            UUID body,
            String meetingState,
            String question,
            boolean secret,
            String state,
            @Nullable OffsetDateTime closesAt) {}

    /** Freezes who may vote, with which weight. */
    @Transactional
    void open(UUID id, Instant closesAt, Author by) {
        record Place(UUID body, UUID meeting) {}
        Place place = jdbc.sql("""
                SELECT m.body, m.id AS meeting FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
                WHERE b.id = ?
                """)
                .param(id)
                .query(Place.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.ballot.unknown"));
        // Neither may the seats change meanwhile, nor the meeting be called off or closed.
        jdbc.sql("SELECT id FROM pooling.body WHERE id = ? FOR UPDATE")
                .param(place.body())
                .query(UUID.class)
                .single();
        jdbc.sql("SELECT id FROM pooling.meeting WHERE id = ? FOR UPDATE")
                .param(place.meeting())
                .query(UUID.class)
                .optional();
        Held ballot = lock(id);
        Instant now = clock.instant();
        if (!ballot.meetingState().equals("convened")) {
            throw Refusal.conflict("pooling.meeting.not-convened");
        }
        if (!ballot.state().equals("planned")) {
            throw Refusal.conflict("pooling.ballot.not-planned");
        }
        if (!closesAt.isAfter(now) || closesAt.isAfter(now.plus(java.time.Duration.ofDays(60)))) {
            throw Refusal.invalidField("closesAt", "pooling.ballot.closes-at");
        }
        int seats = jdbc.sql(
                        "INSERT INTO pooling.ballot_seat (ballot, seat, member, weight) SELECT ?, id, member, weight FROM pooling.seat WHERE body = ?")
                .params(id, ballot.body())
                .update();
        if (seats == 0) {
            throw Refusal.conflict("pooling.ballot.no-seats");
        }
        if (ballot.secret()) {
            jdbc.sql("INSERT INTO pooling.ballot_box (ballot) VALUES (?)")
                    .param(id)
                    .update();
        }
        jdbc.sql("UPDATE pooling.ballot SET state = 'open', opened_at = ?, closes_at = ? WHERE id = ?")
                .params(at(now), at(closesAt), id)
                .update();
        record(
                "ballot.opened",
                null,
                id,
                ballot.question(),
                Map.of("closesAt", closesAt.toString(), "seats", seats),
                by);
    }

    /** Votes for a seat that the actor holds, by delegation or by proxy. */
    @Transactional
    void vote(UUID id, UUID seat, String choice, Actor actor) {
        if (!List.of(CHOICES.split(" ")).contains(choice)) {
            throw Refusal.invalidField("choice", "pooling.ballot.choice", choice);
        }
        Held ballot = lock(id);
        Instant now = clock.instant();
        OffsetDateTime closesAt = ballot.closesAt();
        if (!ballot.state().equals("open") || closesAt == null || !now.isBefore(closesAt.toInstant())) {
            throw Refusal.conflict("pooling.ballot.closed");
        }
        BallotReader.Holding holding = reader.held(id, actor.capacity()).stream()
                .filter(h -> h.seat().equals(seat))
                .findFirst()
                .orElseThrow(() -> Refusal.of(Refusal.Kind.FORBIDDEN, "pooling.ballot.no-seat"));
        if (ballot.secret()) {
            if (holding.voted()) {
                throw Refusal.conflict("pooling.ballot.voted");
            }
            jdbc.sql("""
                    UPDATE pooling.ballot_box
                    SET papers = ARRAY(SELECT p FROM unnest(papers || array_fill(?::text, ARRAY[?::integer])) p ORDER BY p) WHERE ballot = ?
                    """).params(choice, holding.weight(), id).update();
        } else {
            jdbc.sql("""
                    INSERT INTO pooling.vote (ballot, seat, choice, by_name, by_proxy, at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (ballot, seat) DO UPDATE SET choice = excluded.choice, by_name = excluded.by_name,
                        by_proxy = excluded.by_proxy, at = excluded.at
                    """)
                    .params(java.util.Arrays.asList(id, seat, choice, actor.name(), holding.via(), at(now)))
                    .update();
        }
        jdbc.sql("UPDATE pooling.ballot_seat SET voted = true WHERE ballot = ? AND seat = ? AND NOT voted")
                .params(id, seat)
                .update();
        record("ballot.voted", holding.memberId(), id, ballot.question(), Map.of(), actor.author());
    }

    @Transactional
    void close(UUID id, Author by) {
        Held ballot = lock(id);
        if (!ballot.state().equals("open")) {
            throw Refusal.conflict("pooling.ballot.not-open");
        }
        Tally tally = reader.tally(id);
        jdbc.sql("UPDATE pooling.ballot SET state = 'closed', closed_at = ?, adopted = ? WHERE id = ?")
                .params(at(clock.instant()), tally.adopted(), id)
                .update();
        jdbc.sql("UPDATE pooling.effect SET state = ? WHERE ballot = ?")
                .params(tally.adopted() ? "waiting" : "dropped", id)
                .update();
        record(
                "ballot.closed",
                null,
                id,
                ballot.question(),
                Map.of(
                        "adopted",
                        tally.adopted(),
                        "for",
                        tally.yes(),
                        "against",
                        tally.no(),
                        "abstain",
                        tally.abstain()),
                by);
    }

    /** Ballots whose hour has come. */
    List<UUID> due() {
        return jdbc.sql("SELECT id FROM pooling.ballot WHERE state = 'open' AND closes_at <= ? ORDER BY closes_at")
                .param(at(clock.instant()))
                .query(UUID.class)
                .list();
    }

    private Held lock(UUID id) {
        return jdbc.sql("""
                SELECT b.id, m.id AS meeting, m.body, m.state AS meeting_state, b.question, b.secret, b.state, b.closes_at
                FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
                WHERE b.id = ? FOR UPDATE OF b
                """)
                .param(id)
                .query(Held.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.ballot.unknown"));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private void record(
            String act, @Nullable UUID member, UUID id, String question, Map<String, Object> after, Author by) {
        ledger.record(new Entry(by, act, member, "ballot", id.toString(), question, Map.of(), after));
    }
}
