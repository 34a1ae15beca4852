package org.entente.pooling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings of a body and what is on their agenda, which changes as long as the meeting is a draft. */
@Service
class Meetings {

    private static final int MOST_ITEMS = 100;

    record NewEffect(
            String kind,
            @Nullable UUID key,
            @Nullable UUID agreement,
            @Nullable String service,
            @Nullable Integer year,
            LocalDate effectiveOn) {

        @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
        NewEffect {
            kind = Texts.required("kind", kind, 20);
            Texts.requiredDay("effectiveOn", effectiveOn);
            boolean whole = switch (kind) {
                case "key" -> key != null;
                case "agreement" -> agreement != null;
                case "budget" -> year != null && year >= 2000 && year <= 2200;
                case "service" -> agreement != null && service != null;
                default -> false;
            };
            if (!whole) {
                throw Refusal.invalidField("effect", "pooling.effect.incomplete", kind);
            }
        }
    }

    record NewBallot(
            String question,
            boolean secret,
            @Nullable String majority,
            @Nullable NewEffect effect) {}

    record NewItem(
            String title, @Nullable String text, @Nullable NewBallot ballot) {}

    record Meeting(
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
            @Nullable String reason) {}

    record Item(
            UUID id,
            int position,
            String title,
            String text,
            List<Documents.Document> documents,
            BallotReader.@Nullable Ballot ballot) {}

    record Given(String from, String to) {}

    private final JdbcClient jdbc;
    private final BallotReader ballots;
    private final Documents documents;
    private final Ledger ledger;
    private final Clock clock;

    Meetings(JdbcClient jdbc, BallotReader ballots, Documents documents, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ballots = ballots;
        this.documents = documents;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<Meeting> all(boolean drafts) {
        return read(drafts, null);
    }

    Meeting get(UUID id, boolean drafts) {
        return read(drafts, id).stream().findFirst().orElseThrow(() -> Refusal.notFound("pooling.meeting.unknown"));
    }

    private List<Meeting> read(boolean drafts, @Nullable UUID one) {
        return jdbc.sql("""
                SELECT m.id, m.body, b.name AS body_name, m.title, m.at, m.place, m.state, m.reason,
                       (SELECT count(*)::int FROM pooling.item i WHERE i.meeting = m.id) AS items,
                       (SELECT count(*)::int FROM pooling.item i JOIN pooling.ballot v ON v.item = i.id
                        WHERE i.meeting = m.id AND v.state = 'open') AS open_ballots,
                       EXISTS (SELECT FROM pooling.document d WHERE d.owner_kind = 'minute' AND d.owner = m.id) AS minute
                FROM pooling.meeting m JOIN pooling.body b ON b.id = m.body
                WHERE (:drafts OR m.state <> 'draft') AND (:one::uuid IS NULL OR m.id = :one::uuid) ORDER BY m.at DESC, m.id
                """)
                .param("drafts", drafts)
                .param("one", one)
                .query((row, n) -> new Meeting(
                        row.getObject("id", UUID.class),
                        row.getObject("body", UUID.class),
                        row.getString("body_name"),
                        row.getString("title"),
                        AgreementReader.instant(row, "at"),
                        row.getString("place"),
                        row.getString("state"),
                        row.getInt("items"),
                        row.getInt("open_ballots"),
                        row.getBoolean("minute"),
                        row.getString("reason")))
                .list();
    }

    List<Item> agenda(UUID meeting, Locale locale) {
        record Row(UUID id, int position, String title, String text) {}
        return jdbc
                .sql("SELECT id, position, title, text FROM pooling.item WHERE meeting = ? ORDER BY position, id")
                .param(meeting)
                .query(Row.class)
                .list()
                .stream()
                .map(row -> new Item(
                        row.id(),
                        row.position(),
                        row.title(),
                        row.text(),
                        documents.of(row.id()),
                        ballots.ofItem(row.id(), locale)))
                .toList();
    }

    List<Given> proxies(UUID meeting) {
        return jdbc.sql("""
                SELECT f.name AS "from", t.name AS "to" FROM pooling.proxy p
                JOIN pooling.seat fs ON fs.id = p.from_seat JOIN directory.v_member f ON f.id = fs.member
                JOIN pooling.seat ts ON ts.id = p.to_seat JOIN directory.v_member t ON t.id = ts.member
                WHERE p.meeting = ? ORDER BY f.name
                """)
                .param(meeting)
                .query((row, n) -> new Given(row.getString(1), row.getString(2)))
                .list();
    }

    @Transactional
    UUID make(UUID body, String title, Instant at, String place, Author by) {
        boolean known = jdbc.sql("SELECT count(*) > 0 FROM pooling.body WHERE id = ?")
                .param(body)
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Refusal.invalidField("body", "pooling.body.unknown");
        }
        Texts.day("at", at.atZone(clock.getZone()).toLocalDate());
        String clean = Texts.required("title", title, 200);
        UUID id = jdbc.sql("INSERT INTO pooling.meeting (body, title, at, place) VALUES (?, ?, ?, ?) RETURNING id")
                .params(body, clean, Ballots.at(at), Texts.or(Texts.optional("place", place, 200), ""))
                .query(UUID.class)
                .single();
        record("meeting.planned", id, clean, Map.of("at", at.toString()), by);
        return id;
    }

