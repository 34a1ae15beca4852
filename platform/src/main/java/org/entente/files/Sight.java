package org.entente.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a visitor sees. The one place that decides rights: a role given anywhere above a node holds for it, and the highest counts. What lies in the bin,
 * or beneath something that does, is not seen here.
 */
@Component
class Sight {

    /** Of a share: it is one of the visitor's, and in force. */
    static final String IN_FORCE = "s.to_key = ANY(:keys) AND (s.until IS NULL OR s.until > now())";

    /** From {@code :node} up to its root. */
    static final String UP = """
            up AS (SELECT id, parent, trashed_at, 0 AS above FROM files.node WHERE id = :node
                UNION ALL SELECT n.id, n.parent, n.trashed_at, up.above + 1 FROM files.node n JOIN up ON n.id = up.parent)""";

    /**
     * Of few nodes {@code hit (id)}: those that the visitor sees, as {@code seen (id, rank)}; what follows {@code WITH RECURSIVE hit AS (...)}. Each node is
     * looked up by itself (that is what OFFSET 0 says): for few of them no join of all nodes is worth it, whatever is thought to come.
     */
    static final String AMONG_HITS = """
            , up AS (SELECT h.id AS found, n.id, n.parent, n.trashed_at, n.space
                FROM hit h CROSS JOIN LATERAL (SELECT * FROM files.node n WHERE n.id = h.id OFFSET 0) n
                UNION ALL SELECT up.found, n.id, n.parent, n.trashed_at, n.space
                FROM up CROSS JOIN LATERAL (SELECT * FROM files.node n WHERE n.id = up.parent OFFSET 0) n),
            seen AS (SELECT up.found AS id, max(r.rank) AS rank FROM up LEFT JOIN LATERAL (
                    SELECT max(files.rank(s.role)) AS rank FROM files.share s WHERE s.node = up.id AND\s""" + IN_FORCE + """
                    ) r ON true
                GROUP BY up.found HAVING max(r.rank) > 0 AND bool_and(up.trashed_at IS NULL)
                    AND bool_and(EXISTS (SELECT FROM files.space o WHERE o.id = up.space AND o.closed_at IS NULL)))
            """;

    private static final String FIND = "WITH RECURSIVE " + UP + """
            , down AS (SELECT id, 0 AS depth FROM files.node WHERE id = :node
                UNION ALL SELECT c.id, d.depth + 1 FROM down d
                JOIN files.node c ON c.parent = d.id AND c.name = (:names::text[])[d.depth + 1] AND c.trashed_at IS NULL),
            power AS (SELECT max(files.rank(s.role)) AS rank FROM files.share s
                WHERE s.node IN (SELECT id FROM up UNION ALL SELECT id FROM down) AND """ + " " + IN_FORCE + """
            )
            SELECT n.*, p.rank FROM down d JOIN files.node n ON n.id = d.id CROSS JOIN power p
            WHERE d.depth = cardinality(:names::text[]) AND p.rank > 0 AND NOT EXISTS (SELECT FROM up WHERE trashed_at IS NOT NULL)
                AND EXISTS (SELECT FROM files.space o WHERE o.id = n.space AND o.closed_at IS NULL)""";

    private static final String[] NO_NAMES = {};

    private final JdbcClient jdbc;

    Sight(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** None when the capacity is over, or gives no right to files. */
    String[] keys(Visitor visitor) {
        return jdbc.sql("SELECT coalesce(files.keys(:capacity), '{}')")
                .param("capacity", visitor.capacity().value())
                .query((row, n) -> (String[]) row.getArray(1).getArray())
                .single();
    }

    Optional<Rows.Seen> find(Visitor visitor, NodeId from, List<String> path) {
        return find(keys(visitor), from, Names.nfc(path));
    }

    private Optional<Rows.Seen> find(String[] keys, NodeId from, String[] names) {
        return jdbc.sql(FIND)
                .param("node", from.value())
                .param("names", names)
                .param("keys", keys)
                .query((row, n) -> Rows.seen(row, keys))
                .optional();
    }

    Rows.Seen seen(Visitor visitor, NodeId node) {
        return find(keys(visitor), node, NO_NAMES).orElseThrow(Sight::unknown);
    }

    /** A folder in which this visitor may do as {@code wanted}. */
    Rows.Seen folder(Visitor visitor, NodeId folder, SpaceRole wanted) {
        Rows.Seen seen = seen(visitor, folder);
        if (!seen.node().folder()) {
            throw Refusal.conflict("file.not-folder");
        }
        return allowed(seen, wanted);
    }

    static Rows.Seen allowed(Rows.Seen seen, SpaceRole wanted) {
        if (!seen.node().role().allows(wanted)) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, wanted == SpaceRole.MANAGE ? "file.not-manager" : "file.read-only");
        }
        return seen;
    }

    /** What has that name in the folder, for a visitor who sees the folder. */
    Rows.@Nullable Seen child(Rows.Seen folder, String name) {
        return find(folder.keys(), folder.node().id(), new String[] {name}).orElse(null);
    }

    List<FileNode> trail(Visitor visitor, NodeId node) {
        Rows.Seen seen = seen(visitor, node);
        List<FileNode> trail = new ArrayList<>();
        // From the root downwards, each with the highest role given so far; above the first of them the visitor sees
        // nothing.
        jdbc.sql("WITH RECURSIVE " + UP + """
                        SELECT n.*, max((SELECT max(files.rank(s.role)) FROM files.share s WHERE s.node = n.id AND """ + " " + IN_FORCE + """
                        )) OVER (ORDER BY up.above DESC) AS rank
                        FROM up JOIN files.node n ON n.id = up.id ORDER BY up.above DESC""")
                .param("node", seen.node().id().value())
                .param("keys", seen.keys())
                .query(row -> {
                    if (row.getInt("rank") > 0) {
                        trail.add(Rows.node(row));
                    }
                });
        return trail;
    }

    static Refusal unknown() {
        return Refusal.notFound("file.unknown");
    }
}
