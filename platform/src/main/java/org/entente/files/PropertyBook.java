package org.entente.files;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what programs attach to files. */
@Component
class PropertyBook implements FileProperties {

    private static final int MOST = 100;
    /** Of all that is kept with one file, so that a folder of them can be read in one go. */
    private static final int MOST_LETTERS = 16_384;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final LockBook locks;
    private final Turn turns;

    PropertyBook(JdbcClient jdbc, Sight sight, LockBook locks, Turn turns) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.locks = locks;
        this.turns = turns;
    }

    @Override
    public Map<NodeId, Map<Name, String>> of(Visitor visitor, Collection<NodeId> nodes) {
        Map<NodeId, Map<Name, String>> all = new HashMap<>();
        // Whether each may be seen, in one statement: a share above it is one of the visitor's.
        jdbc.sql("""
                        WITH RECURSIVE up AS (SELECT id AS asked, id, parent FROM files.node WHERE id = ANY (:nodes)
                            AND EXISTS (SELECT FROM files.property p WHERE p.node = node.id)
                            UNION ALL SELECT up.asked, n.id, n.parent FROM files.node n JOIN up ON n.id = up.parent)
                        SELECT p.* FROM files.property p WHERE p.node = ANY (:nodes) AND EXISTS (
                            SELECT FROM up JOIN files.share s ON s.node = up.id WHERE up.asked = p.node AND""" + " " + Sight.IN_FORCE + """
                        ) ORDER BY p.node, p.space_name, p.name""")
                .param("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                .param("keys", sight.keys(visitor))
                .query(row -> {
                    all.computeIfAbsent(new NodeId(row.getObject("node", UUID.class)), node -> new LinkedHashMap<>())
                            .put(new Name(row.getString("space_name"), row.getString("name")), row.getString("value"));
                });
        return all;
    }

    @Override
    @Transactional
    public void change(Visitor visitor, NodeId node, List<Change> changes) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT).node();
        Turn.here(turns.take(found.space()), sight.seen(visitor, node).node());
        locks.demand(visitor, found, false);
        for (Change change : changes) {
            if (change.value() == null) {
                jdbc.sql("DELETE FROM files.property WHERE node = ? AND space_name = ? AND name = ?")
                        .params(
                                node.value(),
                                change.name().namespace(),
                                change.name().name())
                        .update();
            } else {
                int letters = change.name().namespace().length()
                        + change.name().name().length()
                        + change.value().length();
                if (letters > MOST_LETTERS) {
                    throw tooMuch();
                }
                jdbc.sql("""
                                INSERT INTO files.property (node, space_name, name, value) VALUES (?, ?, ?, ?)
                                ON CONFLICT (node, space_name, name) DO UPDATE SET value = EXCLUDED.value""")
                        .params(
                                node.value(),
                                change.name().namespace(),
                                change.name().name(),
                                change.value())
                        .update();
            }
        }
        if (jdbc.sql("""
                        SELECT count(*) > :most OR coalesce(sum(length(space_name) + length(name) + length(value)), 0) > :letters
                        FROM files.property WHERE node = :node""")
                .param("most", MOST)
                .param("letters", MOST_LETTERS)
                .param("node", node.value())
                .query(Boolean.class)
                .single()) {
            throw tooMuch();
        }
    }

    private static Refusal tooMuch() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "file.properties", MOST, MOST_LETTERS);
    }
}
