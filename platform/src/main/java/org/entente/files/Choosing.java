package org.entente.files;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds files by what they are and when they were modified. It looks from where the visitor's rights begin: a whole space is read in the order of an index, and of
 * a folder the folders beneath it are walked. What is found is theirs by that; none is looked at in vain.
 */
@Component
class Choosing {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private static final String SHARED = "SELECT DISTINCT s.node AS id FROM files.share s WHERE " + Sight.IN_FORCE;

    private static final String ASKED = "SELECT DISTINCT asked.id FROM unnest(:within::uuid[]) AS asked (id)";

    /** Where to look; what lies in a space that is looked through anyway is not looked at again. */
    private static final String ENTRIES = Sight.AMONG_HITS + """
            , entry AS (SELECT n.id, n.space, n.folder, n.parent IS NULL AS whole FROM seen JOIN files.node n ON n.id = seen.id)
            SELECT e.* FROM entry e WHERE e.whole OR NOT EXISTS (SELECT FROM entry w WHERE w.whole AND w.space = e.space)""";

    /** As the indexes of pictures and films say it: only so they are used. */
    private static final String MEDIA = " AND (n.media_type LIKE 'image/%' OR n.media_type LIKE 'video/%')";

    private static final List<String> MEDIA_TYPES = List.of("image/", "video/");

    private static final String FITS = """
            NOT n.folder AND n.trashed_at IS NULL AND n.modified_at >= :from AND n.modified_at < :until
                AND (cardinality(:types::text[]) = 0 OR n.media_type LIKE ANY (:types::text[]))%s""";

    /** {@code bin}: only the top of what was thrown away says so itself. */
    private static final String FOUND = """
            WITH RECURSIVE entry AS MATERIALIZED (
                SELECT e.* FROM unnest(:ids::uuid[], :spaces::uuid[], :folders::boolean[], :wholes::boolean[]) AS e (id, space, folder, whole)),
            down AS (SELECT e.id FROM entry e WHERE e.folder AND NOT e.whole
                UNION SELECT c.id FROM down d CROSS JOIN LATERAL (
                    SELECT n.id FROM files.node n WHERE n.parent = d.id AND n.folder AND n.trashed_at IS NULL OFFSET 0) c
                WHERE :deep),
            bin AS (SELECT t.id FROM entry e CROSS JOIN LATERAL (
                    SELECT n.id FROM files.node n WHERE n.space = e.space AND n.trashed_at IS NOT NULL AND n.folder OFFSET 0) t
                WHERE e.whole
                UNION SELECT c.id FROM bin b CROSS JOIN LATERAL (
                    SELECT n.id FROM files.node n WHERE n.parent = b.id AND n.folder OFFSET 0) c),
            hit AS MATERIALIZED (
                SELECT f.id, f.modified_at FROM entry e CROSS JOIN LATERAL (
                    SELECT n.id, n.modified_at FROM files.node n WHERE n.space = e.space AND FITS AND n.parent NOT IN (SELECT b.id FROM bin b)
                    ORDER BY n.modified_at DESC, n.id DESC LIMIT :most) f WHERE e.whole
                UNION SELECT f.id, f.modified_at FROM down d CROSS JOIN LATERAL (
                    SELECT n.id, n.modified_at FROM files.node n WHERE n.parent = d.id AND FITS
                    ORDER BY n.modified_at DESC, n.id DESC LIMIT :most) f
                UNION SELECT f.id, f.modified_at FROM entry e CROSS JOIN LATERAL (
                    SELECT n.id, n.modified_at FROM files.node n WHERE n.id = e.id AND FITS OFFSET 0) f WHERE NOT e.folder
                ORDER BY modified_at DESC, id DESC OFFSET :skip LIMIT :limit)
            """ + Sight.AMONG_HITS + """
            SELECT n.*, seen.rank FROM seen JOIN files.node n ON n.id = seen.id ORDER BY n.modified_at DESC, n.id DESC""";

