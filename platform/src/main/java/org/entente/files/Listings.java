package org.entente.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists folders, and what changed beneath them. A child has the role of its folder, or a higher one that was given at the child itself. */
@Component
class Listings {

    /** Who manages the folder has no more of what is in it: no share of each is looked up. */
    private static final String RANKED = "SELECT n.*, CASE WHEN :rank::int = files.rank('manage') THEN :rank::int"
            + " ELSE greatest(:rank::int, coalesce((SELECT max(files.rank(s.role)) FROM files.share s WHERE s.node = n.id AND "
            + Sight.IN_FORCE + "), 0)) END AS rank ";

    private static final String BENEATH = """
            WITH RECURSIVE down AS (
                SELECT c.id, ARRAY[c.name] AS path, :rank::int AS above FROM files.node c WHERE c.parent = :node AND c.trashed_at IS NULL
                UNION ALL
                SELECT c.id, d.path || c.name, d.above FROM down d JOIN files.node c ON c.parent = d.id AND c.trashed_at IS NULL)
            """;

    /**
     * {@code at}: the number under which a change is told; what came here as it was, with its folder, has the folder's. Only what changed is read, whatever is
     * known of the tables: of what has {@code parent} first no other index answers what is asked without {@code trashed_at}, and a name is asked for as in
     * {@link Sight}. A folder's {@code told} may be too high, so its numbers are looked at.
     */
    static final String CHANGES = """
            WITH RECURSIVE walk AS (
                SELECT id, ARRAY[]::text[] AS path, true AS entered, 0::bigint AS at FROM files.node WHERE id = :node
                UNION ALL
                SELECT c.id, w.path || c.name, c.folder AND :deep, greatest(w.at, c.seq, CASE WHEN c.folder THEN 0 ELSE c.tree_seq END)
                FROM walk w CROSS JOIN LATERAL (
                    SELECT id, name, folder, seq, tree_seq, trashed_at FROM files.node
                    WHERE parent = w.id AND told > CASE WHEN w.at > :since THEN 0 ELSE :since END OFFSET 0) c
                WHERE w.entered AND c.trashed_at IS NULL AND (w.at > :since OR greatest(c.seq, c.tree_seq) > :since)),
            found AS (
                SELECT id, path, false AS gone, at FROM walk WHERE at > :since
                UNION ALL
                SELECT NULL, w.path || g.name, true, max(g.seq)
                FROM walk w CROSS JOIN LATERAL (SELECT name, seq FROM files.gone WHERE parent = w.id AND seq > :since ORDER BY seq OFFSET 0) g
                WHERE :since > 0 AND w.entered AND NOT EXISTS (SELECT FROM files.node n
                    WHERE n.parent = w.id AND n.name >= g.name AND n.name <= g.name AND n.trashed_at IS NULL ORDER BY n.name LIMIT 1 OFFSET 0)
                GROUP BY w.path, g.name),
            -- A page ends where a number ends: the next one begins with the number after it.
            page AS (SELECT f.*, rank() OVER (ORDER BY f.at) AS place, max(f.at) OVER () AS last FROM found f)
            SELECT n.*, p.path, p.gone, p.at, p.last, :rank::int AS rank
            FROM page p LEFT JOIN LATERAL (SELECT * FROM files.node WHERE id = p.id OFFSET 0) n ON true
            WHERE p.place <= :limit ORDER BY p.at, p.path""";

    private static final int MOST_AT_ONCE = 50_000;

    private final JdbcClient jdbc;
    private final Sight sight;

    Listings(JdbcClient jdbc, Sight sight) {
        this.jdbc = jdbc;
        this.sight = sight;
    }

