package org.entente.files;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.entente.directory.AffiliationId;
import org.entente.provisioning.DepartureStep;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When a capacity ends, every space that it owned passes to its successor, else to its unit, else to the administrators of its member: no file is ever nobody's.
 * What was shared from there goes on under its new owner, who sees it and may end it.
 */
@Component
class HandOver implements DepartureStep {

    /** Of the owner's key at the root of a space: shares that come with it. A space of several with another who manages it stays with them. */
    private static final String PASS = """
            WITH leaving AS (SELECT * FROM unnest(:capacities::uuid[], :keys::text[], :names::text[]) AS l(capacity, to_key, name)),
            owned AS (
                SELECT o.id AS space, o.root, o.kind, o.name AS former, l.* FROM leaving l
                JOIN files.share s ON s.to_key = 'c:' || l.capacity AND s.by IS NULL
                JOIN files.space o ON o.root = s.node
                WHERE o.closed_at IS NULL),
            kept AS (
                INSERT INTO files.handover (space, capacity, to_key, kind, name, at) SELECT space, capacity, to_key, kind, former, :at FROM owned
                ON CONFLICT (space, capacity) DO UPDATE SET to_key = EXCLUDED.to_key, kind = EXCLUDED.kind, name = EXCLUDED.name, at = EXCLUDED.at),
            passed AS (
                UPDATE files.space o SET kind = CASE o.kind WHEN 'mine' THEN 'handed' ELSE o.kind END,
                    name = CASE o.kind WHEN 'mine' THEN left(w.name, 200) ELSE o.name END
                FROM owned w WHERE o.id = w.space),
            taken AS (DELETE FROM files.share s USING owned w WHERE s.node = w.root AND s.to_key = 'c:' || w.capacity),
            given AS (
                INSERT INTO files.share (node, to_key, role) SELECT root, to_key, 'manage' FROM owned
                ON CONFLICT (node, to_key) DO UPDATE SET role = 'manage', by = NULL, until = NULL)
            SELECT capacity, count(*)::int AS spaces FROM owned GROUP BY capacity""";

    private static final String GIVE_BACK = """
            WITH back AS (DELETE FROM files.handover WHERE capacity = :capacity RETURNING *),
            later AS (DELETE FROM files.handover h USING back b WHERE h.space = b.space AND h.capacity <> b.capacity AND h.at >= b.at),
            space AS (UPDATE files.space o SET kind = b.kind, name = b.name FROM back b WHERE o.id = b.space RETURNING o.root, b.to_key),
            taken AS (DELETE FROM files.share s USING space x WHERE s.node = x.root AND s.by IS NULL AND s.to_key <> 'c:' || :capacity)
            INSERT INTO files.share (node, to_key, role) SELECT root, 'c:' || :capacity, 'manage' FROM space
            ON CONFLICT (node, to_key) DO UPDATE SET role = 'manage', by = NULL, until = NULL""";

    private final JdbcClient jdbc;
    private final Clock clock;

    HandOver(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String system() {
        return "files";
    }

    @Override
    public Map<AffiliationId, Integer> carryOut(Collection<Leaving> leaving) {
        List<Leaving> all = List.copyOf(leaving);
        Map<AffiliationId, Integer> done = new HashMap<>();
        jdbc.sql(PASS)
                .param("capacities", column(all, one -> one.capacity().toString()))
                .param("keys", column(all, one -> toKey(one, all)))
                .param("names", column(all, Leaving::name))
                .param("at", OffsetDateTime.now(clock))
                .query(row -> {
                    done.put(new AffiliationId(row.getObject("capacity", UUID.class)), row.getInt("spaces"));
                });
        return done;
    }

    @Override
    public void undo(AffiliationId capacity) {
        jdbc.sql(GIVE_BACK).param("capacity", capacity.value()).update();
    }

    private static String toKey(Leaving one, List<Leaving> all) {
        @Nullable AffiliationId successor = one.successor();
        if (successor != null
                && all.stream().noneMatch(other -> other.capacity().equals(successor))) {
            return "c:" + successor;
        }
        return one.unit() != null ? "x:" + one.unit() : "a:" + one.member();
    }

    private static String[] column(List<Leaving> leaving, Function<Leaving, String> column) {
        return leaving.stream().map(column).toArray(String[]::new);
    }
}
