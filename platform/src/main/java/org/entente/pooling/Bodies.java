package org.entente.pooling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.PersonRef;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Bodies that decide: which member has which weight, and whose affiliation sits for it. */
@Service
class Bodies {

    record NewSeat(UUID member, int weight) {
        NewSeat {
            if (weight < 1 || weight > 1000) {
                throw Refusal.invalidField("weight", "pooling.seat.weight", weight);
            }
        }
    }

    record NewBody(String name, String purpose, int quorumPercent, String majority, List<NewSeat> seats) {
        @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
        NewBody {
            name = Texts.required("name", name, 120);
            purpose = Texts.or(Texts.optional("purpose", purpose, 2000), "");
            majority = Texts.or(majority, "simple");
            seats = seats == null ? List.of() : List.copyOf(seats);
            if (quorumPercent < 0 || quorumPercent > 100) {
                throw Refusal.invalidField("quorumPercent", "pooling.body.quorum", quorumPercent);
            }
            requireMajority(majority);
        }
    }

    record Body(
            UUID id,
            String name,
            String purpose,
            int quorumPercent,
            String majority,
            int seats,
            int weight,
            boolean mine,
            int version) {}

    record Delegate(
            UUID id, AffiliationId affiliation, PersonRef person, String function, boolean substitute, boolean live) {}

