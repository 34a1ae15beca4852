package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps shares, and tells them in names. */
@Component
class SharingBook implements FileSharing {

    private static final int MOST_NAME = 200;
    private static final int MOST_SHARES = 2000;
    private static final int MOST_SPACES = 50;

    /** A share {@code s} in words; {@code t} is where it is. Who was invited is called as whoever invited calls them. */
    private static final String TOLD = """
            SELECT s.*, CASE WHEN t.parent IS NULL THEN '' ELSE t.name END AS at_name,
                (SELECT x.given_name || ' ' || x.usual_name FROM directory.v_affiliation b JOIN directory.v_person x ON x.id = b.person WHERE b.id = s.by) AS by_name,
                (s.until IS NULL OR s.until > now()) AND (k.kind <> 'c' OR s.invitation IS NOT NULL OR files.keys(a.id) IS NOT NULL) AS in_force,
                i.given_name || ' ' || i.usual_name AS invited_name, i.organisation AS invited_from,
            """ + GranteeNames.shown("s") + """
             FROM files.share s JOIN files.node t ON t.id = s.node LEFT JOIN files.invitation i ON i.id = s.invitation
            """ + GranteeNames.joined("s");

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Spaces spaces;
    private final ActBook acts;
    private final Ledger ledger;
    private final Clock clock;