    @Transactional
    void add(UUID meeting, NewItem item, Author by) {
        Meeting draft = draft(meeting);
        if (draft.items() >= MOST_ITEMS) {
            throw Refusal.conflict("pooling.meeting.many", MOST_ITEMS);
        }
        UUID id = jdbc.sql("""
                INSERT INTO pooling.item (meeting, position, title, text)
                SELECT ?, coalesce(max(position), 0) + 1, ?, ? FROM pooling.item WHERE meeting = ? RETURNING id
                """)
                .params(
                        meeting,
                        Texts.required("title", item.title(), 200),
                        Texts.or(Texts.optional("text", item.text(), 10_000), ""),
                        meeting)
                .query(UUID.class)
                .single();
        NewBallot ballot = item.ballot();
        if (ballot != null) {
            add(id, draft.body(), ballot);
        }
        record("meeting.item-added", meeting, draft.title(), Map.of("title", item.title()), by);
    }

    private void add(UUID item, UUID body, NewBallot ballot) {
        String majority = ballot.majority();
        if (majority != null) {
            Bodies.requireMajority(majority);
        }
        UUID id = jdbc.sql("""
                INSERT INTO pooling.ballot (item, question, secret, majority, quorum_percent)
                SELECT ?, ?, ?, coalesce(?, majority), quorum_percent FROM pooling.body WHERE id = ? RETURNING id
                """)
                .params(Arrays.asList(
                        item, Texts.required("question", ballot.question(), 500), ballot.secret(), majority, body))
                .query(UUID.class)
                .single();
        NewEffect effect = ballot.effect();
        if (effect == null) {
            return;
        }
        requireKnown("cost_key", effect.key(), "pooling.key.unknown");
        requireKnown("agreement", effect.agreement(), "pooling.agreement.unknown");
        jdbc.sql("""
                INSERT INTO pooling.effect (ballot, kind, cost_key, agreement, service, year, effective_on) VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        effect.kind(),
                        effect.key(),
                        effect.agreement(),
                        effect.service(),
                        effect.year(),
                        effect.effectiveOn()))
                .update();
    }

    private void requireKnown(String table, @Nullable UUID id, String code) {
        if (id != null
                && !jdbc.sql("SELECT count(*) > 0 FROM pooling." + table + " WHERE id = ?")
                        .param(id)
                        .query(Boolean.class)
                        .single()) {
            throw Refusal.invalidField("effect", code);
        }
    }

    @Transactional
    void remove(UUID meeting, UUID item, Author by) {
        Meeting draft = draft(meeting);
        int gone = jdbc.sql("DELETE FROM pooling.item WHERE id = ? AND meeting = ?")
                .params(item, meeting)
                .update();
        if (gone == 0) {
            throw Refusal.notFound("pooling.item.unknown");
        }
        documents.remove(item);
        record("meeting.item-removed", meeting, draft.title(), Map.of(), by);
    }

    Meeting requireItem(UUID meeting, UUID item, boolean drafts) {
        Meeting known = get(meeting, drafts);
        boolean has = jdbc.sql("SELECT count(*) > 0 FROM pooling.item WHERE id = ? AND meeting = ?")
                .params(item, meeting)
                .query(Boolean.class)
                .single();
        if (!has) {
            throw Refusal.notFound("pooling.item.unknown");
        }
        return known;
    }

    /** The item of this meeting to which a document belongs. */
    UUID itemOf(UUID meeting, UUID document) {
        return jdbc.sql(
                        "SELECT i.id FROM pooling.item i JOIN pooling.document d ON d.owner = i.id WHERE i.meeting = ? AND d.id = ?")
                .params(meeting, document)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.document.unknown"));
    }

    Meeting draft(UUID id) {
        Meeting meeting = locked(id);
        if (!meeting.state().equals("draft")) {
            throw Refusal.conflict("pooling.meeting.not-draft");
        }
        return meeting;
    }

    /** As it stands, while nobody else changes it. */
    Meeting locked(UUID id) {
        jdbc.sql("SELECT id FROM pooling.meeting WHERE id = ? FOR UPDATE")
                .param(id)
                .query(UUID.class)
                .optional();
        return get(id, true);
    }

    void record(String act, UUID id, String title, Map<String, Object> after, Author by) {
        ledger.record(new Entry(by, act, null, "meeting", id.toString(), title, Map.of(), after));
    }
}
