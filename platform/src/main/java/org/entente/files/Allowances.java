package org.entente.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.access.AgreedStorage;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How much a member keeps and may keep: in all, which its agreements say, and in each of its spaces, which its administrators say. */
@Component
class Allowances {

    private static final String SERVICE = "files";

    /** Of the territory, for members that say nothing (db/files). */
    private static final UUID TERRITORY = new UUID(0, 0);

    /** A petabyte: beyond is a slip of the hand. */
    private static final long MOST = 1_000_000_000_000_000L;

    /** Bytes that each space of a kind may hold; null: as many as the territory says. */
    record PerSpace(
            @Nullable Long mine,
            @Nullable Long unit,
            @Nullable Long member,
            @Nullable Long shared) {}

    /** @param agreed bytes in all; null: no bound @param usual what holds where {@code own} says nothing */
    record Allowance(long used, @Nullable Long agreed, PerSpace own, PerSpace usual) {}

    /** @param allowed bytes; null: no bound @param quota what was said for this space alone; null: as for all of its kind */
    record Held(
            SpaceId id,
            FileSpace.Kind kind,
            String name,
            long used,
            @Nullable Long allowed,
            @Nullable Long quota) {}

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Optional<AgreedStorage> agreements;

    Allowances(JdbcClient jdbc, Ledger ledger, Optional<AgreedStorage> agreements) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.agreements = agreements;
    }

    /** An agreement begins, changes or ends on a day: nobody has to tell. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "${entente.files.agreements-every:10m}")
    @SchedulerLock(name = "files-agreements", lockAtMostFor = "PT5M")
    public void readAgreements() {
        Map<MemberId, Long> agreed = agreements.map(some -> some.of(SERVICE)).orElse(Map.of());
        List<MemberId> members = List.copyOf(agreed.keySet());
        jdbc.sql("""
                        WITH said AS (SELECT * FROM unnest(:members::uuid[], :bytes::bigint[]) AS s(member, bytes)),
                            new AS (INSERT INTO files.allowance (member, agreed) SELECT member, bytes FROM said ON CONFLICT DO NOTHING)
                        UPDATE files.allowance a SET agreed = (SELECT s.bytes FROM said s WHERE s.member = a.member)
                        WHERE a.agreed IS DISTINCT FROM (SELECT s.bytes FROM said s WHERE s.member = a.member)""")
                .param("members", members.stream().map(MemberId::value).toArray(UUID[]::new))
                .param("bytes", members.stream().map(agreed::get).toArray(Long[]::new))
                .update();
    }

    Allowance of(MemberId member) {
        Map<UUID, PerSpace> said = new HashMap<>();
        long[] used = {0};
        Long[] agreed = {null};
        jdbc.sql("SELECT * FROM files.allowance WHERE member IN (?, ?)")
                .params(member.value(), TERRITORY)
                .query(row -> {
                    UUID whose = row.getObject("member", UUID.class);
                    said.put(
                            whose,
                            new PerSpace(
                                    row.getObject("mine", Long.class),
                                    row.getObject("unit_space", Long.class),
                                    row.getObject("member_space", Long.class),
                                    row.getObject("shared_space", Long.class)));
                    if (whose.equals(member.value())) {
                        used[0] = row.getLong("used");
                        agreed[0] = row.getObject("agreed", Long.class);
                    }
                });
        PerSpace nothing = new PerSpace(null, null, null, null);
        return new Allowance(
                used[0], agreed[0], said.getOrDefault(member.value(), nothing), said.getOrDefault(TERRITORY, nothing));
    }

    /** The fullest first, by their bytes. */
    Page<Held> spaces(MemberId member, String words, int offset, int limit) {
        long[] total = {0};
        List<Held> found = jdbc.sql("""
                        WITH named AS (SELECT o.*, files.allowed(o) AS allowed, CASE o.kind WHEN 'unit' THEN coalesce(u.name, o.name)
                                WHEN 'mine' THEN coalesce(p.given_name || ' ' || p.usual_name || ', ' || a.function, o.name) ELSE o.name END AS shown
                            FROM files.space o LEFT JOIN directory.v_unit u ON u.id = o.unit
                            LEFT JOIN directory.v_affiliation a ON a.id = o.capacity AND o.kind = 'mine' LEFT JOIN directory.v_person p ON p.id = a.person
                            WHERE o.member = :member AND o.closed_at IS NULL)
                        SELECT *, count(*) OVER () AS total FROM named
                        WHERE :words = '' OR strpos(base.plain(shown), base.plain(:words)) > 0
                        ORDER BY used DESC, shown, id OFFSET :offset LIMIT :limit""")
                .param("member", member.value())
                .param("words", words.strip())
                .param("offset", Math.max(0, offset))
                .param("limit", Page.size(limit))
                .query((row, n) -> {
                    total[0] = row.getLong("total");
                    return new Held(
                            new SpaceId(row.getObject("id", UUID.class)),
                            FileSpace.Kind.of(row.getString("kind")),
                            row.getString("shown"),
                            row.getLong("used"),
                            row.getObject("allowed", Long.class),
                            row.getObject("quota", Long.class));
                })
                .list();
        return new Page<>(found, total[0], offset);
    }

    /** What every space of a kind may hold from now on; what is fuller already keeps what it has, and takes nothing more. */
    @Transactional
    public void say(MemberId member, PerSpace asked, Actor actor) {
        checked("mine", asked.mine());
        checked("unit", asked.unit());
        checked("member", asked.member());
        checked("shared", asked.shared());
        PerSpace before = of(member).own();
        if (before.equals(asked)) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO files.allowance (member, mine, unit_space, member_space, shared_space) VALUES (:id, :mine, :unit, :member, :shared)
                        ON CONFLICT (member) DO UPDATE SET mine = :mine, unit_space = :unit, member_space = :member, shared_space = :shared""")
                .param("id", member.value())
                .param("mine", asked.mine())
                .param("unit", asked.unit())
                .param("member", asked.member())
                .param("shared", asked.shared())
                .update();
        ledger.record(new Entry(
                actor.author(),
                "file-allowance.changed",
                member.value(),
                "member",
                member.toString(),
                nameOf(member),
                told(before),
                told(asked)));
    }

    /** @throws Refusal NOT_FOUND for a space of another member */
    @Transactional
    public void say(MemberId member, SpaceId space, @Nullable Long quota, Actor actor) {
        checked("quota", quota);
        record Space(String name, @Nullable Long quota) {}
        Space before = jdbc.sql(
                        "SELECT name, quota FROM files.space WHERE id = ? AND member = ? AND closed_at IS NULL FOR UPDATE")
                .params(space.value(), member.value())
                .query(Space.class)
                .optional()
                .orElseThrow(Sight::unknown);
        jdbc.sql("UPDATE files.space SET quota = :quota WHERE id = :id")
                .param("quota", quota)
                .param("id", space.value())
                .update();
        ledger.record(new Entry(
                actor.author(),
                "file-space.quota",
                member.value(),
                "space",
                space.toString(),
                before.name(),
                before.quota() == null ? Map.of() : Map.of("quota", before.quota()),
                quota == null ? Map.of() : Map.of("quota", quota)));
    }

    private String nameOf(MemberId member) {
        return jdbc.sql("SELECT name FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(String.class)
                .single();
    }

    private static void checked(String field, @Nullable Long bytes) {
        if (bytes != null && (bytes < 0 || bytes > MOST)) {
            throw Refusal.invalidField(field, "file.allowance");
        }
    }

    private static Map<String, Object> told(PerSpace said) {
        Map<String, Object> told = new HashMap<>();
        Map<String, Optional<Long>> all = Map.of(
                "mine", Optional.ofNullable(said.mine()),
                "unit", Optional.ofNullable(said.unit()),
                "member", Optional.ofNullable(said.member()),
                "shared", Optional.ofNullable(said.shared()));
        all.forEach((kind, bytes) -> bytes.ifPresent(some -> told.put(kind.toLowerCase(Locale.ROOT), some)));
        return told;
    }
}
