package org.entente.pooling;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The operator prepares and holds meetings: bodies, seats, agenda, ballots, minute. */
@RestController
@RequestMapping("/api/operator/pooling")
@Needs(Right.OPERATE)
class DecidingController {

    record Seats(int version, @NotNull @Size(max = 500) List<Bodies.NewSeat> seats) {}

    record NewDelegate(@NotNull UUID seat, @NotNull AffiliationId affiliation, boolean substitute) {}

    record NewMeeting(
            @NotNull UUID body,
            @NotNull String title,
            @NotNull Instant at,
            @Nullable String place) {}

    record Moved(@NotNull Instant at, @Nullable String place) {}

    record Reason(@NotNull String reason) {}

    record Opening(@NotNull Instant closesAt) {}

    private final Bodies bodies;
    private final Meetings meetings;
    private final Convening convening;
    private final Minutes minutes;
    private final Ballots ballots;
    private final BallotReader reader;
    private final Decisions decisions;
    private final Documents documents;
    private final DecidedController shown;

    DecidingController(
            Bodies bodies,
            Meetings meetings,
            Convening convening,
            Minutes minutes,
            Ballots ballots,
            BallotReader reader,
            Decisions decisions,
            Documents documents,
            DecidedController shown) {
        this.bodies = bodies;
        this.meetings = meetings;
        this.convening = convening;
        this.minutes = minutes;
        this.ballots = ballots;
        this.reader = reader;
        this.decisions = decisions;
        this.documents = documents;
        this.shown = shown;
    }

    @PostMapping("bodies")
    @ResponseStatus(HttpStatus.CREATED)
    DecidedController.BodyDetail make(@RequestBody @Valid Bodies.NewBody body, Actor actor) {
        return shown.body(bodies.make(body, actor.author()), actor);
    }

    @PutMapping("bodies/{id}/seats")
    DecidedController.BodyDetail seats(@PathVariable UUID id, @RequestBody @Valid Seats seats, Actor actor) {
        bodies.seats(id, seats.version(), seats.seats(), actor.author());
        return shown.body(id, actor);
    }

    @PostMapping("bodies/{id}/delegates")
    DecidedController.BodyDetail delegate(
            @PathVariable UUID id, @RequestBody @Valid NewDelegate delegate, Actor actor) {
        bodies.delegate(id, delegate.seat(), delegate.affiliation(), delegate.substitute(), actor.author());
        return shown.body(id, actor);
    }

    @DeleteMapping("bodies/{id}/delegates/{delegate}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void undelegate(@PathVariable UUID id, @PathVariable UUID delegate, Actor actor) {
        bodies.undelegate(id, delegate, actor.author());
    }

    @PostMapping("meetings")
    @ResponseStatus(HttpStatus.CREATED)
    DecidedController.MeetingDetail plan(@RequestBody @Valid NewMeeting meeting, Actor actor, Locale locale) {
        UUID id = meetings.make(
                meeting.body(), meeting.title(), meeting.at(), Texts.or(meeting.place(), ""), actor.author());
        return shown.meeting(id, actor, locale);
    }

    @PostMapping("meetings/{id}/items")
    @ResponseStatus(HttpStatus.CREATED)
    DecidedController.MeetingDetail add(
            @PathVariable UUID id, @RequestBody @Valid Meetings.NewItem item, Actor actor, Locale locale) {
        meetings.add(id, item, actor.author());
        return shown.meeting(id, actor, locale);
    }

    @DeleteMapping("meetings/{id}/items/{item}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, @PathVariable UUID item, Actor actor) {
        meetings.remove(id, item, actor.author());
    }

    @PostMapping("meetings/{id}/items/{item}/documents")
    @ResponseStatus(HttpStatus.CREATED)
    Documents.Document attach(
            @PathVariable UUID id,
            @PathVariable UUID item,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Actor actor) {
        Meetings.Meeting meeting = meetings.requireItem(id, item, true);
        if (meeting.state().equals("closed") || meeting.state().equals("cancelled")) {
            throw Refusal.conflict("pooling.meeting.not-convened");
        }
        if (file == null) {
            throw Refusal.invalidField("file", "pooling.document.not-pdf");
        }
        return documents.add(
                "item",
                item,
                meeting.title(),
                file.getOriginalFilename(),
                "annex",
                Documents.pdf(file),
                actor.author());
    }

    @PostMapping("meetings/{id}/convene")
    DecidedController.MeetingDetail convene(@PathVariable UUID id, Actor actor, Locale locale) {
        convening.convene(id, actor.author());
        return shown.meeting(id, actor, locale);
    }

    @PutMapping("meetings/{id}")
    DecidedController.MeetingDetail move(
            @PathVariable UUID id, @RequestBody @Valid Moved moved, Actor actor, Locale locale) {
        convening.move(id, moved.at(), moved.place(), actor.author());
        return shown.meeting(id, actor, locale);
    }

    @PostMapping("meetings/{id}/cancel")
    DecidedController.MeetingDetail cancel(
            @PathVariable UUID id, @RequestBody @Valid Reason reason, Actor actor, Locale locale) {
        convening.cancel(id, reason.reason(), actor.author());
        return shown.meeting(id, actor, locale);
    }

    @DeleteMapping("meetings/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable UUID id, Actor actor) {
        convening.discard(id, actor.author());
    }

    @PostMapping("meetings/{id}/close")
    DecidedController.MeetingDetail close(@PathVariable UUID id, Actor actor, Locale locale) {
        minutes.close(id, actor.author());
        return shown.meeting(id, actor, locale);
    }

    @PostMapping("ballots/{id}/open")
    BallotReader.Ballot open(@PathVariable UUID id, @RequestBody @Valid Opening opening, Actor actor, Locale locale) {
        ballots.open(id, opening.closesAt(), actor.author());
        return reader.get(id, locale);
    }

    @PostMapping("ballots/{id}/close")
    BallotReader.Ballot closeBallot(@PathVariable UUID id, Actor actor, Locale locale) {
        ballots.close(id, actor.author());
        decisions.run();
        return reader.get(id, locale);
    }

    @PostMapping("ballots/{id}/effect/retry")
    BallotReader.Ballot retry(@PathVariable UUID id, Actor actor, Locale locale) {
        decisions.retry(id, actor.author());
        return reader.get(id, locale);
    }
}