    SharingBook(JdbcClient jdbc, Sight sight, Spaces spaces, ActBook acts, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.spaces = spaces;
        this.acts = acts;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public List<Access> access(Visitor visitor, NodeId node) {
        // Above where a visitor begins to see, nothing is theirs to know.
        UUID[] seen =
                sight.trail(visitor, node).stream().map(one -> one.id().value()).toArray(UUID[]::new);
        return jdbc.sql(
                        "WITH RECURSIVE " + Sight.UP + TOLD
                                + " JOIN up ON up.id = s.node WHERE s.node = ANY (:seen) ORDER BY files.rank(s.role) DESC, up.above DESC, shown, s.id LIMIT 1000")
                .param("node", node.value())
                .param("seen", seen)
                .query((row, n) -> access(row))
                .list();
    }

    @Override
    @Transactional
    public void share(Visitor visitor, NodeId node, Grantee to, SpaceRole role, @Nullable Instant until) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.MANAGE).node();
        if (until != null && !until.isAfter(clock.instant())) {
            throw Refusal.invalidField("until", "file.share.past");
        }
        demandThere(to);
        demandReasonable(visitor, to);
        UUID given = jdbc.sql("""
                        INSERT INTO files.share AS s (node, to_key, role, by, made_at, until) VALUES (:node, :key, :role, :by, :at, :until::timestamptz)
                        ON CONFLICT (node, to_key) DO UPDATE SET role = EXCLUDED.role, by = EXCLUDED.by, made_at = EXCLUDED.made_at, until = EXCLUDED.until
                        WHERE s.by IS NOT NULL AND s.invitation IS NULL RETURNING id""")
                .param("node", node.value())
                .param("key", to.key())
                .param("role", role.code())
                .param("by", visitor.capacity().value())
                .param("at", OffsetDateTime.now(clock))
                .param("until", until == null ? null : Rows.at(until))
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Refusal.conflict("file.share.own"));
        acts.shared(visitor, node, Act.SHARED, to.key());
        Access told = told(given);
        record(
                visitor,
                "file.shared",
                found,
                until == null
                        ? Map.of("to", told.name(), "role", role.code())
                        : Map.of("to", told.name(), "role", role.code(), "until", until.toString()));
    }

    @Override
    @Transactional
    public void end(Visitor visitor, NodeId node, UUID share) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.MANAGE).node();
        if (!jdbc.sql("SELECT EXISTS (SELECT FROM files.share WHERE id = ? AND node = ?)")
                .params(share, node.value())
                .query(Boolean.class)
                .single()) {
            throw Refusal.notFound("file.share.gone");
        }
        Access told = told(share);
        if (told.ofTheSpace()) {
            throw Refusal.conflict("file.share.own");
        }
        if (jdbc.sql("SELECT invitation IS NOT NULL FROM files.share WHERE id = ?")
                .param(share)
                .query(Boolean.class)
                .single()) {
            throw Refusal.conflict("file.share.invited");
        }
        jdbc.sql("DELETE FROM files.share WHERE id = ?").param(share).update();
        acts.shared(visitor, node, Act.UNSHARED, told.to().key());
        record(visitor, "file.unshared", found, Map.of("to", told.name()));
    }

    @Override
    @Transactional
    public FileSpace open(Visitor visitor, String name) {
        if (sight.keys(visitor).length == 0) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.share.no-files");
        }
        demandReasonable(visitor);
        SpaceId made = spaces.shared(visitor, spaceName(name));
        FileSpace space = spaces.one(visitor, made);
        ledger.record(new Entry(
                visitor.author(),
                "file-space.opened",
                visitor.member().value(),
                "file-space",
                made.toString(),
                space.name(),
                Map.of(),
                Map.of()));
        return space;
    }

    @Override
    @Transactional
    public FileSpace rename(Visitor visitor, SpaceId id, String asked) {
        FileSpace space = spaces.one(visitor, id);
        if (!space.role().allows(SpaceRole.MANAGE) || space.kind() != FileSpace.Kind.SHARED) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.not-manager");
        }
        String name = spaceName(asked);
        jdbc.sql("UPDATE files.space SET name = ? WHERE id = ?")
                .params(name, id.value())
                .update();
        ledger.record(new Entry(
                visitor.author(),
                "file-space.renamed",
                space.member().value(),
                "file-space",
                id.toString(),
                name,
                Map.of("name", space.name()),
                Map.of("name", name)));
        return spaces.one(visitor, id);
    }

    @Override
    public List<Given> given(Visitor visitor) {
        return jdbc
                .sql("SELECT * FROM files.share WHERE by = ? ORDER BY made_at DESC LIMIT 500")
                .param(visitor.capacity().value())
                .query((row, n) -> row.getObject("id", UUID.class))
                .list()
                .stream()
                .map(this::told)
                .flatMap(told ->
                        sight.find(visitor, told.at(), List.of()).stream().map(seen -> new Given(seen.node(), told)))
                .toList();
    }

    @Override
    public Optional<Given> numbered(Visitor visitor, long number) {
        return jdbc.sql(TOLD + " WHERE s.number = ? AND s.by IS NOT NULL")
                .param(number)
                .query((row, n) -> access(row))
                .optional()
                .flatMap(told -> sight.find(visitor, told.at(), List.of()).map(seen -> new Given(seen.node(), told)));
    }

    /** What a share is to must exist, and be able to open it. */
    private void demandThere(Grantee to) {
        boolean there = to.kind() == Grantee.Kind.EVERYONE
                || jdbc.sql(
                                switch (to.kind()) {
                                    case CAPACITY ->
                                        "SELECT EXISTS (SELECT FROM directory.v_affiliation WHERE id = ? AND live)";
                                    case UNIT, UNIT_ONLY -> "SELECT EXISTS (SELECT FROM directory.v_unit WHERE id = ?)";
                                    default ->
                                        "SELECT EXISTS (SELECT FROM directory.v_member WHERE id = ? AND status <> 'left')";
                                })
                        .param(to.id())
                        .query(Boolean.class)
                        .single();
        if (!there) {
            throw Refusal.invalidField("to", "file.share.unknown");
        }
        if (to.kind() == Grantee.Kind.CAPACITY
                && jdbc.sql("SELECT files.keys(?) IS NULL")
                        .param(to.id())
                        .query(Boolean.class)
                        .single()) {
            throw Refusal.invalidField("to", "file.share.no-files");
        }
    }

    /** What reaches everyone, or a whole authority that is not one's own, is for administrators to give; nobody gives without end. */
    private void demandReasonable(Visitor visitor, Grantee to) {
        List<String> keys = List.of(sight.keys(visitor));
        boolean wide = to.kind() == Grantee.Kind.EVERYONE
                || (to.kind() == Grantee.Kind.MEMBER && !keys.contains("m:" + to.id()));
        if (wide && keys.stream().noneMatch(key -> key.startsWith("a:"))) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.share.wide");
        }
        if (jdbc.sql("SELECT count(*) FROM files.share WHERE by = ?")
                        .param(visitor.capacity().value())
                        .query(Integer.class)
                        .single()
                >= MOST_SHARES) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.share.many", MOST_SHARES);
        }
    }

    /** Spaces of several are for the members' own people, a bounded number for each. */
    private void demandReasonable(Visitor visitor) {
        if (List.of(sight.keys(visitor)).stream().noneMatch(key -> key.startsWith("m:"))) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.space.partner");
        }
        if (jdbc.sql("""
                        SELECT count(*) FROM files.space o JOIN files.share s ON s.node = o.root
                        WHERE o.kind = 'shared' AND o.closed_at IS NULL AND s.by IS NULL AND s.to_key = ?""").param("c:" + visitor.capacity()).query(Integer.class).single() >= MOST_SPACES) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.space.many", MOST_SPACES);
        }
    }

    private Access told(UUID share) {
        return jdbc.sql(TOLD + " WHERE s.id = ?")
                .param(share)
                .query((row, n) -> access(row))
                .single();
    }

    private void record(Visitor visitor, String act, FileNode node, Map<String, Object> after) {
        UUID member = jdbc.sql("SELECT member FROM files.space WHERE id = ?")
                .param(node.space().value())
                .query(UUID.class)
                .single();
        ledger.record(
                new Entry(visitor.author(), act, member, "file", node.id().toString(), node.name(), Map.of(), after));
    }

    private static String spaceName(String asked) {
        String name = Names.nfc(asked).strip();
        if (name.isEmpty() || name.length() > MOST_NAME) {
            throw Refusal.invalidField("name", "file.space.name", MOST_NAME);
        }
        return name;
    }

    private static Access access(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        return new Access(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                Grantee.of(row.getString("to_key")),
                Objects.requireNonNullElse(row.getString("invited_name"), row.getString("shown")),
                Objects.requireNonNullElse(row.getString("invited_from"), row.getString("detail")),
                SpaceRole.of(row.getString("role")),
                new NodeId(row.getObject("node", UUID.class)),
                row.getString("at_name"),
                row.getObject("by", UUID.class) == null,
                row.getString("by_name"),
                row.getObject("by", UUID.class),
                Rows.instant(row, "made_at"),
                until == null ? null : until.toInstant(),
                row.getBoolean("in_force"));
    }
}
