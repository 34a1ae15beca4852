package org.entente.pooling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads ballots, counts them, and knows for which seats somebody may vote. */
@Component
class BallotReader {

    record Effect(
            String kind,
            @Nullable UUID key,
            @Nullable UUID agreement,
            @Nullable String service,
            @Nullable Integer year,
            LocalDate effectiveOn,
            String text,
            String state,
            @Nullable Instant doneAt,
            @Nullable String error) {}

    record Ballot(
            UUID id,
            String question,
            boolean secret,
            String majority,
            String state,
            @Nullable Instant openedAt,
            @Nullable Instant closesAt,
            @Nullable Instant closedAt,
            int voted,
            int seats,
            @Nullable Tally tally,
            @Nullable Effect effect) {}

    /**
     * A seat that somebody votes for.
     *
     * @param via the own seat that carries the proxy; null for one's own
     */
    record Holding(
            UUID seat,
            UUID memberId,
            String member,
            int weight,
            @Nullable UUID via,
            boolean voted,
            @Nullable String choice) {}

    private final JdbcClient jdbc;
    private final KeyWords words;
    private final CallSource names;

    BallotReader(JdbcClient jdbc, KeyWords words, CallSource names) {
        this.jdbc = jdbc;
        this.words = words;
        this.names = names;
    }

    Ballot get(UUID id, Locale locale) {
        return read("b.id = ?", id, locale).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("pooling.ballot.unknown"));
    }

    @Nullable
    Ballot ofItem(UUID item, Locale locale) {
        return read("b.item = ?", item, locale).stream().findFirst().orElse(null);
    }

    private List<Ballot> read(String where, UUID id, Locale locale) {
        return jdbc.sql("""
                SELECT b.*, count(s.seat)::int AS seats, (count(s.seat) FILTER (WHERE s.voted))::int AS seats_voted
                FROM pooling.ballot b LEFT JOIN pooling.ballot_seat s ON s.ballot = b.id WHERE %s GROUP BY b.id
                """.formatted(where))
                .param(id)
                .query((row, n) -> {
                    UUID ballot = row.getObject("id", UUID.class);
                    String state = row.getString("state");
                    return new Ballot(
                            ballot,
                            row.getString("question"),
                            row.getBoolean("secret"),
                            row.getString("majority"),
                            state,
                            instant(row, "opened_at"),
                            instant(row, "closes_at"),
                            instant(row, "closed_at"),
                            row.getInt("seats_voted"),
                            row.getInt("seats"),
                            state.equals("closed") ? tally(ballot) : null,
                            effect(ballot, locale));
                })
                .list();
    }

    /** Counted anew each time from the votes, or from the box of a secret ballot. */
    Tally tally(UUID id) {
        record Rules(boolean secret, String majority, int quorumPercent) {}
        Rules rules = jdbc.sql("SELECT secret, majority, quorum_percent FROM pooling.ballot WHERE id = ?")
                .param(id)
                .query(Rules.class)
                .single();
        record Seats(int seats, int voted) {}
        Seats seats = jdbc.sql(
                        "SELECT count(*)::int AS seats, (count(*) FILTER (WHERE voted))::int AS voted FROM pooling.ballot_seat WHERE ballot = ?")
                .param(id)
                .query(Seats.class)
                .single();
        record Sums(long yes, long no, long abstain) {}
        String counted = rules.secret()
                ? "SELECT unnest(papers) AS choice, 1 AS weight FROM pooling.ballot_box WHERE ballot = ?"
                : "SELECT v.choice, s.weight FROM pooling.vote v JOIN pooling.ballot_seat s ON s.ballot = v.ballot AND s.seat = v.seat WHERE v.ballot = ?";
        Sums sums = jdbc.sql("""
                SELECT coalesce(sum(weight) FILTER (WHERE choice = 'for'), 0) AS yes, coalesce(sum(weight) FILTER (WHERE choice = 'against'), 0) AS no,
                       coalesce(sum(weight) FILTER (WHERE choice = 'abstain'), 0) AS abstain FROM (%s) c
                """.formatted(counted)).param(id).query(Sums.class).single();
        List<Tally.Vote> votes = rules.secret()
                ? List.of()
                : jdbc.sql("""
                SELECT m.name AS member, v.choice, s.weight, v.by_name AS by, CASE WHEN v.by_proxy IS NOT NULL THEN m.name END AS proxy_of
                FROM pooling.vote v JOIN pooling.ballot_seat s ON s.ballot = v.ballot AND s.seat = v.seat
                JOIN directory.v_member m ON m.id = s.member WHERE v.ballot = ? ORDER BY base.plain(m.name)
                """).param(id).query(Tally.Vote.class).list();
        return Tally.count(
                sums.yes(),
                sums.no(),
                sums.abstain(),
                seats.voted(),
                seats.seats(),
                rules.quorumPercent(),
                rules.majority(),
                votes);
    }

    /** The seats of a ballot for which this capacity votes now: its own, unless given away, and those given to it. */
    List<Holding> held(UUID ballot, AffiliationId capacity) {
        return jdbc.sql("""
                WITH mine AS (
                    SELECT s.seat, m.id AS meeting FROM pooling.ballot_seat s
                    JOIN pooling.ballot b ON b.id = s.ballot JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
                    JOIN pooling.delegate d ON d.seat = s.seat JOIN directory.v_affiliation a ON a.id = d.affiliation AND a.live
                    WHERE s.ballot = :ballot AND d.affiliation = :capacity),
                holds AS (
                    SELECT seat, NULL::uuid AS via FROM mine
                    WHERE NOT EXISTS (SELECT FROM pooling.proxy p WHERE p.meeting = mine.meeting AND p.from_seat = mine.seat)
                    UNION SELECT p.from_seat, p.to_seat FROM mine JOIN pooling.proxy p ON p.meeting = mine.meeting AND p.to_seat = mine.seat)
                SELECT h.seat, s.member AS member_id, m.name AS member, s.weight, h.via, s.voted, v.choice
                FROM holds h JOIN pooling.ballot_seat s ON s.ballot = :ballot AND s.seat = h.seat
                JOIN directory.v_member m ON m.id = s.member LEFT JOIN pooling.vote v ON v.ballot = s.ballot AND v.seat = s.seat
                ORDER BY h.via NULLS FIRST, m.name
                """)
                .param("ballot", ballot)
                .param("capacity", capacity.value())
                .query(Holding.class)
                .list();
    }

    private @Nullable Effect effect(UUID ballot, Locale locale) {
        return jdbc.sql("SELECT * FROM pooling.effect WHERE ballot = ?")
                .param(ballot)
                .query((row, n) -> new Effect(
                        row.getString("kind"),
                        row.getObject("cost_key", UUID.class),
                        row.getObject("agreement", UUID.class),
                        row.getString("service"),
                        row.getObject("year", Integer.class),
                        row.getObject("effective_on", LocalDate.class),
                        text(row, locale),
                        row.getString("state"),
                        instant(row, "done_at"),
                        row.getString("error")))
                .optional()
                .orElse(null);
    }

    private String text(ResultSet row, Locale locale) throws SQLException {
        UUID key = row.getObject("cost_key", UUID.class);
        UUID agreement = row.getObject("agreement", UUID.class);
        return words.text(
                "pooling.effect." + row.getString("kind") + (agreement == null && key != null ? ".alone" : ""),
                locale,
                key == null ? "" : names.keyName(key),
                agreement == null ? "" : names.agreementNumber(agreement),
                row.getString("service") == null ? "" : words.service(row.getString("service"), locale),
                String.valueOf(row.getObject("year")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
