package org.entente.pooling;

import static org.entente.provisioning.Papers.escape;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.provisioning.Papers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The minute of a meeting: a signed, accessible PDF in French that says what was asked, who voted, what was decided. */
@Component
class Minutes {

    private static final Locale FRENCH = Locale.FRENCH;

    private final Meetings meetings;
    private final Convening convening;
    private final Documents documents;
    private final Papers papers;
    private final KeyWords words;
    private final ZoneId zone;

    Minutes(
            Meetings meetings,
            Convening convening,
            Documents documents,
            Papers papers,
            KeyWords words,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.meetings = meetings;
        this.convening = convening;
        this.documents = documents;
        this.papers = papers;
        this.words = words;
        this.zone = zone;
    }

    /** Closes the meeting and signs its minute: both or neither. */
    @Transactional
    public void close(UUID meeting, Author by) {
        convening.close(meeting, by);
        Meetings.Meeting closed = meetings.get(meeting, true);
        byte[] signed = papers.sign(print(closed), say("pooling.minute.reason"));
        documents.add("minute", meeting, closed.title(), "proces-verbal" + ".pdf", "signed", signed, by);
    }

    Documents.Document of(UUID meeting) {
        return documents.of(meeting).stream().findFirst().orElseThrow(() -> Refusal.notFound("pooling.minute.none"));
    }

    private byte[] print(Meetings.Meeting meeting) {
        String title = say("pooling.minute.title", meeting.bodyName());
        StringBuilder html = new StringBuilder("<p class=\"head\">")
                .append(escape(papers.territory()))
                .append("</p><h1>")
                .append(escape(title))
                .append("</h1><p class=\"lead\">")
                .append(escape(meeting.title() + ", "
                        + DateTimeFormatter.ofPattern("d MMMM uuuu 'à' HH 'h' mm", FRENCH)
                                .format(meeting.at().atZone(zone))
                        + (meeting.place().isBlank() ? "" : ", " + meeting.place())))
                .append("</p>");
        List<Meetings.Given> proxies = meetings.proxies(meeting.id());
        if (!proxies.isEmpty()) {
            html.append("<h2>").append(escape(say("pooling.minute.proxies"))).append("</h2><ul>");
            proxies.forEach(p -> html.append("<li>")
                    .append(escape(say("pooling.minute.proxy", p.from(), p.to())))
                    .append("</li>"));
            html.append("</ul>");
        }
        for (Meetings.Item item : meetings.agenda(meeting.id(), FRENCH)) {
            html.append("<h2>")
                    .append(escape(item.position() + ". " + item.title()))
                    .append("</h2>");
            if (!item.text().isBlank()) {
                html.append("<p>").append(escape(item.text())).append("</p>");
            }
            BallotReader.Ballot ballot = item.ballot();
            if (ballot != null) {
                result(html, ballot);
            }
        }
        html.append("<p class=\"foot\">")
                .append(escape(say("pooling.minute.foot")))
                .append("</p>");
        return papers.print(title + " – " + meeting.title(), title, html.toString());
    }

    private void result(StringBuilder html, BallotReader.Ballot ballot) {
        html.append("<p><b>").append(escape(ballot.question())).append("</b></p>");
        Tally tally = ballot.tally();
        if (tally == null) {
            html.append("<p>").append(escape(say("pooling.minute.not-voted"))).append("</p>");
            return;
        }
        html.append("<p>")
                .append(escape(say(
                        "pooling.minute.result",
                        say("pooling.ballot." + (ballot.secret() ? "secret" : "open")),
                        say("pooling.majority." + ballot.majority()),
                        tally.seatsVoted(),
                        tally.seats(),
                        tally.yes(),
                        tally.no(),
                        tally.abstain())))
                .append("</p><p><b>")
                .append(escape(say(
                        !tally.quorumReached()
                                ? "pooling.minute.no-quorum"
                                : tally.adopted() ? "pooling.minute.adopted" : "pooling.minute.rejected")))
                .append("</b></p>");
        if (!tally.votes().isEmpty()) {
            html.append("<table class=\"acts\"><thead><tr>");
            for (String column : new String[] {"member", "choice", "weight", "by"}) {
                html.append("<th scope=\"col\">")
                        .append(escape(say("pooling.minute." + column)))
                        .append("</th>");
            }
            html.append("</tr></thead><tbody>");
            tally.votes()
                    .forEach(v -> html.append("<tr><th scope=\"row\">")
                            .append(escape(v.member()))
                            .append("</th><td>")
                            .append(escape(say("pooling.choice." + v.choice())))
                            .append("</td><td>")
                            .append(v.weight())
                            .append("</td><td>")
                            .append(escape(v.by()))
                            .append("</td></tr>"));
            html.append("</tbody></table>");
        }
        BallotReader.Effect effect = ballot.effect();
        if (effect != null && tally.adopted()) {
            html.append("<p>")
                    .append(escape(say(
                            "pooling.minute.effect",
                            effect.text(),
                            DateTimeFormatter.ofPattern("d MMMM uuuu", FRENCH).format(effect.effectiveOn()))))
                    .append("</p>");
        }
    }

    private String say(String key, Object... args) {
        return words.text(key, FRENCH, args);
    }
}
