package org.entente.files;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A territory's files, written to the tables by the million: half of them one person's, the other half others'. Each thousand is a folder of 999 files, or, one in
 * three, a line of twenty folders, one within the other, of 49 files each; one content is that of ten files. The tenth to the fifty-ninth thousand are one folder.
 */
class ManyFiles {

    /** The place of one who keeps files: all of theirs lie beneath {@code folder}. */
    record Place(Visitor visitor, FileNode folder) {}

    static final String LARGE = "Cinquante mille";

    private static final int LARGE_FROM = 10;
    private static final int LARGE_TO = 60;

    private static final String OWNERS = """
            WITH owner AS (SELECT o.n - 1 AS n, o.space, o.folder, o.by, o.member
                FROM unnest(:spaces::uuid[], :folders::uuid[], :by::uuid[], :members::uuid[]) WITH ORDINALITY o(space, folder, by, member, n)),
            thousand AS MATERIALIZED (SELECT t, uuidv7() AS id, o.*, (t / 2) % 3 = 2 AS line
                FROM generate_series(:from, :to - 1) t
                JOIN owner o ON o.n = CASE WHEN t % 2 = 0 THEN 0 ELSE 1 + (t / 2) % (cardinality(:spaces::uuid[]) - 1) END
                WHERE t < :largeFrom OR t >= :largeTo)
            """;

    private static final String NODE =
            "INSERT INTO files.node (id, space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, seq, tree_seq) ";

    /** A file by its number {@code k}, of {@code w}: where it is. */
    private static final String FILE = """
            SELECT uuidv7(), w.space, w.id,
                (ARRAY['Délibération', 'Compte rendu', 'Arrêté', 'Courrier', 'Plan', 'Budget', 'Convention', 'Photo', 'Note', 'Facture'])[1 + k / 7 % 10] || ' '
                    || (ARRAY['du conseil', 'de la voirie', 'des écoles', 'du marché', 'de la médiathèque', 'du personnel', 'de l’eau', 'des sports'])[1 + k / 11 % 8]
                    || ' ' || 2000 + k % 27 || '-' || k || (ARRAY['.pdf', '.docx', '.jpg', '.xlsx'])[1 + k % 4],
                false, md5(w.member::text || k / 10)::uuid, 1 + k % 90000, sha256((w.member::text || k / 10)::bytea), 'application/pdf',
                now() - k * interval '1 second', now() - k * interval '1 second', now(), w.by, 1 + k, 1 + k
            """;

    private static final String FOLDER =
            ", true, NULL::uuid, 0, NULL::bytea, NULL, now(), now(), now(), w.by, 1 + w.t * 1000, 1000 + w.t * 1000";

    private final JdbcClient jdbc;
    private final List<Place> places;

    /** @param places the first one's is half of all */
    ManyFiles(JdbcClient jdbc, List<Place> places) {
        this.jdbc = jdbc;
        this.places = places;
    }

    /** From so many thousands to so many, then the statistics that autovacuum would have by then. */
    void grow(int from, int to) {
        asked(
                OWNERS + ", made AS (" + NODE + "SELECT w.id, w.space, w.folder, 'Dossier ' || w.t" + FOLDER
                        + " FROM thousand w WHERE NOT w.line) " + NODE + FILE
                        + " FROM thousand w CROSS JOIN LATERAL (SELECT w.t * 1000 + i AS k FROM generate_series(1, 999) i) f WHERE NOT w.line",
                from,
                to);
        asked(
                OWNERS
                        + ", step AS MATERIALIZED (SELECT t, space, folder, by, member, s, CASE WHEN s = 1 THEN id ELSE uuidv7() END AS id"
                        + " FROM thousand CROSS JOIN generate_series(1, 20) s WHERE line), made AS (" + NODE
                        + "SELECT w.id, w.space, coalesce(above.id, w.folder), CASE WHEN w.s = 1 THEN 'Ligne ' || w.t ELSE 'Étape ' || w.s END"
                        + FOLDER
                        + " FROM step w LEFT JOIN step above ON above.t = w.t AND above.s = w.s - 1) " + NODE + FILE
                        + " FROM step w CROSS JOIN LATERAL (SELECT w.t * 1000 + (w.s - 1) * 50 + i AS k FROM generate_series(1, 49) i) f",
                from,
                to);
        if (from <= LARGE_FROM && to >= LARGE_TO) {
            asked(
                    OWNERS
                            + ", large AS MATERIALIZED (SELECT uuidv7() AS id, :largeFrom AS t, o.* FROM owner o WHERE o.n = 0), made AS ("
                            + NODE
                            + "SELECT w.id, w.space, w.folder, '" + LARGE + "'" + FOLDER + " FROM large w) " + NODE
                            + FILE
                            + " FROM large w CROSS JOIN generate_series(:largeFrom * 1000, :largeTo * 1000 - 1) k",
                    from,
                    to);
        }
        asked("""
                WITH owner AS (SELECT o.folder, o.member FROM unnest(:spaces::uuid[], :folders::uuid[], :by::uuid[], :members::uuid[]) o(space, folder, by, member)),
                had AS (SELECT DISTINCT n.content, o.member, n.sha256 FROM files.node n JOIN files.space s ON s.id = n.space JOIN owner o ON o.member = s.member
                    WHERE n.seq BETWEEN :from * 1000 AND :to * 1000 AND n.content IS NOT NULL),
                kept AS (INSERT INTO storage.content (id, member, sha256, size, uses, idle_since) SELECT content, member, sha256, 1, 10, NULL FROM had ON CONFLICT DO NOTHING
                    RETURNING id, member),
                key AS (SELECT DISTINCT ON (member) member, uuidv7() AS id FROM kept)
                INSERT INTO reading.content (content, member, media_type, size, state, key, words)
                SELECT k.id, k.member, 'application/pdf', 1, 'read', y.id, ARRAY(SELECT (random() * 20000)::bigint FROM generate_series(1, 30) WHERE k.id IS NOT NULL)
                FROM kept k JOIN key y ON y.member = k.member ON CONFLICT DO NOTHING""", from, to);
        asked(
                "UPDATE files.space SET seq = greatest(seq, :to * 1000 + 1000), quota = 1000000000000, used = greatest(used, :to * 50000000::bigint)"
                        + " WHERE id = ANY(:spaces::uuid[])",
                from,
                to);
        asked(
                "UPDATE files.node SET tree_seq = :to * 1000, size = :to * 50000000::bigint WHERE id = ANY(:folders::uuid[]) OR (parent IS NULL AND space = ANY(:spaces::uuid[]))",
                from,
                to);
        for (String table : List.of("files.node", "files.space", "files.share", "storage.content", "reading.content")) {
            jdbc.sql("VACUUM ANALYZE " + table).update();
        }
    }

    private void asked(String statement, int from, int to) {
        jdbc.sql(statement)
                .param("from", from)
                .param("to", to)
                .param("largeFrom", LARGE_FROM)
                .param("largeTo", LARGE_TO)
                .param("spaces", ids(place -> place.folder().space().value()))
                .param("folders", ids(place -> place.folder().id().value()))
                .param("by", ids(place -> place.visitor().capacity().value()))
                .param("members", ids(place -> place.visitor().member().value()))
                .update();
    }

    private UUID[] ids(Function<Place, UUID> id) {
        return places.stream().map(id).toArray(UUID[]::new);
    }
}
