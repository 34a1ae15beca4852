package org.entente.files;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.entente.storage.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps versions and the bin. */
@Component
class HistoryBook implements FileHistory {

    private static final String BY = """
            coalesce((SELECT p.given_name || ' ' || p.usual_name FROM directory.v_affiliation a JOIN directory.v_person p ON p.id = a.person WHERE a.id = %s), '') AS by""";

    /** Tops in bins, with the highest role given above them, and whether it is this visitor's own throw. */
    private static final String THROWN = """
            WITH RECURSIVE top AS (SELECT id FROM files.node WHERE trashed_at IS NOT NULL AND %s),
            up AS (SELECT t.id AS top, n.id, n.parent, n.name, n.trashed_at, 0 AS above FROM top t JOIN files.node n ON n.id = t.id
                UNION ALL SELECT up.top, n.id, n.parent, n.name, n.trashed_at, up.above + 1 FROM up JOIN files.node n ON n.id = up.parent),
            power AS (SELECT up.top, max(files.rank(s.role)) AS rank FROM up JOIN files.share s ON s.node = up.id WHERE\s""" + Sight.IN_FORCE + """
                 GROUP BY up.top)
            SELECT n.*, p.rank, n.trashed_at,\s""" + BY.formatted("n.trashed_by") + """
            , ARRAY(SELECT up.name FROM up WHERE up.top = n.id AND up.above > 0 AND up.parent IS NOT NULL ORDER BY up.above DESC) AS path
            FROM top t JOIN files.node n ON n.id = t.id JOIN power p ON p.top = n.id JOIN files.space o ON o.id = n.space AND o.closed_at IS NULL
            WHERE p.rank >= 2""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Turn turns;
    private final LockBook locks;
    private final ActBook acts;
    private final Writer writer;
    private final Contents contents;
    private final Eraser eraser;

    HistoryBook(
            JdbcClient jdbc,
            Sight sight,
            Turn turns,
            LockBook locks,
            ActBook acts,
            Writer writer,
            Contents contents,
            Eraser eraser) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.turns = turns;
        this.locks = locks;
        this.acts = acts;
        this.writer = writer;
        this.contents = contents;
        this.eraser = eraser;
    }

    @Override
    public List<Version> versions(Visitor visitor, NodeId file) {
        sight.seen(visitor, file);
        return jdbc.sql("SELECT v.*, " + BY.formatted("v.made_by")
                        + " FROM files.version v WHERE v.node = ? ORDER BY v.made_at DESC, v.id DESC LIMIT 1000")
                .param(file.value())
                .query((row, n) -> new Version(
                        row.getObject("id", UUID.class),
                        row.getLong("size"),
                        row.getString("media_type"),
                        Rows.instant(row, "modified_at"),
                        Rows.instant(row, "made_at"),
                        row.getString("by"),
                        row.getBoolean("by_link")))
                .list();
    }

    @Override
    public InputStream read(Visitor visitor, NodeId file, UUID version) {
        sight.seen(visitor, file);
        return contents.open(former(file, version).kept().id());
    }

    @Override
    @Transactional
    public FileNode restore(Visitor visitor, NodeId file, UUID version) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, file), SpaceRole.EDIT).node();
        Turn.Taken turn = turns.take(found.space());
        Rows.Seen there = Sight.allowed(sight.seen(visitor, file), SpaceRole.EDIT);
        Turn.here(turn, there.node());
        locks.demand(visitor, there.node(), false);
        Former former = former(file, version);
        if (!former.kept().id().equals(there.content())) {
            writer.replace(
                    visitor,
                    turn,
                    there,
                    new Making.NewFile(
                            there.node().name(),
                            former.kept(),
                            former.mediaType(),
                            turn.at().toInstant()),
                    false);
            acts.add(visitor, file, Act.RESTORED);
        }
        return sight.seen(visitor, file).node();
    }

    private record Former(Kept kept, String mediaType) {}

    private Former former(NodeId file, UUID version) {
        return jdbc.sql("SELECT * FROM files.version WHERE node = ? AND id = ?")
                .params(file.value(), version)
                .query((row, n) -> new Former(
                        new Kept(
                                new ContentId(row.getObject("content", UUID.class)),
                                row.getLong("size"),
                                Sha256.of(row.getBytes("sha256"))),
                        row.getString("media_type")))
                .optional()
                .orElseThrow(() -> Refusal.notFound("file.version"));
    }

    @Override
    public List<Thrown> bin(Visitor visitor, SpaceId space, @Nullable Thrown before, int limit) {
        String[] keys = sight.keys(visitor);
        boolean whole = mayChange(keys, space);
        if (!whole && !seesAnything(keys, space)) {
            throw Sight.unknown();
        }
        return jdbc.sql(THROWN.formatted("space = :space AND (:whole OR trashed_by = :me)") + """
                         AND (:at::timestamptz IS NULL OR (n.trashed_at, n.id) < (:at::timestamptz, :id::uuid))
                        ORDER BY n.trashed_at DESC, n.id DESC LIMIT :limit""")
                .param("keys", keys)
                .param("space", space.value())
                .param("whole", whole)
                .param("me", visitor.capacity().value())
                .param("at", before == null ? null : Rows.at(before.at()))
                .param("id", before == null ? null : before.node().id().value())
                .param("limit", limit)
                .query((row, n) -> thrown(row, whole))
                .list();
    }

    @Override
    @Transactional
    public FileNode takeBack(Visitor visitor, NodeId id) {
        FileNode thrown = mine(visitor, List.of(id), false).getFirst();
        Turn.Taken turn = turns.take(thrown.space());
        FileNode node = Turn.here(turn, mine(visitor, List.of(id), false).getFirst());
        NodeId folder = Optional.ofNullable(node.parent())
                .filter(parent -> sight.find(visitor, parent, List.of()).isPresent())
                .orElseGet(() -> root(node.space()));
        Rows.Seen place = writer.place(visitor, folder, turn);
        locks.demand(visitor, place.node(), false);
        String name = node.name();
        for (int number = 2; sight.child(place, name) != null; number++) {
            name = Names.numbered(node.name(), number);
        }
        jdbc.sql("""
                        UPDATE files.node SET trashed_at = NULL, trashed_by = NULL, parent = ?, name = ?, seq = ? WHERE id = ?""").params(folder.value(), name, turn.seq(), id.value()).update();
        acts.add(visitor, id, Act.TAKEN_BACK);
        turns.tell(turn, folder, node.size());
        return sight.seen(visitor, id).node();
    }

    @Override
    @Transactional
    public void erase(Visitor visitor, Collection<NodeId> thrown) {
        // All turns before the first charge: those who write take them in the same order.
        Map<SpaceId, Turn.Taken> taken = new LinkedHashMap<>();
        mine(visitor, thrown, true).stream()
                .map(FileNode::space)
                .distinct()
                .sorted(Comparator.comparing(SpaceId::value))
                .forEach(space -> taken.put(space, turns.take(space)));
        Map<SpaceId, List<NodeId>> still = mine(visitor, thrown, true).stream()
                .collect(Collectors.groupingBy(FileNode::space, Collectors.mapping(FileNode::id, Collectors.toList())));
        if (!taken.keySet().containsAll(still.keySet())) {
            throw Refusal.conflict("file.changed");
        }
        // Each charge holds its member's row until the commit: in one order for all, or two who erase may wait for each
        // other.
        taken.values().stream()
                .sorted(Comparator.comparing(turn -> turn.member().value()))
                .forEach(turn -> eraser.erase(turn, still.getOrDefault(turn.space(), List.of())));
    }

    @Override
    @Transactional
    public void emptyBin(Visitor visitor, SpaceId space) {
        if (!mayChange(sight.keys(visitor), space)) {
            throw Sight.unknown();
        }
        eraser.erase(turns.take(space), eraser.bin(space));
    }

    /** Of these, all must be in a bin where this visitor may take them out. */
    private List<FileNode> mine(Visitor visitor, Collection<NodeId> asked, boolean mustChangeSpace) {
        String[] keys = sight.keys(visitor);
        List<FileNode> found = new ArrayList<>();
        jdbc.sql(THROWN.formatted("id = ANY (:asked)"))
                .param("keys", keys)
                .param("asked", asked.stream().map(NodeId::value).toArray(UUID[]::new))
                .query(row -> {
                    FileNode node = Rows.node(row);
                    boolean own = visitor.capacity().value().equals(row.getObject("trashed_by", UUID.class));
                    if (mayChange(keys, node.space()) || (own && !mustChangeSpace)) {
                        found.add(node);
                    }
                });
        if (found.size() != asked.stream().distinct().count()) {
            throw Sight.unknown();
        }
        return found;
    }

    private boolean mayChange(String[] keys, SpaceId space) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM files.space o JOIN files.share s ON s.node = o.root
                            WHERE o.id = :space AND o.closed_at IS NULL AND files.rank(s.role) >= 2 AND""" + " " + Sight.IN_FORCE + ")")
                .param("space", space.value())
                .param("keys", keys)
                .query(Boolean.class)
                .single();
    }

    private boolean seesAnything(String[] keys, SpaceId space) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM files.share s JOIN files.node n ON n.id = s.node WHERE n.space = :space AND""" + " " + Sight.IN_FORCE + ")")
                .param("space", space.value())
                .param("keys", keys)
                .query(Boolean.class)
                .single();
    }

    private NodeId root(SpaceId space) {
        return new NodeId(jdbc.sql("SELECT root FROM files.space WHERE id = ?")
                .param(space.value())
                .query(UUID.class)
                .single());
    }

    /** @param whole whether this visitor may know what is above what they threw away */
    private static Thrown thrown(ResultSet row, boolean whole) throws SQLException {
        return new Thrown(
                Rows.node(row),
                Rows.instant(row, "trashed_at"),
                row.getString("by"),
                whole ? Rows.texts(row, "path") : List.of());
    }
}
