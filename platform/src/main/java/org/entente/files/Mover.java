package org.entente.files;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.reading.Texts;
import org.entente.reading.Written;
import org.entente.scanning.Scans;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Moves, copies and throws away trees: whatever their size, by one statement each. */
@Component
class Mover {

    private static final String BENEATH = """
            WITH RECURSIVE tree AS (SELECT id FROM files.node WHERE id = :node
                UNION ALL SELECT c.id FROM tree t JOIN files.node c ON c.parent = t.id)
            """;

    private static final String COPY = """
            WITH RECURSIVE tree AS (
                SELECT id, uuidv7() AS made, :parent::uuid AS above, true AS top FROM files.node WHERE id = :node
                UNION ALL
                SELECT c.id, uuidv7(), t.made, false FROM tree t JOIN files.node c ON c.parent = t.id AND c.trashed_at IS NULL WHERE :deep),
            other AS (SELECT * FROM unnest(:former::uuid[], :theirs::uuid[]) AS o(former, theirs)),
            copied AS (
                INSERT INTO files.node (id, space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                SELECT t.made, :space, t.above, CASE WHEN t.top THEN :name ELSE n.name END, n.folder,
                    CASE WHEN :elsewhere THEN o.theirs ELSE n.content END, CASE WHEN n.folder AND NOT :deep THEN 0 ELSE n.size END, n.sha256, n.media_type,
                    :at, n.modified_at, :at, :by, :seq, :seq
                FROM tree t JOIN files.node n ON n.id = t.id LEFT JOIN other o ON o.former = n.content
                RETURNING content, size, media_type),
            kept AS (
                INSERT INTO files.property (node, space_name, name, value)
                SELECT t.made, p.space_name, p.name, p.value FROM tree t JOIN files.property p ON p.node = t.id),
            sorted AS (
                INSERT INTO files.node_tag (node, tag) SELECT t.made, x.tag FROM tree t JOIN files.node_tag x ON x.node = t.id WHERE NOT :elsewhere)
            SELECT content, size, media_type FROM copied WHERE content IS NOT NULL""";

    private static final int MOST_COPIED = 20_000;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Turn turns;
    private final LockBook locks;
    private final ActBook acts;
    private final Writer writer;
    private final Contents contents;
    private final Texts texts;
    private final Scans scans;
    private final TransactionOperations transaction;

    Mover(
            JdbcClient jdbc,
            Sight sight,
            Turn turns,
            LockBook locks,
            ActBook acts,
            Writer writer,
            Contents contents,
            Texts texts,
            Scans scans,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.turns = turns;
        this.locks = locks;
        this.acts = acts;
        this.writer = writer;
        this.contents = contents;
        this.texts = texts;
        this.scans = scans;
        this.transaction = transaction;
    }

    NodeId move(Visitor visitor, NodeId node, NodeId parent, String asked, boolean overwrite) {
        FileNode from = movable(visitor, node);
        SpaceId to = sight.folder(visitor, parent, SpaceRole.EDIT).node().space();
        // Who does not manage what they take leaves it in the bin it came from, with its versions.
        boolean taken = !from.space().equals(to) && !from.role().allows(SpaceRole.MANAGE);
        if (taken || !writer.member(from.space()).equals(writer.member(to))) {
            NodeId copied = copy(visitor, node, parent, asked, overwrite, true);
            trash(visitor, List.of(node));
            return copied;
        }
        String name = checked(asked, from);
        transaction.executeWithoutResult(status -> {
            Turn.Taken[] both = turns.take(from.space(), to);
            FileNode source = Turn.here(both[0], movable(visitor, node));
            FileNode target = writer.place(visitor, parent, both[1]).node();
            locks.demand(visitor, source, true);
            locks.demand(visitor, target, false);
            demandNotWithin(target.id(), source.id());
            if (clear(visitor, both[1], sight.folder(visitor, parent, SpaceRole.EDIT), name, source, overwrite)) {
                return;
            }
            if (!source.space().equals(to)) {
                long weight = weight(node);
                turns.charge(both[0], -weight);
                turns.charge(both[1], weight);
                if (!target.role().allows(SpaceRole.MANAGE)) {
                    // Who may see what is there is said by who manages it.
                    jdbc.sql(BENEATH + "DELETE FROM files.share s USING tree WHERE s.node = tree.id")
                            .param("node", node.value())
                            .update();
                }
                jdbc.sql(BENEATH + "UPDATE files.node n SET space = :space FROM tree WHERE n.id = tree.id")
                        .param("node", node.value())
                        .param("space", to.value())
                        .update();
            }
            jdbc.sql(
                            "UPDATE files.node SET parent = ?, name = ?, seq = ?, changed_at = ?, changed_by = ?, by_link = false WHERE id = ?")
                    .params(
                            parent.value(),
                            name,
                            both[1].seq(),
                            both[1].at(),
                            visitor.capacity().value(),
                            node.value())
                    .update();
            if (!parent.equals(source.parent())) {
                acts.moved(visitor, source);
            }
            if (!name.equals(source.name())) {
                acts.renamed(visitor, node, source.name());
            }
            turns.gone(both[0], source.parent(), source);
            turns.tell(both[0], source.parent(), -source.size());
            turns.tell(both[1], parent, source.size());
            locks.drop(source);
        });
        return node;
    }

