package org.entente.office;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.files.NodeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of sittings: who may seed and save them now, and what the file holds of them. */
@Component
class SittingBook {

    /** Longer than a slow browser takes to read or to write a large document. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Who was there so lately is there still. */
    static final Duration THERE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    SittingBook(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Sitting> find(NodeId node) {
        return jdbc.sql("SELECT * FROM office.sitting WHERE node = ?")
                .param(node.value())
                .query(Sitting::of)
                .optional();
    }

    Optional<Sitting> find(UUID sitting) {
        return jdbc.sql("SELECT * FROM office.sitting WHERE id = ?")
                .param(sitting)
                .query(Sitting::of)
                .optional();
    }

    List<Sitting> all(Collection<UUID> sittings) {
        return jdbc.sql("SELECT s.* FROM unnest(?::uuid[]) AS asked (id) JOIN office.sitting s ON s.id = asked.id")
                .param(sittings.toArray(UUID[]::new))
                .query(Sitting::of)
                .list();
    }

    /** The one of this file. One of which nothing would be lost, and in which nobody is, gives way when the file has another content now. */
    @Transactional
    public Sitting open(NodeId node, String sha256) {
        jdbc.sql("""
                        DELETE FROM office.sitting s WHERE s.node = :node AND s.base <> :base AND s.writing IS NULL AND (s.seq = s.saved_seq OR NOT s.seeded)
                            AND NOT EXISTS (SELECT FROM office.presence p WHERE p.sitting = s.id AND p.at > :there)""")
                .param("node", node.value())
                .param("base", sha256)
                .param("there", at(clock.instant().minus(THERE)))
                .update();
        OffsetDateTime now = at(clock.instant());
        jdbc.sql(
                        "INSERT INTO office.sitting (node, base, made_at, written_at) VALUES (?, ?, ?, ?) ON CONFLICT (node) DO NOTHING")
                .params(node.value(), sha256, now, now)
                .update();
        return find(node).orElseThrow(SittingBook::gone);
    }

    /** Alone, for a while, to make its first entry of the file. */
    UUID leaseToSeed(UUID sitting) {
        UUID lease = UUID.randomUUID();
        Instant now = clock.instant();
        if (jdbc.sql("""
                        UPDATE office.sitting SET seeding = ?, seeding_until = ?
                        WHERE id = ? AND NOT seeded AND (seeding_until IS NULL OR seeding_until <= ?)""").params(lease, at(now.plus(LEASE)), sitting, at(now)).update() == 0) {
            throw Refusal.conflict("office.seeding");
        }
        return lease;
    }

    /** Whether this lease is the one that holds. */
    boolean seeds(UUID sitting, UUID lease) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM office.sitting WHERE id = ? AND seeding = ? AND NOT seeded)")
                .params(sitting, lease)
                .query(Boolean.class)
                .single();
    }

    /** As the other: to save, or to put a state in place of what is saved. */
    boolean saves(UUID sitting, UUID lease) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM office.sitting WHERE id = ? AND saving = ?)")
                .params(sitting, lease)
                .query(Boolean.class)
                .single();
    }

    /** Somebody who leased it could not: the next one may. */
    void giveUpSeeding(UUID sitting, UUID lease) {
        jdbc.sql("UPDATE office.sitting SET seeding = NULL, seeding_until = NULL WHERE id = ? AND seeding = ?")
                .params(sitting, lease)
                .update();
    }

    /** @param seq what was there then: who saves must have it all */
    record Lease(UUID lease, long seq, Instant until) {}

    /**
     * Alone, for a while, to save what is there. Whoever has it and is not in the document any more, at any node that lives, does not keep others from it, unless it is just
     * being written.
     *
     * @param every unless it was saved so lately; null to save in any case
     */
    Lease leaseToSave(UUID sitting, PersonId person, @Nullable Duration every) {
        UUID lease = UUID.randomUUID();
        Instant now = clock.instant();
        Instant until = now.plus(LEASE);
        return jdbc.sql("""
                        UPDATE office.sitting SET saving = :lease, saving_until = :until, saving_person = :person, saving_from = seq, writing = NULL, writing_seq = NULL
                        WHERE id = :id AND seeded AND seq > saved_seq AND (saving_until IS NULL OR saving_until <= :now
                                OR (writing IS NULL AND NOT EXISTS (SELECT FROM office.presence p
                                    WHERE p.sitting = :id AND p.person = saving_person AND p.at > :there)))
                            AND (coalesce(saved_at, made_at) <= :due::timestamptz OR :due::timestamptz IS NULL) RETURNING seq""")
                .param("lease", lease)
                .param("person", person.value())
                .param("until", at(until))
                .param("now", at(now))
                .param("there", at(now.minus(THERE)))
                .param("due", every == null ? null : at(now.minus(every)), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", sitting)
                .query(Long.class)
                .optional()
                .map(seq -> new Lease(lease, seq, until))
                .orElseThrow(() -> notNow(sitting));
    }

    private Refusal notNow(UUID sitting) {
        Sitting found = find(sitting).orElseThrow(SittingBook::gone);
        return Refusal.conflict(found.unsaved() ? "office.saving" : "office.saved");
    }

    /** What is about to be written to the file: should this node die behind that, the next one knows the file again. */
    void writing(UUID sitting, UUID lease, long covers, String sha256) {
        Sitting found = find(sitting).orElseThrow(SittingBook::gone);
        if (covers > found.seq()) {
            throw Refusal.invalid("office.unknown-state");
        }
        if (jdbc.sql("""
                        UPDATE office.sitting SET writing = :sha, writing_seq = :covers
                        WHERE id = :id AND saving = :lease AND saving_until > :now AND saving_from <= :covers AND seq >= :covers""")
                        .param("sha", sha256)
                        .param("covers", covers)
                        .param("id", sitting)
                        .param("lease", lease)
                        .param("now", at(clock.instant()))
                        .update()
                == 0) {
            throw Refusal.conflict("office.stale");
        }
    }

    /** That it is written, whoever comes to say so; and once only. */
    boolean written(UUID sitting, String sha256, @Nullable UUID by) {
        return jdbc.sql("""
                        UPDATE office.sitting SET base = writing, saved_seq = writing_seq, saves = saves + 1, saved_at = :now, saved_by = coalesce(:by::uuid, saved_by),
                            writing = NULL, writing_seq = NULL, saving_until = NULL, saving_person = NULL WHERE id = :id AND writing = :sha""")
                        .param("now", at(clock.instant()))
                        .param("by", by)
                        .param("id", sitting)
                        .param("sha", sha256)
                        .update()
                == 1;
    }

    /** Somebody who leased it could not. Not while it is being written: that may still be done, and is then known again by its lease. */
    void giveUpUnwritten(UUID sitting, UUID lease) {
        jdbc.sql(
                        "UPDATE office.sitting SET saving = NULL, saving_until = NULL, saving_person = NULL WHERE id = ? AND saving = ? AND writing IS NULL")
                .params(sitting, lease)
                .update();
    }

    /** It was not written after all. */
    void giveUpSaving(UUID sitting, UUID lease) {
        jdbc.sql("""
                        UPDATE office.sitting SET saving = NULL, saving_until = NULL, saving_person = NULL, writing = NULL, writing_seq = NULL
                        WHERE id = ? AND saving = ?""").params(sitting, lease).update();
    }

    /** It ends with what was saved elsewhere, unless somebody wrote more meanwhile. */
    boolean end(UUID sitting, long seq) {
        return jdbc.sql("DELETE FROM office.sitting WHERE id = ? AND seq = ?")
                        .params(sitting, seq)
                        .update()
                == 1;
    }

    /** It ends, and what the file does not hold of it is lost: somebody who may has said so. @return how many entries that were */
    Optional<Long> discard(UUID sitting) {
        return jdbc.sql("DELETE FROM office.sitting WHERE id = ? RETURNING seq - saved_seq")
                .param(sitting)
                .query(Long.class)
                .optional();
    }

    /** What nobody needs any more: all of it is in the file and nobody is there, or nobody went on with it for long. */
    int forget(Duration keptFor) {
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM office.presence WHERE at <= ?")
                .param(at(now.minus(THERE.multipliedBy(4))))
                .update();
        return jdbc.sql("""
                        DELETE FROM office.sitting s WHERE (s.written_at <= :long OR (s.seq = s.saved_seq AND s.written_at <= :idle))
                            AND (s.saving_until IS NULL OR s.saving_until <= :now) AND (s.seeding_until IS NULL OR s.seeding_until <= :now)
                            AND NOT EXISTS (SELECT FROM office.presence p WHERE p.sitting = s.id AND p.at > :there)""")
                .param("long", at(now.minus(keptFor)))
                .param("idle", at(now.minus(Duration.ofMinutes(10))))
                .param("now", at(now))
                .param("there", at(now.minus(THERE)))
                .update();
    }

    static Refusal gone() {
        return Refusal.notFound("office.ended");
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
