package org.entente.files;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes trees away for good, with their versions: their bytes are free, and their contents nobody's. */
@Component
class Eraser {

    private static final String TREE = """
            WITH RECURSIVE tree AS (SELECT id FROM files.node WHERE id = ANY (:tops)
                UNION SELECT c.id FROM tree t JOIN files.node c ON c.parent = t.id)
            """;

    private final JdbcClient jdbc;
    private final Turn turns;
    private final Contents contents;

    Eraser(JdbcClient jdbc, Turn turns, Contents contents) {
        this.jdbc = jdbc;
        this.turns = turns;
        this.contents = contents;
    }

    List<NodeId> bin(SpaceId space) {
        return bin(space, null);
    }

    /** @param before when it was thrown away; null for whenever */
    List<NodeId> bin(SpaceId space, @Nullable OffsetDateTime before) {
        return jdbc.sql("""
                        SELECT id FROM files.node WHERE space = :space AND trashed_at IS NOT NULL
                            AND (:before::timestamptz IS NULL OR trashed_at < :before::timestamptz)""").param("space", space.value()).param("before", before).query(UUID.class).list().stream()
                .map(NodeId::new)
                .toList();
    }

    /** Of the space of this turn. */
    void erase(Turn.Taken turn, List<NodeId> tops) {
        if (tops.isEmpty()) {
            return;
        }
        UUID[] ids = tops.stream().map(NodeId::value).toArray(UUID[]::new);
        List<ContentId> free = new ArrayList<>();
        long[] bytes = {0};
        jdbc.sql(TREE + """
                        SELECT n.content, n.size FROM tree JOIN files.node n ON n.id = tree.id WHERE n.content IS NOT NULL
                        UNION ALL SELECT v.content, v.size FROM tree JOIN files.version v ON v.node = tree.id""").param("tops", ids).query(row -> {
            free.add(new ContentId(row.getObject("content", UUID.class)));
            bytes[0] += row.getLong("size");
        });
        jdbc.sql(TREE + "DELETE FROM files.node n USING tree WHERE n.id = tree.id")
                .param("tops", ids)
                .update();
        turns.charge(turn, -bytes[0]);
        contents.release(free);
    }
}