    NodeId copy(Visitor visitor, NodeId node, NodeId parent, String asked, boolean overwrite, boolean deep) {
        FileNode from = sight.seen(visitor, node).node();
        SpaceId to = sight.folder(visitor, parent, SpaceRole.EDIT).node().space();
        String name = checked(asked, from);
        MemberId member = writer.member(to);
        boolean elsewhere = !writer.member(from.space()).equals(member);
        Map<UUID, UUID> theirs = elsewhere ? given(node, deep, member) : Map.of();
        return Optional.ofNullable(transaction.execute(status -> {
                    Turn.Taken turn = turns.take(to);
                    FileNode source = sight.seen(visitor, node).node();
                    Rows.Seen target = writer.place(visitor, parent, turn);
                    locks.demand(visitor, target.node(), false);
                    if (deep) {
                        demandNotWithin(target.node().id(), source.id());
                    }
                    if (clear(visitor, turn, target, name, source, overwrite)) {
                        throw Refusal.conflict("file.into-itself");
                    }
                    if (deep) {
                        demandFew(source);
                    }
                    // What was copied is what counts: the source's own turn is not taken.
                    List<Copied> copied = insert(visitor, turn, source, parent, name, deep, elsewhere, theirs);
                    long size = copied.stream().mapToLong(Copied::size).sum();
                    turns.charge(turn, size);
                    contents.refer(copied.stream()
                            .map(Copied::content)
                            .map(ContentId::new)
                            .toList());
                    scans.want(member, copied.stream().map(Copied::scanned).toList());
                    texts.want(member, copied.stream().map(Copied::written).toList());
                    turns.tell(turn, parent, size);
                    NodeId made = sight.find(visitor, parent, List.of(name))
                            .orElseThrow(Sight::unknown)
                            .node()
                            .id();
                    acts.add(visitor, made, Act.COPIED);
                    return made;
                }))
                .orElseThrow();
    }

    private record Copied(UUID content, long size, String mediaType) {
        Written written() {
            return new Written(new ContentId(content), mediaType, size);
        }

        Scans.Wanted scanned() {
            return new Scans.Wanted(new ContentId(content), size);
        }
    }

