package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** From {@code :node} up to its root. {@code OFFSET 0}: each is looked up, also while the planner does not know yet how many nodes there are. */
    static final String UP = """
            up AS (SELECT id, parent, trashed_at, 0 AS above FROM files.node WHERE id = :node
                UNION ALL SELECT n.id, n.parent, n.trashed_at, up.above + 1
                FROM up CROSS JOIN LATERAL (SELECT id, parent, trashed_at FROM files.node WHERE id = up.parent OFFSET 0) n)""";

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

    /**
     * From {@code :node} down along {@code :names}, each with the highest role that is given there or above. A name is asked for as a range: only the index of names
     * answers that in order, where another would read a whole folder.
     */
    private static final String WAY =
            "WITH RECURSIVE " + UP + """
            , down AS (SELECT id, 0 AS depth FROM files.node WHERE id = :node
                UNION ALL SELECT c.id, d.depth + 1 FROM down d CROSS JOIN LATERAL (
                    SELECT id FROM files.node WHERE parent = d.id AND trashed_at IS NULL
                        AND name >= (:names::text[])[d.depth + 1] AND name <= (:names::text[])[d.depth + 1] ORDER BY name LIMIT 1) c),
            visitor AS MATERIALIZED (SELECT coalesce(:keys::text[], files.keys(:capacity::uuid), '{}') AS keys),
            given AS MATERIALIZED (
                SELECT w.depth, (SELECT max(files.rank(s.role)) FROM files.share s WHERE s.node = w.id AND """ + " " + IN_FORCE.replace(":keys", "(SELECT keys FROM visitor)::text[]") + """
                ) AS rank FROM (SELECT id, 0 AS depth FROM up UNION ALL SELECT id, depth FROM down WHERE depth > 0) w)
            SELECT n.*, p.rank, p.depth, (SELECT keys FROM visitor) AS keys, o.member,
                EXISTS (SELECT FROM files.lock l WHERE l.space = n.space) AS locks, (SELECT count(*) FROM up) AS deep, %s
            FROM (SELECT d.id, d.depth, (SELECT max(g.rank) FROM given g WHERE g.depth <= d.depth) AS rank FROM down d) p
            CROSS JOIN LATERAL (SELECT * FROM files.node WHERE id = p.id OFFSET 0) n
            CROSS JOIN LATERAL (SELECT member FROM files.space WHERE id = n.space AND closed_at IS NULL OFFSET 0) o
            WHERE p.rank > 0 AND NOT EXISTS (SELECT FROM up WHERE trashed_at IS NOT NULL)""";

    private static final String FIND = WAY.formatted("NULL AS room") + " AND p.depth = cardinality(:names::text[])";

    /** The last two of the way. */
    private static final String SPOT = WAY.formatted("(" + Turn.ROOM + " WHERE s.id = n.space) AS room")
            + " AND p.depth >= cardinality(:names::text[]) - 1";

    private static final String PLACE = WAY.formatted("(" + Turn.ROOM + " WHERE s.id = n.space) AS room" + """
            , ARRAY(SELECT w FROM unnest(:wanted::text[]) AS w CROSS JOIN LATERAL (SELECT FROM files.node c
                WHERE c.parent = n.id AND c.trashed_at IS NULL AND c.name >= w AND c.name <= w ORDER BY c.name LIMIT 1) c) AS taken""")
            + " AND p.depth = cardinality(:names::text[])";

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
        return asked(FIND, visitor, null, from, Names.nfc(path))
                .query((row, n) -> seen(row))
                .optional();
    }

    private JdbcClient.StatementSpec asked(
            String statement, @Nullable Visitor visitor, String @Nullable [] keys, NodeId from, String[] names) {
        return jdbc.sql(statement)
                .param("node", from.value())
                .param("names", names)
                .param("keys", keys)
                .param("capacity", visitor == null ? null : visitor.capacity().value());
    }

    private static Rows.Seen seen(ResultSet row) throws SQLException {
        return Rows.seen(row, (String[]) row.getArray("keys").getArray());
    }

    /**
     * Where something is to be written.
     *
     * @param folder null where the visitor does not see it
     * @param there what has that name in it now
     * @param deep how many folders there are from it up to the root, itself among them
     * @param room how many more bytes its space takes at this moment
     */
    record Spot(Rows.@Nullable Seen folder, Rows.@Nullable Seen there, int deep, long room) {

        /** The folder, in which this visitor may do as {@code wanted}. */
        Rows.Seen folder(SpaceRole wanted) {
            if (folder == null) {
                throw unknown();
            }
            return inFolder(folder, wanted);
        }

        /** What is there, and else the folder: what was shared by itself may be of another. */
        Rows.Seen toWrite() {
            return there == null ? folder(SpaceRole.EDIT) : allowed(there, SpaceRole.EDIT);
        }
    }

    Spot spot(Visitor visitor, NodeId parent, String name) {
        return spot(visitor, parent, List.of(name));
    }

    /** @param path at least a name; the folders on the way are there, or there is no spot either */
    Spot spot(Visitor visitor, NodeId from, List<String> path) {
        return asked(SPOT, visitor, null, from, Names.nfc(path)).query(rows -> {
            Rows.Seen folder = null;
            Rows.Seen there = null;
            int deep = 0;
            long room = 0;
            while (rows.next()) {
                deep = rows.getInt("deep") + path.size() - 1;
                room = rows.getLong("room");
                if (rows.getInt("depth") < path.size()) {
                    folder = seen(rows);
                } else {
                    there = seen(rows);
                }
            }
            return new Spot(folder, there, deep, Math.max(0, room));
        });
    }

    /**
     * A folder into which several new files are to be written.
     *
     * @param deep as {@link Spot#deep}
     * @param room as {@link Spot#room}
     * @param taken which of the names something has there already
     */
    record Place(Rows.Seen folder, int deep, long room, Set<String> taken) {}

    /** @param path to the folder; none where there is no such folder for this visitor. @param names as they are kept */
    Optional<Place> place(Visitor visitor, NodeId from, List<String> path, Collection<String> names) {
        return asked(PLACE, visitor, null, from, Names.nfc(path))
                .param("wanted", names.toArray(String[]::new))
                .query((row, n) -> new Place(
                        seen(row),
                        row.getInt("deep") + path.size(),
                        Math.max(0, row.getLong("room")),
                        Set.copyOf(Rows.texts(row, "taken"))))
                .optional();
    }

    Rows.Seen seen(Visitor visitor, NodeId node) {
        return find(visitor, node, List.of()).orElseThrow(Sight::unknown);
    }

    /** A folder in which this visitor may do as {@code wanted}. */
    Rows.Seen folder(Visitor visitor, NodeId folder, SpaceRole wanted) {
        return inFolder(seen(visitor, folder), wanted);
    }

    private static Rows.Seen inFolder(Rows.Seen seen, SpaceRole wanted) {
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
        return asked(FIND, null, folder.keys(), folder.node().id(), new String[] {name})
                .query((row, n) -> seen(row))
                .optional()
                .orElse(null);
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
