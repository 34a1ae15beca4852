package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what people say about files. Whoever sees a file reads it and may add to it; each changes and takes away their own, who manages also others'. */
@Component
class CommentBook {

    static final int LONGEST = 4_000;
    private static final int MOST = 1_000;
    private static final int MOST_NAMED = 20;

    static final String PAGE = """
            SELECT c.*, p.given_name || ' ' || p.usual_name AS by_name, a.function AS by_function
            FROM (SELECT * FROM files.comment c WHERE c.node = :node AND (:before::uuid IS NULL OR c.id < :before::uuid) ORDER BY c.id DESC LIMIT :limit) c
            LEFT JOIN directory.v_affiliation a ON a.id = c.by LEFT JOIN directory.v_person p ON p.id = a.person ORDER BY c.id DESC""";

    /** Of these capacities, those that see the node: someone above it shares it with one of their keys. */
    private static final String SEE = "WITH RECURSIVE " + Sight.UP + """
            SELECT asked.id FROM unnest(:asked::uuid[]) AS asked (id)
            WHERE EXISTS (SELECT FROM up JOIN files.share s ON s.node = up.id
                WHERE s.to_key = ANY (files.keys(asked.id)) AND (s.until IS NULL OR s.until > now()))""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Ledger ledger;
    private final Clock clock;

    CommentBook(JdbcClient jdbc, Sight sight, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @param by whose name is null when the directory no longer knows them
     * @param changedAt null when it is as it was written
     * @param mine whether the one who reads wrote it, and may change it
     * @param removable whether the one who reads may take it away
     */
    record Comment(
            UUID id,
            String text,
            FileViews.ChangedBy by,
            Instant madeAt,
            @Nullable Instant changedAt,
            boolean mine,
            boolean removable) {}

    /** The last first. {@code before}: the last one of the page before. */
    List<Comment> of(Visitor visitor, NodeId node, @Nullable UUID before, int limit) {
        FileNode found = sight.seen(visitor, node).node();
        return jdbc.sql(PAGE)
                .param("node", node.value())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> comment(row, visitor, found))
                .list();
    }

    /** How many there are; nodes without any are not told. */
    Map<NodeId, Integer> counts(Collection<NodeId> nodes) {
        Map<NodeId, Integer> counts = new HashMap<>();
        if (!nodes.isEmpty()) {
            jdbc.sql("""
                            SELECT c.node, count(*)::int AS comments FROM unnest(:nodes::uuid[]) AS asked (id) JOIN files.comment c ON c.node = asked.id GROUP BY c.node""")
                    .param("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                    .query(row -> {
                        counts.put(new NodeId(row.getObject("node", UUID.class)), row.getInt("comments"));
                    });
        }
        return counts;
    }

    /**
     * @param named capacities that it names: they see the file, and are told
     * @throws Refusal INVALID {@code file.comment.text}, {@code file.comment.named}; TOO_MANY {@code file.comment.many}
     */
    @Transactional
    public Comment write(Visitor visitor, NodeId node, String said, Collection<AffiliationId> named) {
        FileNode found = sight.seen(visitor, node).node();
        String text = checked(said);
        Set<AffiliationId> asked = Set.copyOf(named);
        if (asked.size() > MOST_NAMED || seeing(node, asked).size() < asked.size()) {
            throw Refusal.invalidField("named", "file.comment.named", MOST_NAMED);
        }
        // Two who comment at once wait for each other: there are never more.
        OneByOne.wait(jdbc, node.value());
        if (jdbc.sql("SELECT count(*) FROM files.comment WHERE node = ?")
                        .param(node.value())
                        .query(Integer.class)
                        .single()
                >= MOST) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.comment.many", MOST);
        }
        UUID made = jdbc.sql(
                        "INSERT INTO files.comment (node, by, made_at, text) VALUES (:node, :by, :at, :text) RETURNING id")
                .param("node", node.value())
                .param("by", visitor.capacity().value())
                .param("at", OffsetDateTime.now(clock))
                .param("text", text)
                .query(UUID.class)
                .single();
        if (!asked.isEmpty()) {
            jdbc.sql("INSERT INTO files.mention (comment, capacity) SELECT :comment, unnest(:named::uuid[])")
                    .param("comment", made)
                    .param("named", asked.stream().map(AffiliationId::value).toArray(UUID[]::new))
                    .update();
            record(visitor, "file-comment.named", found, made);
        }
        return one(visitor, found, made);
    }

    /** Whom it names stays as it was: they were told. */
    @Transactional
    public Comment change(Visitor visitor, NodeId node, UUID id, String said) {
        FileNode found = sight.seen(visitor, node).node();
        if (!one(visitor, found, id).mine()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.comment.not-yours");
        }
        jdbc.sql("UPDATE files.comment SET text = ?, changed_at = ? WHERE id = ?")
                .params(checked(said), OffsetDateTime.now(clock), id)
                .update();
        return one(visitor, found, id);
    }

    @Transactional
    public void remove(Visitor visitor, NodeId node, UUID id) {
        FileNode found = sight.seen(visitor, node).node();
        Comment comment = one(visitor, found, id);
        if (!comment.removable()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.comment.not-yours");
        }
        jdbc.sql("DELETE FROM files.comment WHERE id = ?").param(id).update();
        if (!comment.mine()) {
            record(visitor, "file-comment.removed", found, id);
        }
    }

    /** Of these, those that see the node. */
    Set<AffiliationId> seeing(NodeId node, Collection<AffiliationId> capacities) {
        return capacities.isEmpty()
                ? Set.of()
                : jdbc
                        .sql(SEE)
                        .param("node", node.value())
                        .param(
                                "asked",
                                capacities.stream().map(AffiliationId::value).toArray(UUID[]::new))
                        .query(UUID.class)
                        .list()
                        .stream()
                        .map(AffiliationId::new)
                        .collect(Collectors.toSet());
    }

    private Comment one(Visitor visitor, FileNode node, UUID id) {
        return jdbc.sql("""
                        SELECT c.*, p.given_name || ' ' || p.usual_name AS by_name, a.function AS by_function FROM files.comment c
                        LEFT JOIN directory.v_affiliation a ON a.id = c.by LEFT JOIN directory.v_person p ON p.id = a.person
                        WHERE c.id = ? AND c.node = ?""")
                .params(id, node.id().value())
                .query((row, n) -> comment(row, visitor, node))
                .optional()
                .orElseThrow(() -> Refusal.notFound("file.comment.gone"));
    }

    private static String checked(String said) {
        String text = PlainWords.text(said);
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
            throw Refusal.invalidField("text", "file.comment.text", LONGEST);
        }
        return text;
    }

    private void record(Visitor visitor, String act, FileNode node, UUID comment) {
        UUID member = jdbc.sql("SELECT member FROM files.space WHERE id = ?")
                .param(node.space().value())
                .query(UUID.class)
                .single();
        ledger.record(new Entry(
                visitor.author(),
                act,
                member,
                "file-comment",
                comment.toString(),
                node.name(),
                Map.of(),
                Map.of("node", node.id().toString())));
    }

    private static Comment comment(ResultSet row, Visitor visitor, FileNode node) throws SQLException {
        UUID by = row.getObject("by", UUID.class);
        boolean mine = by.equals(visitor.capacity().value());
        OffsetDateTime changed = row.getObject("changed_at", OffsetDateTime.class);
        return new Comment(
                row.getObject("id", UUID.class),
                row.getString("text"),
                new FileViews.ChangedBy(by, row.getString("by_name"), row.getString("by_function"), false),
                Rows.instant(row, "made_at"),
                changed == null ? null : changed.toInstant(),
                mine,
                mine || node.role().allows(SpaceRole.MANAGE));
    }
}
