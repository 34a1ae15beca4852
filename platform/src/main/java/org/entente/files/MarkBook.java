package org.entente.files;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what people marked, and what they opened last. */
@Component
class MarkBook implements FileFavourites {

    private static final int MOST = 1_000;

    /** Of each kind: beyond, it is no longer recent. */
    private static final int MOST_RECENT = 200;

    private static final int SHOWN = 50;

    static final String RECENT = """
            WITH RECURSIVE late AS MATERIALIZED (
                (SELECT node, at, what FROM files.act WHERE by = :me AND NOT by_link AND what NOT IN ('left', 'binned') ORDER BY at DESC LIMIT :most)
                UNION ALL (SELECT node, at, 'opened' FROM files.opened WHERE capacity = :me ORDER BY at DESC LIMIT :most)),
            hit AS MATERIALIZED (SELECT DISTINCT ON (node) node AS id, at, what FROM late ORDER BY node, at DESC)
            """ + Sight.AMONG_HITS + """
            SELECT n.*, seen.rank, hit.at, hit.what FROM seen JOIN hit ON hit.id = seen.id JOIN files.node n ON n.id = seen.id
            WHERE n.parent IS NOT NULL ORDER BY hit.at DESC, n.id LIMIT :shown""";

    static final String ALL = """
            WITH RECURSIVE hit AS MATERIALIZED (SELECT node AS id FROM files.favourite WHERE capacity = :me)
            """ + Sight.AMONG_HITS + """
            SELECT n.*, seen.rank FROM seen JOIN files.node n ON n.id = seen.id ORDER BY n.folder DESC, n.sorted, n.id""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Clock clock;

    MarkBook(JdbcClient jdbc, Sight sight, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.clock = clock;
    }

    @Override
    public Set<NodeId> among(Visitor visitor, Collection<NodeId> nodes) {
        return nodes.isEmpty()
                ? Set.of()
                : jdbc
                        .sql(
                                "SELECT f.node FROM unnest(:nodes::uuid[]) AS asked (id) JOIN files.favourite f ON f.node = asked.id AND f.capacity = :me")
                        .param("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                        .param("me", visitor.capacity().value())
                        .query(UUID.class)
                        .list()
                        .stream()
                        .map(NodeId::new)
                        .collect(Collectors.toSet());
    }

    @Override
    @Transactional
    public void mark(Visitor visitor, NodeId node, boolean favourite) {
        sight.seen(visitor, node);
        UUID me = visitor.capacity().value();
        if (!favourite) {
            jdbc.sql("DELETE FROM files.favourite WHERE capacity = ? AND node = ?")
                    .params(me, node.value())
                    .update();
            return;
        }
        jdbc.sql("INSERT INTO files.favourite (capacity, node, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(me, node.value(), OffsetDateTime.now(clock))
                .update();
        if (jdbc.sql("SELECT count(*) FROM files.favourite WHERE capacity = ?")
                        .param(me)
                        .query(Integer.class)
                        .single()
                > MOST) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.favourite.many", MOST);
        }
    }

    @Override
    public List<FileNode> all(Visitor visitor) {
        return jdbc.sql(ALL)
                .param("me", visitor.capacity().value())
                .param("keys", sight.keys(visitor))
                .query((row, n) -> Rows.node(row))
                .list();
    }

    /** That this visitor looked at a file; only the last ones are kept. */
    @Transactional
    public void opened(Visitor visitor, NodeId node) {
        UUID me = visitor.capacity().value();
        jdbc.sql("""
                        INSERT INTO files.opened (capacity, node, at) VALUES (?, ?, ?) ON CONFLICT (capacity, node) DO UPDATE SET at = EXCLUDED.at""")
                .params(me, sight.seen(visitor, node).node().id().value(), OffsetDateTime.now(clock))
                .update();
        jdbc.sql("""
                        DELETE FROM files.opened o USING (SELECT node FROM files.opened WHERE capacity = :me ORDER BY at DESC, node OFFSET :most) old
                        WHERE o.capacity = :me AND o.node = old.node""").param("me", me).param("most", MOST_RECENT).update();
    }

    /** @param what was done last, {@code opened} or as {@link Act} says */
    record Recent(FileNode node, Instant at, String what) {}

    /** What this visitor put, changed or opened last and sees now, the last first. */
    List<Recent> recent(Visitor visitor) {
        return jdbc.sql(RECENT)
                .param("me", visitor.capacity().value())
                .param("keys", sight.keys(visitor))
                .param("most", MOST_RECENT)
                .param("shown", SHOWN)
                .query((row, n) -> new Recent(Rows.node(row), Rows.instant(row, "at"), row.getString("what")))
                .list();
    }
}