    private void demandFew(FileNode source) {
        if (jdbc.sql(BENEATH + "SELECT count(*) > :most FROM (SELECT FROM tree LIMIT :most + 1) few")
                .param("node", source.id().value())
                .param("most", MOST_COPIED)
                .query(Boolean.class)
                .single()) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.copy.many", MOST_COPIED);
        }
    }

    private List<Copied> insert(
            Visitor visitor,
            Turn.Taken turn,
            FileNode source,
            NodeId parent,
            String name,
            boolean deep,
            boolean elsewhere,
            Map<UUID, UUID> theirs) {
        return jdbc.sql(COPY)
                .param("node", source.id().value())
                .param("parent", parent.value())
                .param("space", turn.space().value())
                .param("name", name)
                .param("deep", deep)
                .param("elsewhere", elsewhere)
                .param("former", theirs.keySet().toArray(UUID[]::new))
                .param("theirs", theirs.values().toArray(UUID[]::new))
                .param("at", turn.at())
                .param("by", visitor.capacity().value())
                .param("seq", turn.seq())
                .query(Copied.class)
                .list();
    }

    /** The contents of a tree, kept once more for the member of the space it goes to. */
    private Map<UUID, UUID> given(NodeId node, boolean deep, MemberId to) {
        Map<UUID, UUID> theirs = new HashMap<>();
        jdbc.sql(
                        BENEATH
                                + "SELECT DISTINCT n.content FROM tree JOIN files.node n ON n.id = tree.id WHERE n.content IS NOT NULL AND (:deep OR n.id = :node)")
                .param("node", node.value())
                .param("deep", deep)
                .query(UUID.class)
                .list()
                .forEach(content -> theirs.put(
                        content, contents.copy(new ContentId(content), to).id().value()));
        return theirs;
    }

    void trash(Visitor visitor, Collection<NodeId> nodes) {
        transaction.executeWithoutResult(status -> nodes.stream()
                .distinct()
                .map(node -> movable(visitor, node))
                .sorted(java.util.Comparator.comparing(node -> node.space().value()))
                .forEach(node -> {
                    Turn.Taken turn = turns.take(node.space());
                    // Its folder may have gone with one before it.
                    sight.find(visitor, node.id(), List.of()).ifPresent(seen -> {
                        Turn.here(turn, seen.node());
                        locks.demand(visitor, seen.node(), true);
                        throwAway(visitor, turn, seen.node());
                    });
                }));
    }

    private void throwAway(Visitor visitor, Turn.Taken turn, FileNode node) {
        locks.drop(node);
        jdbc.sql("UPDATE files.node SET trashed_at = ?, trashed_by = ?, seq = ? WHERE id = ?")
                .params(
                        turn.at(),
                        visitor.capacity().value(),
                        turn.seq(),
                        node.id().value())
                .update();
        acts.add(visitor, node.id(), Act.BINNED);
        turns.gone(turn, node.parent(), node);
        turns.tell(turn, node.parent(), -node.size());
    }

    /** Makes the name free in the folder; true when it is {@code source} itself that has it. */
    private boolean clear(
            Visitor visitor, Turn.Taken turn, Rows.Seen folder, String name, FileNode source, boolean overwrite) {
        Rows.Seen there = sight.child(folder, name);
        if (there == null) {
            return false;
        }
        FileNode node = there.node();
        if (node.id().equals(source.id())) {
            return true;
        }
        if (!overwrite) {
            throw Refusal.conflict("file.exists", name);
        }
        demandNotWithin(source.id(), node.id());
        locks.demand(visitor, Sight.allowed(there, SpaceRole.EDIT).node(), true);
        throwAway(visitor, turn, node);
        return false;
    }

    /** What may leave its folder: not the root of a space, nor what was shared alone. Its folder changes too, so it must not be locked. */
    private FileNode movable(Visitor visitor, NodeId id) {
        FileNode node = Sight.allowed(sight.seen(visitor, id), SpaceRole.EDIT).node();
        if (node.parent() == null) {
            throw Refusal.conflict("file.is-root");
        }
        Rows.Seen folder = sight.find(visitor, node.parent(), List.of())
                .filter(seen -> seen.node().role().allows(SpaceRole.EDIT))
                .orElseThrow(() -> Refusal.of(Refusal.Kind.FORBIDDEN, "file.shared-alone"));
        locks.demand(visitor, folder.node(), false);
        return node;
    }

    private void demandNotWithin(NodeId inner, NodeId outer) {
        boolean within = jdbc.sql("WITH RECURSIVE " + Sight.UP + " SELECT EXISTS (SELECT FROM up WHERE id = :outer)")
                .param("node", inner.value())
                .param("outer", outer.value())
                .query(Boolean.class)
                .single();
        if (within) {
            throw Refusal.conflict("file.into-itself");
        }
    }

    /** Bytes that a tree takes from a quota: with versions, and with what was thrown away beneath it. */
    private long weight(NodeId node) {
        return jdbc.sql(BENEATH + """
                        SELECT coalesce(sum(CASE WHEN n.folder THEN 0 ELSE n.size END + coalesce((SELECT sum(v.size) FROM files.version v WHERE v.node = n.id), 0)), 0)::bigint
                        FROM tree JOIN files.node n ON n.id = tree.id""")
                .param("node", node.value())
                .query(Long.class)
                .single();
    }

    /** A name it has already is as good as it was when it was given. */
    private static String checked(String asked, FileNode node) {
        return Names.nfc(asked).equals(node.name()) ? node.name() : Names.checked(asked);
    }
}