    private static final String WAYS = """
            WITH RECURSIVE hit AS MATERIALIZED (SELECT DISTINCT asked.id FROM unnest(:nodes::uuid[]) AS asked (id)),
            up AS (SELECT h.id AS found, n.id, n.parent, n.name, n.trashed_at, n.space, 0 AS above
                FROM hit h CROSS JOIN LATERAL (SELECT * FROM files.node n WHERE n.id = h.id OFFSET 0) n
                UNION ALL SELECT up.found, n.id, n.parent, n.name, n.trashed_at, n.space, up.above + 1
                FROM up CROSS JOIN LATERAL (SELECT * FROM files.node n WHERE n.id = up.parent OFFSET 0) n),
            seen AS (SELECT up.found, max(up.above) FILTER (WHERE EXISTS (
                    SELECT FROM files.share s WHERE s.node = up.id AND\s""" + Sight.IN_FORCE + """
                    )) AS top FROM up GROUP BY up.found HAVING bool_and(up.trashed_at IS NULL)
                    AND bool_and(EXISTS (SELECT FROM files.space o WHERE o.id = up.space AND o.closed_at IS NULL)))
            SELECT up.found, (array_agg(up.id ORDER BY up.above DESC))[1] AS top,
                coalesce(array_agg(up.name ORDER BY up.above DESC) FILTER (WHERE up.above < seen.top), '{}') AS names
            FROM seen JOIN up ON up.found = seen.found AND up.above <= seen.top GROUP BY up.found""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Bounded bounded;

    Choosing(JdbcClient jdbc, Sight sight, Bounded bounded) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.bounded = bounded;
    }

    private record Entry(UUID id, UUID space, boolean folder, boolean whole) {}

    /** @throws Refusal UNAVAILABLE {@code file.search.long} when there is too much to look through */
    List<FileNode> find(Visitor visitor, Chosen asked) {
        try {
            return bounded.read(() -> chosen(visitor, asked));
        } catch (QueryTimeoutException tooMuch) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.search.long");
        }
    }

    private List<FileNode> chosen(Visitor visitor, Chosen asked) {
        String[] keys = sight.keys(visitor);
        List<Entry> entries = entries(keys, asked.within());
        if (entries.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(found(asked.types()))
                .param("ids", entries.stream().map(Entry::id).toArray(UUID[]::new))
                .param("spaces", entries.stream().map(Entry::space).toArray(UUID[]::new))
                .param("folders", entries.stream().map(Entry::folder).toArray(Boolean[]::new))
                // What is at the top of a space alone is not found by looking through it.
                .param(
                        "wholes",
                        entries.stream().map(one -> one.whole() && asked.deep()).toArray(Boolean[]::new))
                .param("deep", asked.deep())
                .param("types", patterns(asked.types()))
                .param("from", at(asked.from(), FIRST))
                .param("until", at(asked.until(), LAST))
                .param("most", asked.skip() + asked.limit())
                .param("skip", asked.skip())
                .param("limit", asked.limit())
                .param("keys", keys)
                .query((row, n) -> Rows.node(row))
                .list();
    }

    private List<Entry> entries(String[] keys, @Nullable Collection<NodeId> within) {
        JdbcClient.StatementSpec statement = jdbc.sql(
                        "WITH RECURSIVE hit AS MATERIALIZED (" + (within == null ? SHARED : ASKED) + ")" + ENTRIES)
                .param("keys", keys);
        return (within == null ? statement : statement.param("within", ids(within)))
                .query(Entry.class)
                .list();
    }

    static String found(List<String> types) {
        boolean media = !types.isEmpty()
                && types.stream().allMatch(type -> MEDIA_TYPES.stream().anyMatch(type::startsWith));
        return FOUND.replace("FITS", FITS.formatted(media ? MEDIA : ""));
    }

    static String[] patterns(List<String> types) {
        return types.stream()
                .map(type -> type.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%"))
                .map(type -> type.endsWith("/") ? type + "%" : type)
                .toArray(String[]::new);
    }

    private static OffsetDateTime at(@Nullable Instant said, Instant otherwise) {
        Instant at = said == null ? otherwise : said;
        return Rows.at(at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at);
    }

    private static UUID[] ids(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toArray(UUID[]::new);
    }

    /** Of each that the visitor sees. */
    Map<NodeId, Files.Way> ways(Visitor visitor, Set<NodeId> nodes) {
        Map<NodeId, Files.Way> ways = new HashMap<>();
        if (!nodes.isEmpty()) {
            jdbc.sql(WAYS)
                    .param("nodes", ids(nodes))
                    .param("keys", sight.keys(visitor))
                    .query(row -> {
                        ways.put(
                                new NodeId(row.getObject("found", UUID.class)),
                                new Files.Way(new NodeId(row.getObject("top", UUID.class)), Rows.texts(row, "names")));
                    });
        }
        return ways;
    }
}
