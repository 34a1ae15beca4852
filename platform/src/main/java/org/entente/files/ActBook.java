package org.entente.files;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what is done, in the transaction in which it is done. */
@Component
class ActBook {

    /** Within so long one person's next writing of a file is the same act: programs save as one types. */
    private static final String ONE_ACT = "10 minutes";

    private static final String ADD = """
            INSERT INTO files.act (node, space, folder, what, name, former, to_key, by, by_link, at)
            SELECT n.id, coalesce(:space::uuid, n.space), CASE WHEN :space::uuid IS NULL THEN n.parent ELSE :folder::uuid END, :what,
                CASE WHEN n.parent IS NULL THEN '' ELSE coalesce(:name::text, n.name) END, :former::text, :key::text, :by, :link, :at
            FROM files.node n WHERE n.id = :node""";

    /** Of a node just {@code made}, in the same statement. */
    static final String OF_MADE = """
            INSERT INTO files.act (node, space, folder, what, name, by, by_link, at)
            SELECT id, space, parent, :what, name, :by, :link, :at FROM made""";

    private static final String CHANGED = """
            WITH last AS (SELECT id, what, by, by_link, at FROM files.act WHERE node = :node ORDER BY at DESC, id DESC LIMIT 1),
            again AS (UPDATE files.act a SET at = :at FROM last l WHERE a.id = l.id AND l.what IN ('put', 'changed') AND l.by = :by AND l.by_link = :link
                AND l.at > :at::timestamptz - interval '""" + ONE_ACT + """
            ' RETURNING a.id)
            """ + ADD + " AND NOT EXISTS (SELECT FROM again)";

    private final JdbcClient jdbc;
    private final Clock clock;

    ActBook(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(Visitor visitor, NodeId node, Act what) {
        add(ADD, visitor, node, what, false, null, null, null);
    }

    void written(Visitor visitor, NodeId node, Act what, boolean byLink) {
        add(what == Act.CHANGED ? CHANGED : ADD, visitor, node, what, byLink, null, null, null);
    }

    void renamed(Visitor visitor, NodeId node, String former) {
        add(ADD, visitor, node, Act.RENAMED, false, former, null, null);
    }

    /** @param was as it was before: those who see only the place it left are told there, by the name it had there */
    void moved(Visitor visitor, FileNode was) {
        add(ADD, visitor, was.id(), Act.LEFT, false, null, null, was);
        add(ADD, visitor, was.id(), Act.MOVED, false, null, null, null);
    }

    void shared(Visitor visitor, NodeId node, Act what, String toKey) {
        add(ADD, visitor, node, what, false, null, toKey, null);
    }

    private void add(
            String sql,
            Visitor visitor,
            NodeId node,
            Act what,
            boolean byLink,
            @Nullable String former,
            @Nullable String toKey,
            @Nullable FileNode left) {
        jdbc.sql(sql)
                .param("node", node.value())
                .param("space", left == null ? null : left.space().value())
                .param(
                        "folder",
                        left == null || left.parent() == null
                                ? null
                                : left.parent().value())
                .param("name", left == null ? null : left.name())
                .param("what", what.code())
                .param("former", former)
                .param("key", toKey)
                .param("by", visitor.capacity().value())
                .param("link", byLink)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }
}
