package org.entente.files;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.directory.MemberId;
import org.entente.reading.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds files by their names, then by what they say. Both look in an index first, then keep what a share above makes the visitor's: few rows fit, while a space
 * may hold a million.
 */
@Component
class Finding {

    /** After which words that are everywhere are looked for no longer. */

    /** Words that are looked up in the index of names; what these have found is then held against all. */
    private static final int MOST_LOOKED_UP = 12;

    private static final UUID LAST = new UUID(-1, -1);

    /** Spaces in which anything at all is the visitor's. */
    private static final String SPACES =
            "SELECT o.id FROM files.share s CROSS JOIN LATERAL (SELECT space FROM files.node WHERE id = s.node OFFSET 0) n"
                    + " JOIN files.space o ON o.id = n.space WHERE o.closed_at IS NULL AND " + Sight.IN_FORCE;

    /** Each space is looked through by itself, word by word ({@code %s}): that, and no list of words, is what the index of names answers. */
    private static final String BY_NAME = """
            hit AS MATERIALIZED (SELECT f.id, f.parent FROM (SELECT DISTINCT m.id AS space FROM (""" + SPACES + """
                ) m) o CROSS JOIN LATERAL (SELECT id, parent FROM files.node
                    WHERE space = o.space%s AND (' ' || sorted) LIKE ALL (:patterns) AND trashed_at IS NULL AND parent IS NOT NULL LIMIT 5000) f
                LIMIT 5000)
            """;

    /** Those that the name tells are told by the name. */
    private static final String BY_TEXT = """
            hit AS MATERIALIZED (SELECT n.id, n.parent
                FROM unnest(:asked::text[]) AS a (words)
                CROSS JOIN LATERAL (SELECT content FROM reading.v_content r WHERE r.words @> a.words::bigint[]) r
                JOIN files.node n ON n.content = r.content
                WHERE n.trashed_at IS NULL AND NOT (' ' || n.sorted) LIKE ALL (:patterns) AND n.space IN (""" + SPACES + """
                ) ORDER BY n.modified_at DESC, n.id DESC LIMIT 5000)
            """;

    static final String TAGGED = """
            hit AS MATERIALIZED (SELECT n.id, n.parent FROM files.node_tag t JOIN files.node n ON n.id = t.node
                WHERE t.tag = :tag AND n.trashed_at IS NULL AND (cardinality(:patterns::text[]) = 0 OR (' ' || n.sorted) LIKE ALL (:patterns))
                    AND n.space IN (""" + SPACES + """
                ) LIMIT 5000)
            """;

