package org.entente.pooling;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The committee of a demonstration: one meeting held, with a budget adopted and a key that waits for January, and one to come. */
@Component
class DemoCommittee {

    private static final Author DEMO = Author.system("demo");

    private final Bodies bodies;
    private final Meetings meetings;
    private final Convening convening;
    private final Minutes minutes;
    private final Ballots ballots;
    private final Decisions decisions;
    private final DemoPeople people;
    private final JdbcClient jdbc;
    private final Clock clock;

    DemoCommittee(
            Bodies bodies,
            Meetings meetings,
            Convening convening,
            Minutes minutes,
            Ballots ballots,
            Decisions decisions,
            DemoPeople people,
            JdbcClient jdbc,
            Clock clock) {
        this.bodies = bodies;
        this.meetings = meetings;
        this.convening = convening;
        this.minutes = minutes;
        this.ballots = ballots;
        this.decisions = decisions;
        this.people = people;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void decide(Map<String, MemberId> towns, int year, UUID common, UUID key, LocalDate today) {
        UUID body = bodies.make(
                new Bodies.NewBody(
                        "Comité de mutualisation",
                        "Adopte les budgets, les clés et les conventions du socle commun.",
                        50,
                        "absolute",
                        towns.values().stream()
                                .map(m -> new Bodies.NewSeat(m.value(), weight(m)))
                                .toList()),
                DEMO);
        Map<UUID, Actor> delegates = new LinkedHashMap<>();
        for (Bodies.Seat seat : bodies.seats(body)) {
            Actor delegate = people.delegate(new MemberId(seat.member()));
            if (delegate != null) {
                bodies.delegate(body, seat.id(), delegate.capacity(), false, DEMO);
                delegates.put(seat.id(), delegate);
            }
        }
        UUID meeting = meetings.make(
                body,
                "Séance du comité",
                clock.instant().minus(Duration.ofDays(1)),
                "Vénissieux, salle du conseil",
                DEMO);
        item(
                meeting,
                "Budget " + year,
                "Adopter le budget " + year + " ?",
                new Meetings.NewEffect("budget", null, null, null, year, today));
        item(
                meeting,
                "Clé de répartition",
                "Répartir le socle commun selon la population, dégressive et plafonnée, dès " + (year + 1) + " ?",
                new Meetings.NewEffect("key", key, common, null, null, LocalDate.of(year + 1, 1, 1)));
        convening.convene(meeting, DEMO);
        for (Meetings.Item item : meetings.agenda(meeting, Locale.FRENCH)) {
            UUID ballot = java.util.Objects.requireNonNull(item.ballot()).id();
            ballots.open(ballot, clock.instant().plus(Duration.ofHours(1)), DEMO);
            int rank = 0;
            for (Map.Entry<UUID, Actor> vote : delegates.entrySet()) {
                ballots.vote(
                        ballot,
                        vote.getKey(),
                        rank % 7 == 3 ? "abstain" : rank % 7 == 5 ? "against" : "for",
                        vote.getValue());
                rank++;
            }
            ballots.close(ballot, DEMO);
        }
        decisions.run();
        minutes.close(meeting, DEMO);
        next(body, year);
    }

    /** A meeting to come, so that there is something to prepare and to give a proxy for. */
    private void next(UUID body, int year) {
        UUID meeting = meetings.make(
                body,
                "Séance de préparation du budget " + (year + 1),
                clock.instant().plus(Duration.ofDays(20)),
                "En visioconférence",
                DEMO);
        meetings.add(
                meeting,
                new Meetings.NewItem(
                        "Présidence du groupe de travail",
                        "Élection à bulletin secret.",
                        new Meetings.NewBallot("Confier le groupe de travail à Givors ?", true, null, null)),
                DEMO);
        convening.convene(meeting, DEMO);
    }

    private void item(UUID meeting, String title, String question, Meetings.NewEffect effect) {
        meetings.add(
                meeting,
                new Meetings.NewItem(
                        title,
                        "Rapport joint à la convocation.",
                        new Meetings.NewBallot(question, false, null, effect)),
                DEMO);
    }

    private int weight(MemberId member) {
        return jdbc.sql(
                        "SELECT greatest(1, least(10, coalesce(population, 0) / 15000 + 1)) FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(Integer.class)
                .single();
    }
}
