package org.entente.files;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.scanning.Scans;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a content that the antivirus withholds out of every file of a member, for good, whosever they are: an administrator said so. A file that had a version before it, which
 * is not withheld, has that one again; one that had none goes.
 */
@Component
class QuarantineDeletion {

    /** Of {@code scanning.v_content}: what nobody is given; what is too large to be scanned only where that is withheld. */
    private static final String HELD = "(state IN ('found', 'failed') OR (state = 'large' AND NOT :large))";

    private final JdbcClient jdbc;
    private final Turn turns;
    private final Eraser eraser;
    private final Contents contents;
    private final Scans scans;
    private final Ledger ledger;

    QuarantineDeletion(JdbcClient jdbc, Turn turns, Eraser eraser, Contents contents, Scans scans, Ledger ledger) {
        this.jdbc = jdbc;
        this.turns = turns;
        this.eraser = eraser;
        this.contents = contents;
        this.scans = scans;
        this.ledger = ledger;
    }

    /** @throws Refusal NOT_FOUND {@code antivirus.unknown} when it is not withheld, or in no file of this member */
    @Transactional
    public void delete(MemberId member, ContentId content, Author author) {
        if (!withheld(member, content)) {
            throw Refusal.notFound("antivirus.unknown");
        }
        Map<UUID, Turn.Taken> taken = new TreeMap<>(); // of all spaces first, in the order of all who take several
        spaces(member, content).forEach(space -> taken.put(space.value(), turns.take(space)));
        boolean any = false;
        for (Turn.Taken turn : taken.values()) {
            Collection<Placed> placed = placed(turn, content);
            placed.forEach(one -> remove(turn, one, content));
            placed.forEach(one -> record(turn, one, author));
            any |= !placed.isEmpty();
        }
        if (!any) {
            throw Refusal.notFound("antivirus.unknown");
        }
    }

    private boolean withheld(MemberId member, ContentId content) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM scanning.v_content WHERE content = :content AND member = :member AND "
                                + HELD + ")")
                .param("content", content.value())
                .param("member", member.value())
                .param("large", scans.servesLarge())
                .query(Boolean.class)
                .single();
    }

    private List<SpaceId> spaces(MemberId member, ContentId content) {
        return jdbc
                .sql("""
                        SELECT DISTINCT o.id FROM files.space o JOIN files.node n ON n.space = o.id
                        LEFT JOIN files.version v ON v.node = n.id AND v.content = :content
                        WHERE o.member = :member AND (n.content = :content OR v.id IS NOT NULL)""")
                .param("content", content.value())
                .param("member", member.value())
                .query(UUID.class)
                .stream()
                .sorted(Comparator.naturalOrder())
                .map(SpaceId::new)
                .toList();
    }

    /** @param now whether it is what the file holds at this moment, and not only a former version */
    private record Placed(FileNode node, boolean now, boolean trashed) {}

    private List<Placed> placed(Turn.Taken turn, ContentId content) {
        return jdbc.sql("""
                        SELECT n.*, 3 AS rank, coalesce(n.content = :content, false) AS now, n.trashed_at IS NOT NULL AS trashed FROM files.node n
                        WHERE n.space = :space AND (n.content = :content OR EXISTS (SELECT FROM files.version v WHERE v.node = n.id AND v.content = :content))""")
                .param("content", content.value())
                .param("space", turn.space().value())
                .query((row, n) -> new Placed(Rows.node(row), row.getBoolean("now"), row.getBoolean("trashed")))
                .list();
    }

    private void remove(Turn.Taken turn, Placed one, ContentId content) {
        forgetVersions(turn, one.node(), content);
        if (!one.now() || before(turn, one)) {
            return;
        }
        if (!one.trashed()) {
            turns.gone(turn, one.node().parent(), one.node());
            tell(turn, one.node(), -one.node().size());
        }
        eraser.erase(turn, List.of(one.node().id()));
    }

    private void forgetVersions(Turn.Taken turn, FileNode node, ContentId content) {
        List<Long> sizes = jdbc.sql("DELETE FROM files.version WHERE node = ? AND content = ? RETURNING size")
                .params(node.id().value(), content.value())
                .query(Long.class)
                .list();
        turns.charge(turn, -sizes.stream().mapToLong(Long::longValue).sum());
        List<ContentId> free = new ArrayList<>();
        sizes.forEach(size -> free.add(content));
        contents.release(free);
    }

    private record Former(UUID id, long size) {}

    /** @return whether the file has what it had before, which is then a version no more */
    private boolean before(Turn.Taken turn, Placed one) {
        FileNode node = one.node();
        return jdbc.sql("""
                        SELECT v.id, v.size FROM files.version v WHERE v.node = :node AND NOT EXISTS
                            (SELECT FROM scanning.v_content h WHERE h.content = v.content AND\s""" + HELD + """
                            ) ORDER BY v.made_at DESC, v.id DESC LIMIT 1""")
                .param("node", node.id().value())
                .param("large", scans.servesLarge())
                .query(Former.class)
                .optional()
                .map(former -> {
                    UUID bad = jdbc.sql("SELECT content FROM files.node WHERE id = ?")
                            .param(node.id().value())
                            .query(UUID.class)
                            .single();
                    jdbc.sql("""
                            WITH former AS (DELETE FROM files.version WHERE id = :version RETURNING *)
                            UPDATE files.node n SET content = v.content, size = v.size, sha256 = v.sha256, media_type = v.media_type, modified_at = v.modified_at,
                                changed_at = :at, changed_by = v.made_by, by_link = v.by_link, tree_seq = :seq
                            FROM former v WHERE n.id = v.node""")
                            .param("version", former.id())
                            .param("at", turn.at())
                            .param("seq", turn.seq())
                            .update();
                    turns.charge(turn, -node.size());
                    contents.release(new ContentId(bad));
                    if (!one.trashed()) {
                        tell(turn, node, former.size() - node.size());
                    }
                    return true;
                })
                .orElse(false);
    }

    /** As for any writing; in a bin, up to what was thrown away and not above: it counts there no more. */
    private void tell(Turn.Taken turn, FileNode node, long bytes) {
        NodeId folder = node.parent();
        jdbc.sql("""
                WITH RECURSIVE up AS (SELECT id, parent, trashed_at FROM files.node WHERE id = :folder::uuid
                    UNION ALL SELECT n.id, n.parent, n.trashed_at FROM up JOIN files.node n ON n.id = up.parent WHERE up.trashed_at IS NULL)
                UPDATE files.node n SET tree_seq = :seq, size = size + :bytes FROM up WHERE n.id = up.id""")
                .param("folder", folder == null ? null : folder.value())
                .param("seq", turn.seq())
                .param("bytes", bytes)
                .update();
    }

    private void record(Turn.Taken turn, Placed one, Author author) {
        ledger.record(new Entry(
                author,
                "antivirus.deleted",
                turn.member().value(),
                "file",
                one.node().id().toString(),
                one.node().name(),
                Map.of(),
                Map.of()));
    }
}