    /**
     * Of what was hit, what a share there or above makes the visitor's. What is above a folder is looked up once for all that was hit in it, and both are put beside
     * each other in order: joined, they would be compared each with each as soon as fewer were thought to come than do.
     */
    static final String SEEN = """
            , up AS (SELECT n.id AS folder, n.id, n.parent, n.trashed_at FROM (SELECT DISTINCT parent FROM hit) h
                    CROSS JOIN LATERAL (SELECT id, parent, trashed_at FROM files.node WHERE id = h.parent OFFSET 0) n
                UNION ALL SELECT up.folder, n.id, n.parent, n.trashed_at
                FROM up CROSS JOIN LATERAL (SELECT id, parent, trashed_at FROM files.node WHERE id = up.parent OFFSET 0) n),
            mine AS MATERIALIZED (SELECT s.node, max(files.rank(s.role)) AS rank FROM files.share s WHERE\s""" + Sight.IN_FORCE + """
                 GROUP BY s.node),
            place AS (SELECT NULL::uuid AS hit, folder, id, trashed_at FROM up UNION ALL SELECT DISTINCT id, parent, id, NULL::timestamptz FROM hit),
            seen AS (SELECT p.hit, greatest(m.rank, max(m.rank) FILTER (WHERE p.hit IS NULL) OVER same) AS rank, bool_or(p.trashed_at IS NOT NULL) OVER same AS trashed,
                    p.hit = :beneath::uuid OR bool_or(p.id = :beneath::uuid) FILTER (WHERE p.hit IS NULL) OVER same AS beneath
                FROM place p LEFT JOIN mine m ON m.node = p.id WINDOW same AS (PARTITION BY p.folder))
            SELECT n.*, s.rank FROM seen s CROSS JOIN LATERAL (SELECT * FROM files.node WHERE id = s.hit OFFSET 0) n
            WHERE s.rank > 0 AND NOT s.trashed AND (:beneath::uuid IS NULL OR s.beneath) AND (n.folder, n.modified_at, n.id) < (:folder, :modified, :id)
            ORDER BY n.folder DESC, n.modified_at DESC, n.id DESC LIMIT :limit""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Texts texts;
    private final Bounded bounded;

    Finding(JdbcClient jdbc, Sight sight, Texts texts, Bounded bounded) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.texts = texts;
        this.bounded = bounded;
    }

    Found find(Visitor visitor, String words, @Nullable NodeId beneath, @Nullable String cursor, int limit) {
        FoundPlace after = FoundPlace.read(cursor);
        String[] patterns = patterns(words);
        String[] keys = sight.keys(visitor);
        List<Found.Hit> hits = new ArrayList<>();
        // One more than asked for: it says whether there is another page.
        if (patterns.length > 0 && (after == null || after.by() == Found.By.NAME)) {
            statement(byName(patterns.length), keys, patterns, beneath, after, limit + 1)
                    .query((row, n) -> Rows.node(row))
                    .list()
                    .forEach(node -> hits.add(new Found.Hit(node, Found.By.NAME)));
        }
        Found.Texts searched = texts.on() ? Found.Texts.SEARCHED : Found.Texts.OFF;
        if (texts.on() && hits.size() <= limit) {
            FoundPlace from = after == null || after.by() == Found.By.NAME ? null : after;
            try {
                said(keys, words, patterns, beneath, from, limit + 1 - hits.size())
                        .forEach(node -> hits.add(new Found.Hit(node, Found.By.TEXT)));
            } catch (QueryTimeoutException everywhere) {
                searched = Found.Texts.BROAD;
            }
        }
        boolean more = hits.size() > limit;
        List<Found.Hit> page = more ? List.copyOf(hits.subList(0, limit)) : List.copyOf(hits);
        return new Found(page, more ? FoundPlace.of(page.getLast()).written() : null, searched);
    }

    /** The first of {@link #find}, by name only. */
    List<FileNode> named(Visitor visitor, String words, @Nullable NodeId beneath, int limit) {
        String[] patterns = patterns(words);
        return patterns.length == 0
                ? List.of()
                : statement(byName(patterns.length), sight.keys(visitor), patterns, beneath, null, limit)
                        .query((row, n) -> Rows.node(row))
                        .list();
    }

    /** As {@link #find}, by name only, among those that have a tag; without words all that have it. */
    Found tagged(
            Visitor visitor, UUID tag, String words, @Nullable NodeId beneath, @Nullable String cursor, int limit) {
        List<Found.Hit> hits = statement(
                        TAGGED, sight.keys(visitor), patterns(words), beneath, FoundPlace.read(cursor), limit + 1)
                .param("tag", tag)
                .query((row, n) -> new Found.Hit(Rows.node(row), Found.By.NAME))
                .list();
        boolean more = hits.size() > limit;
        List<Found.Hit> page = more ? List.copyOf(hits.subList(0, limit)) : hits;
        return new Found(page, more ? FoundPlace.of(page.getLast()).written() : null, Found.Texts.OFF);
    }

    private List<FileNode> said(
            String[] keys,
            String words,
            String[] patterns,
            @Nullable NodeId beneath,
            @Nullable FoundPlace after,
            int limit) {
        List<MemberId> members = jdbc
                .sql("SELECT DISTINCT o.member FROM files.space o WHERE o.closed_at IS NULL AND o.id IN (" + SPACES
                        + ")")
                .param("keys", keys)
                .query(UUID.class)
                .list()
                .stream()
                .map(MemberId::new)
                .toList();
        List<long[]> asked = members.isEmpty() ? List.of() : texts.ask(members, words);
        if (asked.isEmpty()) {
            return List.of();
        }
        return bounded.read(() -> statement(BY_TEXT, keys, patterns, beneath, after, limit)
                .param("asked", asked.stream().map(Finding::array).toArray(String[]::new))
                .query((row, n) -> Rows.node(row))
                .list());
    }

    private JdbcClient.StatementSpec statement(
            String hit,
            String[] keys,
            String[] patterns,
            @Nullable NodeId beneath,
            @Nullable FoundPlace after,
            int limit) {
        FoundPlace from = after == null
                ? new FoundPlace(Found.By.NAME, true, Instant.parse("9999-12-31T00:00:00Z"), LAST)
                : after;
        return jdbc.sql("WITH RECURSIVE " + hit + SEEN)
                .param("patterns", patterns)
                .param("keys", keys)
                .param("beneath", beneath == null ? null : beneath.value())
                .param("folder", from.folder())
                .param("modified", Rows.at(from.modified()))
                .param("id", from.id())
                .param("limit", limit);
    }

    static String byName(int words) {
        return BY_NAME.formatted(IntStream.rangeClosed(1, Math.min(words, MOST_LOOKED_UP))
                .mapToObj(n -> " AND (' ' || sorted) LIKE (:patterns::text[])[" + n + "]")
                .collect(joining()));
    }

    private String[] patterns(String words) {
        String plain = jdbc.sql("SELECT trim(base.plain(?))")
                .param(words)
                .query(String.class)
                .single();
        return plain.isEmpty()
                ? new String[0]
                : Arrays.stream(plain.split(" "))
                        .map(word -> "% " + word.replace("_", "\\_") + "%")
                        .toArray(String[]::new);
    }

    private static String array(long[] words) {
        return Arrays.toString(words).replace('[', '{').replace(']', '}');
    }
}
