package org.entente.files;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The spaces a visitor finds. Their own, their unit's and their member's are made when first somebody looks for them; who came by an invitation has that
 * to which they were invited only.
 */
@Component
class Spaces {

    private static final String SEEN = """
            SELECT o.*, files.allowed(o) AS allowed, mine.rank, r.changed_at, m.name AS member_name,
                CASE o.kind WHEN 'mine' THEN '' WHEN 'unit' THEN coalesce(u.name, o.name) WHEN 'member' THEN m.name ELSE o.name END AS shown
            FROM (SELECT s.node, max(files.rank(s.role)) AS rank FROM files.share s WHERE\s""" + Sight.IN_FORCE + """
             GROUP BY s.node) mine
            JOIN files.space o ON o.root = mine.node AND o.closed_at IS NULL
            JOIN files.node r ON r.id = o.root
            JOIN directory.v_member m ON m.id = o.member
            LEFT JOIN directory.v_unit u ON u.id = o.unit""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final TransactionOperations transaction;
    private final Clock clock;

    Spaces(JdbcClient jdbc, Sight sight, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.transaction = transaction;
        this.clock = clock;
    }

    List<FileSpace> of(Visitor visitor) {
        String[] keys = sight.keys(visitor);
        if (keys.length > 0) {
            open(visitor);
        }
        return jdbc.sql(
                        SEEN
                                + " ORDER BY array_position(ARRAY['mine', 'unit', 'member', 'shared', 'handed'], o.kind), base.plain(coalesce(u.name, o.name)), o.id")
                .param("keys", keys)
                .query((row, n) -> Rows.space(row))
                .list();
    }

    FileSpace one(Visitor visitor, SpaceId space) {
        return jdbc.sql(SEEN + " WHERE o.id = :id")
                .param("keys", sight.keys(visitor))
                .param("id", space.value())
                .query((row, n) -> Rows.space(row))
                .optional()
                .orElseThrow(Sight::unknown);
    }

    /** Tops of what others gave this visitor alone: what lies beneath one that is listed is not listed again. */
    List<FileNode> sharedWith(Visitor visitor) {
        return jdbc.sql("""
                        WITH RECURSIVE mine AS (SELECT s.node, max(files.rank(s.role)) AS rank FROM files.share s WHERE\s""" + Sight.IN_FORCE + """
                             GROUP BY s.node),
                        up AS (SELECT m.node AS top, n.id, n.parent, n.trashed_at, 0 AS above FROM mine m JOIN files.node n ON n.id = m.node
                            UNION ALL SELECT up.top, n.id, n.parent, n.trashed_at, up.above + 1 FROM up JOIN files.node n ON n.id = up.parent)
                        SELECT n.*, m.rank FROM mine m JOIN files.node n ON n.id = m.node
                        JOIN files.space o ON o.id = n.space AND o.closed_at IS NULL
                        WHERE n.parent IS NOT NULL
                            AND NOT EXISTS (SELECT FROM up WHERE up.top = m.node AND (up.trashed_at IS NOT NULL
                                OR (up.above > 0 AND EXISTS (SELECT FROM mine x WHERE x.node = up.id))))
                        ORDER BY n.folder DESC, n.sorted, n.id""")
                .param("keys", sight.keys(visitor))
                .query((row, n) -> Rows.node(row))
                .list();
    }

    private void open(Visitor visitor) {
        record Place(
                String kind, @Nullable UUID unit, @Nullable String unitName, String memberName) {}
        Optional<Place> place = jdbc.sql("""
                        SELECT a.kind, a.unit, u.name AS unit_name, m.name AS member_name
                        FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member
                        LEFT JOIN directory.v_unit u ON u.id = a.unit
                        WHERE a.id = ? AND NOT EXISTS (SELECT FROM files.invitation i WHERE i.capacity = a.id AND i.made)
                            AND (NOT EXISTS (SELECT FROM files.space s WHERE s.kind = 'mine' AND s.capacity = a.id)
                            OR (a.kind <> 'partner' AND (NOT EXISTS (SELECT FROM files.space s WHERE s.kind = 'member' AND s.member = a.member)
                                OR (a.unit IS NOT NULL AND NOT EXISTS (SELECT FROM files.space s WHERE s.kind = 'unit' AND s.unit = a.unit)))))""")
                .param(visitor.capacity().value())
                .query(Place.class)
                .optional();
        place.ifPresent(found -> transaction.executeWithoutResult(status -> {
            MemberId member = visitor.member();
            make("mine", member, visitor, null, visitor.name(), Map.of("c:" + visitor.capacity(), SpaceRole.MANAGE));
            if (found.kind().equals("partner")) {
                return;
            }
            String admins = "a:" + member;
            make(
                    "member",
                    member,
                    visitor,
                    null,
                    found.memberName(),
                    Map.of("m:" + member, SpaceRole.READ, admins, SpaceRole.MANAGE));
            if (found.unit() != null && found.unitName() != null) {
                make(
                        "unit",
                        member,
                        visitor,
                        found.unit(),
                        found.unitName(),
                        Map.of("u:" + found.unit(), SpaceRole.EDIT, admins, SpaceRole.MANAGE));
            }
        }));
    }

    /** A space of several, which its opener manages until their capacity ends. */
    SpaceId shared(Visitor visitor, String name) {
        return make(
                        "shared",
                        visitor.member(),
                        visitor,
                        null,
                        name,
                        Map.of("c:" + visitor.capacity(), SpaceRole.MANAGE))
                .orElseThrow();
    }

    /** Empty when there is one already: two who look at once make one. */
    private Optional<SpaceId> make(
            String kind, MemberId member, Visitor by, @Nullable UUID unit, String name, Map<String, SpaceRole> roles) {
        jdbc.sql("INSERT INTO files.allowance (member) VALUES (?) ON CONFLICT DO NOTHING")
                .param(member.value())
                .update();
        return jdbc.sql("""
                        WITH made AS (INSERT INTO files.space (kind, member, capacity, unit, name, root)
                                VALUES (:kind, :member, :capacity::uuid, :unit::uuid, left(:name, 200), uuidv7()) ON CONFLICT DO NOTHING RETURNING id, root),
                            top AS (INSERT INTO files.node (id, space, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                                SELECT root, id, id::text, true, :at, :at, :at, :by, 1, 1 FROM made RETURNING id),
                            given AS (INSERT INTO files.share (node, to_key, role)
                                SELECT top.id, k.to_key, k.role FROM top, unnest(:keys::text[], :roles::text[]) AS k(to_key, role))
                        SELECT id FROM made""")
                .param("kind", kind)
                .param("member", member.value())
                .param("capacity", kind.equals("mine") ? by.capacity().value() : null)
                .param("unit", unit)
                .param("name", name)
                .param("at", OffsetDateTime.now(clock))
                .param("by", by.capacity().value())
                .param("keys", roles.keySet().toArray(String[]::new))
                .param("roles", roles.values().stream().map(SpaceRole::code).toArray(String[]::new))
                .query(UUID.class)
                .optional()
                .map(SpaceId::new);
    }
}
