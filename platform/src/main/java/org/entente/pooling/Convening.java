package org.entente.pooling;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of a meeting: convened, moved to another day, called off or closed. Delegates are told of each. */
@Service
class Convening {

    private final JdbcClient jdbc;
    private final Meetings meetings;
    private final Documents documents;
    private final Clock clock;

    Convening(JdbcClient jdbc, Meetings meetings, Documents documents, Clock clock) {
        this.jdbc = jdbc;
        this.meetings = meetings;
        this.documents = documents;
        this.clock = clock;
    }

    /** The agenda is settled. */
    @Transactional
    void convene(UUID id, Author by) {
        Meetings.Meeting draft = meetings.draft(id);
        if (draft.items() == 0) {
            throw Refusal.conflict("pooling.meeting.empty");
        }
        jdbc.sql("UPDATE pooling.meeting SET state = 'convened' WHERE id = ?")
                .param(id)
                .update();
        meetings.record(
                "meeting.convened", id, draft.title(), Map.of("at", draft.at().toString()), by);
    }

    /** Another day, hour or place, until something was voted. Proxies given for it stay. */
    @Transactional
    void move(UUID id, Instant at, @Nullable String place, Author by) {
        Meetings.Meeting meeting = meetings.locked(id);
        requireNothingVoted(meeting);
        Texts.day("at", at.atZone(clock.getZone()).toLocalDate());
        String where = Texts.or(Texts.optional("place", place, 200), "");
        if (Ballots.at(at).toInstant().equals(meeting.at()) && where.equals(meeting.place())) {
            return;
        }
        jdbc.sql("UPDATE pooling.meeting SET at = ?, place = ? WHERE id = ?")
                .params(Ballots.at(at), where, id)
                .update();
        // Nobody was told of a draft: nobody is told that it moved.
        String act = meeting.state().equals("draft") ? "meeting.draft-moved" : "meeting.moved";
        meetings.record(act, id, meeting.title(), Map.of("at", at.toString(), "place", where), by);
    }

    /** It does not take place. What it should have decided is proposed to another one. */
    @Transactional
    void cancel(UUID id, String reason, Author by) {
        Meetings.Meeting meeting = meetings.locked(id);
        if (!meeting.state().equals("convened")) {
            throw Refusal.conflict("pooling.meeting.not-convened");
        }
        requireNothingVoted(meeting);
        String why = Texts.required("reason", reason, 500);
        jdbc.sql("UPDATE pooling.meeting SET state = 'cancelled', reason = ? WHERE id = ?")
                .params(why, id)
                .update();
        jdbc.sql("""
                UPDATE pooling.effect SET state = 'dropped' WHERE ballot IN (
                    SELECT b.id FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item WHERE i.meeting = ?)
                """).param(id).update();
        meetings.record("meeting.cancelled", id, meeting.title(), Map.of("reason", why), by);
    }

    /** Throws a draft away: nobody was told of it yet. */
    @Transactional
    void discard(UUID id, Author by) {
        Meetings.Meeting draft = meetings.draft(id);
        jdbc.sql("SELECT id FROM pooling.item WHERE meeting = ?")
                .param(id)
                .query(UUID.class)
                .list()
                .forEach(documents::remove);
        jdbc.sql("DELETE FROM pooling.item WHERE meeting = ?").param(id).update();
        jdbc.sql("DELETE FROM pooling.meeting WHERE id = ?").param(id).update();
        meetings.record("meeting.discarded", id, draft.title(), Map.of(), by);
    }

    /** Marks it closed; the lock keeps ballots from being opened meanwhile. */
    @Transactional
    void close(UUID id, Author by) {
        Meetings.Meeting meeting = meetings.locked(id);
        if (!meeting.state().equals("convened")) {
            throw Refusal.conflict("pooling.meeting.not-convened");
        }
        if (meeting.openBallots() > 0) {
            throw Refusal.conflict("pooling.meeting.ballots-open");
        }
        jdbc.sql("UPDATE pooling.meeting SET state = 'closed', closed_at = ? WHERE id = ?")
                .params(Ballots.at(clock.instant()), id)
                .update();
        meetings.record("meeting.closed", id, meeting.title(), Map.of(), by);
    }

    private void requireNothingVoted(Meetings.Meeting meeting) {
        if (meeting.state().equals("closed") || meeting.state().equals("cancelled")) {
            throw Refusal.conflict("pooling.meeting.over");
        }
        boolean voted = jdbc.sql("""
                SELECT count(*) > 0 FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item WHERE i.meeting = ? AND b.state <> 'planned'
                """).param(meeting.id()).query(Boolean.class).single();
        if (voted) {
            throw Refusal.conflict("pooling.meeting.voted");
        }
    }
}