    List<FileNode> children(Visitor visitor, NodeId id, @Nullable FileNode after, int limit) {
        Rows.Seen folder = sight.folder(visitor, id, SpaceRole.READ);
        String next = after == null
                ? ""
                : " AND (NOT n.folder, n.sorted, n.id) > (NOT :folder, base.plain(:name), :after::uuid)";
        var query = jdbc.sql(RANKED
                        + "FROM files.node n WHERE n.parent = :node AND n.trashed_at IS NULL" + next
                        + " ORDER BY n.folder DESC, n.sorted, n.id LIMIT :limit")
                .param("rank", rank(folder))
                .param("keys", folder.keys())
                .param("node", id.value())
                .param("limit", limit);
        if (after != null) {
            query = query.param("folder", after.folder())
                    .param("name", after.name())
                    .param("after", after.id().value());
        }
        return query.query((row, n) -> Rows.node(row)).list();
    }

    /** In the order of the table: nobody waits for fifty thousand names to be sorted. */
    void eachChild(Visitor visitor, NodeId id, Consumer<FileNode> each) {
        Rows.Seen folder = sight.folder(visitor, id, SpaceRole.READ);
        try (var rows = jdbc
                .sql(RANKED + "FROM files.node n WHERE n.parent = :node AND n.trashed_at IS NULL")
                .withFetchSize(1000)
                .param("rank", rank(folder))
                .param("keys", folder.keys())
                .param("node", id.value())
                .query((row, n) -> Rows.node(row))
                .stream()) {
            rows.forEach(each);
        }
    }

    void eachBeneath(Visitor visitor, NodeId id, int limit, Consumer<Changes.At> each) {
        Rows.Seen folder = sight.folder(visitor, id, SpaceRole.READ);
        boolean tooMany = jdbc.sql(BENEATH + "SELECT count(*) > :limit FROM (SELECT FROM down LIMIT :limit + 1) few")
                .param("node", id.value())
                .param("rank", rank(folder))
                .param("limit", limit)
                .query(Boolean.class)
                .single();
        if (tooMany) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.deep", limit);
        }
        try (var rows = jdbc
                .sql(
                        BENEATH
                                + "SELECT n.*, d.path, d.above AS rank FROM down d JOIN files.node n ON n.id = d.id ORDER BY d.path")
                .withFetchSize(1000)
                .param("node", id.value())
                .param("rank", rank(folder))
                .query((row, n) -> new Changes.At(Rows.texts(row, "path"), Rows.node(row)))
                .stream()) {
            rows.forEach(each);
        }
    }

    Changes changes(Visitor visitor, NodeId id, long since, boolean deep, int limit) {
        Rows.Seen folder = sight.folder(visitor, id, SpaceRole.READ);
        record Known(long seq, long oldest) {}
        Known known = jdbc.sql("SELECT seq, oldest_seq AS oldest FROM files.space WHERE id = ?")
                .param(folder.node().space().value())
                .query(Known.class)
                .single();
        if (since < 0 || since > known.seq() || (since > 0 && since < known.oldest())) {
            throw Refusal.conflict("file.forgotten");
        }
        List<Changes.At> changed = new ArrayList<>();
        List<List<String>> gone = new ArrayList<>();
        Map<String, Long> numbers = new TreeMap<>(Map.of("at", 0L, "last", 0L));
        jdbc.sql(CHANGES)
                .param("node", id.value())
                .param("since", since)
                .param("deep", deep)
                .param("limit", limit)
                .param("rank", rank(folder))
                .query(row -> {
                    numbers.put("at", row.getLong("at"));
                    numbers.put("last", row.getLong("last"));
                    List<String> path = Rows.texts(row, "path");
                    if (changed.size() + gone.size() >= MOST_AT_ONCE) {
                        throw Refusal.conflict("file.forgotten"); // one change of so much is sooner read anew
                    }
                    if (row.getBoolean("gone")) {
                        gone.add(path);
                    } else {
                        changed.add(new Changes.At(path, Rows.node(row)));
                    }
                });
        boolean more = numbers.getOrDefault("at", 0L) < numbers.getOrDefault("last", 0L);
        return new Changes(changed, gone, more ? numbers.getOrDefault("at", 0L) : known.seq(), more);
    }

    private static int rank(Rows.Seen folder) {
        return folder.node().role().ordinal() + 1;
    }
}
