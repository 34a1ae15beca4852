package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells what was done with a file, or with a folder and what lies in it. What was done to a file elsewhere, before it came to where it is, is told only to
 * those who see that place too; links are known to those who manage.
 */
@Component
class Activity {

    private static final String BEFORE =
            " AND (:after::uuid IS NULL OR (t.at, t.id) < (SELECT x.at, x.id FROM files.act x WHERE x.id = :after::uuid))"
                    + " AND (:manage OR t.what NOT IN ('linked', 'unlinked')) ORDER BY t.at DESC, t.id DESC LIMIT :limit";

    static final String TOLD = """
            WITH RECURSIVE hit AS MATERIALIZED (SELECT DISTINCT folder AS id FROM files.act WHERE node = :node AND space = :space AND folder IS NOT NULL)
            """ + Sight.AMONG_HITS + """
            , told AS (
                (SELECT t.* FROM files.act t WHERE t.node = :node AND t.space = :space AND t.what <> 'left'
                    AND (t.folder IS NOT DISTINCT FROM :parent::uuid OR t.folder IN (SELECT id FROM seen))\s""" + BEFORE + """
                )
                UNION ALL
                (SELECT t.* FROM files.act t WHERE t.folder = :node AND t.space = :space\s""" + BEFORE + """
                ))
            SELECT t.*, bp.given_name || ' ' || bp.usual_name AS by_name, ba.function AS by_function,\s"""
            + GranteeNames.shown("t") + """
             FROM (SELECT * FROM told ORDER BY at DESC, id DESC LIMIT :limit) t
            LEFT JOIN directory.v_affiliation ba ON ba.id = t.by LEFT JOIN directory.v_person bp ON bp.id = ba.person
            """ + GranteeNames.joined("t") + " ORDER BY t.at DESC, t.id DESC";

    private final JdbcClient jdbc;
    private final Sight sight;

    Activity(JdbcClient jdbc, Sight sight) {
        this.jdbc = jdbc;
        this.sight = sight;
    }

    /** @param detail what tells a person or unit apart */
    record To(Grantee.Kind kind, String name, String detail) {}

    /**
     * @param name as it was called from then on; empty for the root of a space
     * @param former of what was renamed: as it was called before
     * @param to of what was shared: with whom
     * @param here whether it was done to what was asked about, and not to something in it
     */
    record Done(
            UUID id,
            Act what,
            String name,
            @Nullable String former,
            @Nullable To to,
            FileViews.ChangedBy by,
            Instant at,
            boolean here) {}

    /** The last first. {@code after}: the last one of the page before. */
    List<Done> of(Visitor visitor, NodeId node, @Nullable UUID after, int limit) {
        Rows.Seen seen = sight.seen(visitor, node);
        FileNode found = seen.node();
        return jdbc.sql(TOLD)
                .param("node", node.value())
                .param("space", found.space().value())
                .param("parent", found.parent() == null ? null : found.parent().value())
                .param("keys", seen.keys())
                .param("manage", found.role().allows(SpaceRole.MANAGE))
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> done(row, node))
                .list();
    }

    private static Done done(ResultSet row, NodeId asked) throws SQLException {
        String key = row.getString("to_key");
        return new Done(
                row.getObject("id", UUID.class),
                Act.of(row.getString("what")),
                row.getString("name"),
                row.getString("former"),
                key == null ? null : new To(Grantee.of(key).kind(), row.getString("shown"), row.getString("detail")),
                new FileViews.ChangedBy(
                        row.getObject("by", UUID.class),
                        row.getString("by_name"),
                        row.getString("by_function"),
                        row.getBoolean("by_link")),
                Rows.instant(row, "at"),
                asked.value().equals(row.getObject("node", UUID.class)));
    }
}
