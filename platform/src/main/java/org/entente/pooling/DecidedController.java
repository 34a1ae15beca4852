package org.entente.pooling;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Everybody sees who decides, what is decided and how; delegates vote in the capacity in which they act. */
@RestController
@Needs(Right.PERSON)
class DecidedController {

    record BodyDetail(
            UUID id,
            String name,
            String purpose,
            int quorumPercent,
            String majority,
            int seats,
            int weight,
            boolean mine,
            int version,
            List<Bodies.Seat> seatList) {}

    record MeetingDetail(
            UUID id,
            UUID body,
            String bodyName,
            String title,
            Instant at,
            String place,
            String state,
            int items,
            int openBallots,
            boolean minute,
            @Nullable String reason,
            List<Meetings.Item> agenda,
            List<Meetings.Given> proxies) {}

    record Decision(
            UUID id,
            String question,
            String body,
            UUID meeting,
            String meetingTitle,
            @Nullable Instant closedAt,
            boolean adopted,
            @Nullable Tally tally,
            BallotReader.@Nullable Effect effect) {}

    record Vote(@NotNull UUID seat, @NotNull String choice) {}

    record Proxy(@NotNull UUID seat, @Nullable UUID to) {}

    private final Bodies bodies;
    private final Meetings meetings;
    private final Minutes minutes;
    private final Ballots ballots;
    private final BallotReader reader;
    private final Voting voting;
    private final Documents documents;
    private final JdbcClient jdbc;

    DecidedController(
            Bodies bodies,
            Meetings meetings,
            Minutes minutes,
            Ballots ballots,
            BallotReader reader,
            Voting voting,
            Documents documents,
            JdbcClient jdbc) {
        this.bodies = bodies;
        this.meetings = meetings;
        this.minutes = minutes;
        this.ballots = ballots;
        this.reader = reader;
        this.voting = voting;
        this.documents = documents;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/pooling/bodies")
    List<Bodies.Body> bodies(Actor actor) {
        return bodies.all(actor.capacity());
    }

    @GetMapping("/api/pooling/bodies/{id}")
    BodyDetail body(@PathVariable UUID id, Actor actor) {
        Bodies.Body b = bodies.get(id, actor.capacity());
        return new BodyDetail(
                b.id(),
                b.name(),
                b.purpose(),
                b.quorumPercent(),
                b.majority(),
                b.seats(),
                b.weight(),
                b.mine(),
                b.version(),
                bodies.seats(id));
    }

    @GetMapping("/api/pooling/meetings")
    List<Meetings.Meeting> meetings(Actor actor) {
        return meetings.all(drafts(actor));
    }

    @GetMapping("/api/pooling/meetings/{id}")
    MeetingDetail meeting(@PathVariable UUID id, Actor actor, Locale locale) {
        Meetings.Meeting m = meetings.get(id, drafts(actor));
        return new MeetingDetail(
                m.id(),
                m.body(),
                m.bodyName(),
                m.title(),
                m.at(),
                m.place(),
                m.state(),
                m.items(),
                m.openBallots(),
                m.minute(),
                m.reason(),
                meetings.agenda(id, locale),
                meetings.proxies(id));
    }

    @GetMapping("/api/pooling/meetings/{id}/documents/{document}")
    ResponseEntity<byte[]> document(@PathVariable UUID id, @PathVariable UUID document, Actor actor) {
        meetings.get(id, drafts(actor));
        return documents.file(meetings.itemOf(id, document), document);
    }

    @GetMapping("/api/pooling/meetings/{id}/minute.pdf")
    ResponseEntity<byte[]> minute(@PathVariable UUID id) {
        meetings.get(id, false);
        return documents.file(id, minutes.of(id).id());
    }

    @GetMapping("/api/pooling/decisions")
    List<Decision> decisions(Locale locale) {
        return jdbc.sql("""
                SELECT b.id, o.name, m.id, m.title FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item
                JOIN pooling.meeting m ON m.id = i.meeting JOIN pooling.body o ON o.id = m.body
                WHERE b.state = 'closed' ORDER BY b.closed_at DESC LIMIT 200
                """)
                .query((row, n) -> {
                    BallotReader.Ballot ballot = reader.get(row.getObject(1, UUID.class), locale);
                    Tally tally = ballot.tally();
                    return new Decision(
                            ballot.id(),
                            ballot.question(),
                            row.getString(2),
                            row.getObject(3, UUID.class),
                            row.getString(4),
                            ballot.closedAt(),
                            tally != null && tally.adopted(),
                            tally,
                            ballot.effect());
                })
                .list();
    }

    @GetMapping("/api/me/ballots")
    List<Voting.MyBallot> mine(Actor actor, Locale locale) {
        return voting.open(actor.capacity(), locale);
    }

    @PostMapping("/api/me/ballots/{ballot}/vote")
    Voting.MyBallot vote(@PathVariable UUID ballot, @RequestBody @Valid Vote vote, Actor actor, Locale locale) {
        ballots.vote(ballot, vote.seat(), vote.choice(), actor);
        return voting.mine(ballot, actor.capacity(), locale);
    }

    @GetMapping("/api/me/proxies")
    List<Voting.MyProxy> proxies(Actor actor) {
        return voting.proxies(actor.capacity());
    }

    @PutMapping("/api/me/proxies/{meeting}")
    Voting.MyProxy give(@PathVariable UUID meeting, @RequestBody @Valid Proxy proxy, Actor actor) {
        return voting.give(meeting, proxy.seat(), proxy.to(), actor);
    }

    private static boolean drafts(Actor actor) {
        return actor.may(Right.READ_TERRITORY, null);
    }
}
