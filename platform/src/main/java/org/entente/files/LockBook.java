package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps locks, and holds writers to them. */
@Component
class LockBook implements FileLocks {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_OWNER = 4096;
    private static final int MOST_TOGETHER = 10;
    private static final int MOST_HELD = 500;

    private static final String ON = "WITH RECURSIVE " + Sight.UP + """
            SELECT l.* FROM files.lock l JOIN up ON up.id = l.node
            WHERE l.expires_at > :now AND (l.deep OR up.above = 0) ORDER BY l.taken_at, l.token""";

    private static final String BENEATH = """
            WITH RECURSIVE up AS (SELECT l.token, n.parent FROM files.lock l JOIN files.node n ON n.id = l.node
                    WHERE l.space = :space AND l.expires_at > :now
                UNION ALL SELECT up.token, n.parent FROM up JOIN files.node n ON n.id = up.parent)
            SELECT DISTINCT l.* FROM up JOIN files.lock l ON l.token = up.token WHERE up.parent = :node""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Turn turns;
    private final Clock clock;

    LockBook(JdbcClient jdbc, Sight sight, Turn turns, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    @Transactional
    public FileLock lock(
            Visitor visitor, NodeId node, boolean exclusive, boolean deep, String owner, Duration lasting) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT).node();
        if (owner.length() > MOST_OWNER) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.lock.owner");
        }
        Turn.here(turns.take(found.space()), sight.seen(visitor, node).node());
        List<FileLock> others = new ArrayList<>(on(node));
        if (deep && found.folder()) {
            others.addAll(beneath(found));
        }
        if (others.stream().anyMatch(other -> exclusive || other.exclusive())) {
            throw locked();
        }
        if (others.size() >= MOST_TOGETHER || held(visitor) >= MOST_HELD) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.lock.many");
        }
        FileLock lock =
                new FileLock(UUID.randomUUID(), node, exclusive, deep, owner, visitor.capacity(), until(lasting));
        jdbc.sql("""
                        INSERT INTO files.lock (token, space, node, exclusive, deep, owner, holder, taken_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        lock.token(),
                        found.space().value(),
                        node.value(),
                        exclusive,
                        deep,
                        owner,
                        visitor.capacity().value(),
                        OffsetDateTime.now(clock),
                        Rows.at(lock.expiresAt()))
                .update();
        return lock;
    }

    @Override
    @Transactional
    public FileLock refresh(Visitor visitor, NodeId node, UUID token, Duration lasting) {
        Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT);
        FileLock lock = held(node, token);
        if (!holds(visitor, lock)) {
            throw locked();
        }
        Instant until = until(lasting);
        jdbc.sql("UPDATE files.lock SET expires_at = ? WHERE token = ?")
                .params(Rows.at(until), token)
                .update();
        return new FileLock(token, lock.node(), lock.exclusive(), lock.deep(), lock.owner(), lock.holder(), until);
    }

    @Override
    @Transactional
    public void unlock(Visitor visitor, NodeId node, UUID token) {
        sight.seen(visitor, node);
        FileLock lock = held(node, token);
        boolean manages = sight.find(visitor, lock.node(), List.of())
                .filter(where -> where.node().role().allows(SpaceRole.MANAGE))
                .isPresent();
        if (!holds(visitor, lock) && !manages) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.lock.other");
        }
        jdbc.sql("DELETE FROM files.lock WHERE token = ?").param(token).update();
    }

    @Override
    public List<FileLock> on(Visitor visitor, NodeId node) {
        return on(sight.seen(visitor, node).node().id());
    }

    @Override
    public Map<NodeId, List<FileLock>> of(Visitor visitor, Collection<NodeId> nodes) {
        Map<NodeId, List<FileLock>> all = new HashMap<>();
        jdbc.sql("""
                        WITH RECURSIVE up AS (SELECT id AS asked, id, parent, 0 AS above FROM files.node WHERE id = ANY (:nodes)
                                AND EXISTS (SELECT FROM files.lock l WHERE l.space = node.space AND l.expires_at > :now)
                            UNION ALL SELECT up.asked, n.id, n.parent, up.above + 1 FROM files.node n JOIN up ON n.id = up.parent)
                        SELECT up.asked, l.* FROM files.lock l JOIN up ON up.id = l.node
                        WHERE l.expires_at > :now AND (l.deep OR up.above = 0) AND EXISTS (
                            SELECT FROM up x JOIN files.share s ON s.node = x.id WHERE x.asked = up.asked AND""" + " " + Sight.IN_FORCE + """
                        ) ORDER BY l.taken_at, l.token""")
                .param("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                .param("now", OffsetDateTime.now(clock))
                .param("keys", sight.keys(visitor))
                .query(row -> {
                    all.computeIfAbsent(new NodeId(row.getObject("asked", UUID.class)), node -> new ArrayList<>())
                            .add(lock(row));
                });
        return all;
    }

    private List<FileLock> on(NodeId node) {
        return jdbc.sql(ON)
                .param("node", node.value())
                .param("now", OffsetDateTime.now(clock))
                .query((row, n) -> lock(row))
                .list();
    }

    private List<FileLock> beneath(FileNode folder) {
        return jdbc.sql(BENEATH)
                .param("space", folder.space().value())
                .param("node", folder.id().value())
                .param("now", OffsetDateTime.now(clock))
                .query((row, n) -> lock(row))
                .list();
    }

    /** Nothing here, and with {@code deep} nothing beneath, is locked by others: what is written or goes away there is the visitor's to change. */
    void demand(Visitor visitor, FileNode node, boolean deep) {
        if (!any(node.space())) {
            return;
        }
        if (on(node.id()).stream().anyMatch(lock -> !mine(visitor, lock))
                || (deep && node.folder() && beneath(node).stream().anyMatch(lock -> !mine(visitor, lock)))) {
            throw locked();
        }
    }

    /** As the other; where nobody has locked anything nothing is asked. */
    void demand(Visitor visitor, Rows.Seen seen, boolean deep) {
        if (seen.locks()) {
            demand(visitor, seen.node(), deep);
        }
    }

    /** Locks stay where they were taken (RFC 4918, 7.6 and 9.9): what is moved or thrown away has none. */
    void drop(FileNode node) {
        if (any(node.space())) {
            List<UUID> tokens =
                    new ArrayList<>(beneath(node).stream().map(FileLock::token).toList());
            tokens.addAll(jdbc.sql("SELECT token FROM files.lock WHERE node = ?")
                    .param(node.id().value())
                    .query(UUID.class)
                    .list());
            jdbc.sql("DELETE FROM files.lock WHERE token = ANY (?)")
                    .param(tokens.toArray(UUID[]::new))
                    .update();
        }
    }

    private boolean any(SpaceId space) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM files.lock WHERE space = ? AND expires_at > ?)")
                .params(space.value(), OffsetDateTime.now(clock))
                .query(Boolean.class)
                .single();
    }

    private int held(Visitor visitor) {
        return jdbc.sql("SELECT count(*) FROM files.lock WHERE holder = ? AND expires_at > ?")
                .params(visitor.capacity().value(), OffsetDateTime.now(clock))
                .query(Integer.class)
                .single();
    }

    private FileLock held(NodeId node, UUID token) {
        return on(node).stream()
                .filter(lock -> lock.token().equals(token))
                .findFirst()
                .orElseThrow(() -> Refusal.conflict("file.not-locked"));
    }

    /** A lock opens to its holder who says its token, and to nobody else who learned it. */
    private static boolean mine(Visitor visitor, FileLock lock) {
        return lock.holder().equals(visitor.capacity()) && visitor.locks().contains(lock.token())
                || visitor.together().contains(lock.token());
    }

    private static boolean holds(Visitor visitor, FileLock lock) {
        return lock.holder().equals(visitor.capacity()) || visitor.together().contains(lock.token());
    }

    private Instant until(Duration lasting) {
        Duration bounded =
                lasting.isNegative() || lasting.isZero() || lasting.compareTo(LONGEST) > 0 ? LONGEST : lasting;
        return clock.instant().plus(bounded);
    }

    private static Refusal locked() {
        return Refusal.conflict("file.locked");
    }

    private static FileLock lock(ResultSet row) throws SQLException {
        return new FileLock(
                row.getObject("token", UUID.class),
                new NodeId(row.getObject("node", UUID.class)),
                row.getBoolean("exclusive"),
                row.getBoolean("deep"),
                row.getString("owner"),
                new AffiliationId(row.getObject("holder", UUID.class)),
                Rows.instant(row, "expires_at"));
    }
}