    record Seat(UUID id, UUID member, String name, int weight, List<Delegate> delegates) {}

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Bodies(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    static void requireMajority(String majority) {
        if (!List.of("simple", "absolute", "two-thirds").contains(majority)) {
            throw Refusal.invalidField("majority", "pooling.body.majority", majority);
        }
    }

    /** {@code capacity} tells which are the reader's own. */
    List<Body> all(AffiliationId capacity) {
        return jdbc.sql("""
                SELECT b.id, b.name, b.purpose, b.quorum_percent, b.majority, b.version, count(s.id)::int AS seats, coalesce(sum(s.weight), 0)::int AS weight,
                       EXISTS (SELECT FROM pooling.seat o JOIN pooling.delegate d ON d.seat = o.id WHERE o.body = b.id AND d.affiliation = ?) AS mine
                FROM pooling.body b LEFT JOIN pooling.seat s ON s.body = b.id GROUP BY b.id ORDER BY b.name
                """).param(capacity.value()).query(Body.class).list();
    }

    Body get(UUID id, AffiliationId capacity) {
        return all(capacity).stream()
                .filter(body -> body.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("pooling.body.unknown"));
    }

    List<Seat> seats(UUID body) {
        Map<UUID, List<Delegate>> delegates = new HashMap<>();
        jdbc.sql("""
                SELECT d.seat, d.id, d.affiliation, d.substitute, a.person, p.given_name, p.usual_name, a.function, a.live
                FROM pooling.delegate d JOIN pooling.seat s ON s.id = d.seat
                JOIN directory.v_affiliation a ON a.id = d.affiliation JOIN directory.v_person p ON p.id = a.person
                WHERE s.body = ? ORDER BY d.substitute, p.usual_name
                """)
                .param(body)
                .query((row, n) -> delegates
                        .computeIfAbsent(row.getObject("seat", UUID.class), s -> new ArrayList<>())
                        .add(new Delegate(
                                row.getObject("id", UUID.class),
                                new AffiliationId(row.getObject("affiliation", UUID.class)),
                                new PersonRef(
                                        new PersonId(row.getObject("person", UUID.class)),
                                        row.getString("given_name"),
                                        row.getString("usual_name")),
                                row.getString("function"),
                                row.getBoolean("substitute"),
                                row.getBoolean("live"))))
                .list();
        return jdbc.sql("""
                SELECT s.id, s.member, m.name, s.weight FROM pooling.seat s JOIN directory.v_member m ON m.id = s.member
                WHERE s.body = ? ORDER BY base.plain(m.name)
                """)
                .param(body)
                .query((row, n) -> new Seat(
                        row.getObject("id", UUID.class),
                        row.getObject("member", UUID.class),
                        row.getString("name"),
                        row.getInt("weight"),
                        delegates.getOrDefault(row.getObject("id", UUID.class), List.of())))
                .list();
    }

    @Transactional
    UUID make(NewBody body, Author by) {
        UUID id;
        try {
            id = jdbc.sql(
                            "INSERT INTO pooling.body (name, purpose, quorum_percent, majority) VALUES (?, ?, ?, ?) RETURNING id")
                    .params(body.name(), body.purpose(), body.quorumPercent(), body.majority())
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("pooling.body.name-taken", body.name());
        }
        put(id, body.seats());
        record("body.made", null, id, body.name(), Map.of("seats", body.seats().size()), by);
        return id;
    }

    /** Who sits with which weight from now on; seats that stay keep their delegates. */
    @Transactional
    void seats(UUID id, int version, List<NewSeat> seats, Author by) {
        String name = lock(id);
        int touched = jdbc.sql("UPDATE pooling.body SET version = version + 1 WHERE id = ? AND version = ?")
                .params(id, version)
                .update();
        if (touched == 0) {
            throw Refusal.conflict("pooling.changed-meanwhile");
        }
        put(id, seats);
        record("body.seated", null, id, name, Map.of("seats", seats.size()), by);
    }

    private void put(UUID id, List<NewSeat> seats) {
        Set<UUID> members = new HashSet<>();
        for (NewSeat seat : seats) {
            if (!members.add(seat.member())) {
                throw Refusal.invalidField("seats", "pooling.seat.twice");
            }
        }
        jdbc.sql("DELETE FROM pooling.seat WHERE body = ? AND NOT member = ANY (?::uuid[])")
                .params(id, members.toArray(UUID[]::new))
                .update();
        for (NewSeat seat : seats) {
            int put = jdbc.sql("""
                    INSERT INTO pooling.seat (body, member, weight) SELECT ?, m.id, ? FROM directory.v_member m WHERE m.id = ?
                    ON CONFLICT (body, member) DO UPDATE SET weight = excluded.weight
                    """).params(id, seat.weight(), seat.member()).update();
            if (put == 0) {
                throw Refusal.invalidField("seats", "pooling.member.unknown");
            }
        }
    }

    /** An affiliation at the seat's member sits for it; when it ends, so does the delegation. */
    @Transactional
    void delegate(UUID id, UUID seat, AffiliationId affiliation, boolean substitute, Author by) {
        String name = lock(id);
        UUID member = jdbc.sql("SELECT member FROM pooling.seat WHERE id = ? AND body = ?")
                .params(seat, id)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.seat.unknown"));
        boolean fits = jdbc.sql(
                        "SELECT count(*) > 0 FROM directory.v_affiliation WHERE id = ? AND member = ? AND phase <> 'ended'")
                .params(affiliation.value(), member)
                .query(Boolean.class)
                .single();
        if (!fits) {
            throw Refusal.invalidField("affiliation", "pooling.delegate.other-member");
        }
        try {
            jdbc.sql("INSERT INTO pooling.delegate (seat, affiliation, substitute) VALUES (?, ?, ?)")
                    .params(seat, affiliation.value(), substitute)
                    .update();
        } catch (DataIntegrityViolationException already) {
            throw Refusal.conflict("pooling.delegate.already");
        }
        record("body.delegated", new MemberId(member), id, name, Map.of("affiliation", affiliation.toString()), by);
    }

    @Transactional
    void undelegate(UUID id, UUID delegate, Author by) {
        String name = lock(id);
        int gone = jdbc.sql(
                        "DELETE FROM pooling.delegate d USING pooling.seat s WHERE d.id = ? AND s.id = d.seat AND s.body = ?")
                .params(delegate, id)
                .update();
        if (gone == 0) {
            throw Refusal.notFound("pooling.delegate.unknown");
        }
        record("body.undelegated", null, id, name, Map.of(), by);
    }

    /** Seats do not move while somebody votes. */
    private String lock(UUID id) {
        String name = jdbc.sql("SELECT name FROM pooling.body WHERE id = ? FOR UPDATE")
                .param(id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.body.unknown"));
        boolean open = jdbc.sql("""
                SELECT count(*) > 0 FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
                WHERE m.body = ? AND b.state = 'open'
                """).param(id).query(Boolean.class).single();
        if (open) {
            throw Refusal.conflict("pooling.body.ballot-open");
        }
        return name;
    }

    private void record(
            String act, @Nullable MemberId member, UUID id, String name, Map<String, Object> after, Author by) {
        ledger.record(new Entry(
                by, act, member == null ? null : member.value(), "body", id.toString(), name, Map.of(), after));
    }
}
