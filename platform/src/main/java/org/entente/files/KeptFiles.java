package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.reading.TextState;
import org.entente.reading.Texts;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.entente.storage.Small;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The door to the trees, over what each of its parts does. */
@Component
class KeptFiles implements Files {

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Spaces spaces;
    private final Listings listings;
    private final Finding finding;
    private final Choosing choosing;
    private final Texts texts;
    private final Writer writer;
    private final PutTogether putting;
    private final Mover mover;
    private final Turn turns;
    private final LockBook locks;
    private final Contents contents;
    private final TransactionOperations transaction;

    KeptFiles(
            JdbcClient jdbc,
            Sight sight,
            Spaces spaces,
            Listings listings,
            Finding finding,
            Choosing choosing,
            Texts texts,
            Writer writer,
            PutTogether putting,
            Mover mover,
            Turn turns,
            LockBook locks,
            Contents contents,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.spaces = spaces;
        this.listings = listings;
        this.finding = finding;
        this.choosing = choosing;
        this.texts = texts;
        this.writer = writer;
        this.putting = putting;
        this.mover = mover;
        this.turns = turns;
        this.locks = locks;
        this.contents = contents;
        this.transaction = transaction;
    }

    @Override
    public List<FileNode> numbered(Visitor visitor, long number) {
        return jdbc
                .sql("SELECT id FROM files.node WHERE files.number(id) = ?")
                .param(number)
                .query((row, n) -> new NodeId(row.getObject("id", UUID.class)))
                .list()
                .stream()
                .flatMap(id -> sight.find(visitor, id, List.of()).stream())
                .map(Rows.Seen::node)
                .toList();
    }

    @Override
    public List<FileSpace> spaces(Visitor visitor) {
        return spaces.of(visitor);
    }

    @Override
    public FileSpace space(Visitor visitor, SpaceId space) {
        return spaces.one(visitor, space);
    }

    @Override
    public List<FileNode> sharedWith(Visitor visitor) {
        return spaces.sharedWith(visitor);
    }

    @Override
    public Optional<FileNode> find(Visitor visitor, NodeId folder, List<String> path) {
        return sight.find(visitor, folder, path).map(Rows.Seen::node);
    }

    @Override
    public FileNode node(Visitor visitor, NodeId node) {
        return sight.seen(visitor, node).node();
    }

    @Override
    public List<FileNode> trail(Visitor visitor, NodeId node) {
        return sight.trail(visitor, node);
    }

    @Override
    public Map<NodeId, Way> ways(Visitor visitor, Set<NodeId> nodes) {
        return choosing.ways(visitor, nodes);
    }

    @Override
    public List<FileNode> named(Visitor visitor, String words, @Nullable NodeId beneath, int limit) {
        return finding.named(visitor, words, beneath, limit);
    }

    @Override
    public List<FileNode> choose(Visitor visitor, Chosen asked) {
        return choosing.find(visitor, asked);
    }

    @Override
    public List<FileNode> children(Visitor visitor, NodeId folder, @Nullable FileNode after, int limit) {
        return listings.children(visitor, folder, after, limit);
    }

    @Override
    @Transactional(readOnly = true) // rows come as they are read only within a transaction
    public void eachChild(Visitor visitor, NodeId folder, Consumer<FileNode> each) {
        listings.eachChild(visitor, folder, each);
    }

    @Override
    @Transactional(readOnly = true)
    public void eachBeneath(Visitor visitor, NodeId folder, int limit, Consumer<Changes.At> each) {
        listings.eachBeneath(visitor, folder, limit, each);
    }

    @Override
    @Transactional(readOnly = true)
    public Changes changes(Visitor visitor, NodeId folder, long since, boolean deep, int limit) {
        return listings.changes(visitor, folder, since, deep, limit);
    }

    @Override
    public FileNode makeFolder(Visitor visitor, NodeId parent, String name) {
        return writer.makeFolder(visitor, parent, name);
    }

    @Override
    public FileNode write(Visitor visitor, NodeId parent, String name, InputStream bytes, Writing how)
            throws IOException {
        return writer.put(visitor, parent, List.of(name), bytes, how).file();
    }

    @Override
    public Put put(Visitor visitor, NodeId from, List<String> path, InputStream bytes, Writing how) throws IOException {
        return writer.put(visitor, from, path, bytes, how);
    }

    @Override
    public Put put(Visitor visitor, NodeId from, List<String> path, Small bytes, Writing how) {
        return putting.put(visitor, from, path, bytes, how);
    }

    @Override
    public InputStream read(Visitor visitor, NodeId file, long from, long length) {
        return read(sight.seen(visitor, file).node(), from, length);
    }

    @Override
    public InputStream read(FileNode seen, long from, long length) {
        ContentId content = seen.content();
        if (content == null) {
            throw Refusal.conflict("file.is-folder");
        }
        return contents.open(content, from, length);
    }

    @Override
    public FileNode write(Visitor visitor, NodeId parent, String name, Kept kept, Writing how) {
        return writer.write(visitor, parent, name, kept, how);
    }

    @Override
    public Room room(Visitor visitor, NodeId node) {
        return writer.room(visitor, node);
    }

    @Override
    public MemberId member(SpaceId space) {
        return writer.member(space);
    }

    @Override
    public Found search(Visitor visitor, String words, @Nullable NodeId beneath, @Nullable String after, int limit) {
        return finding.find(visitor, words, beneath, after, limit);
    }

    @Override
    public TextState text(Visitor visitor, NodeId file) {
        Rows.Seen seen = sight.seen(visitor, file);
        if (seen.content() == null) {
            throw Refusal.conflict("file.is-folder");
        }
        return seen.node().size() == 0
                ? new TextState(TextState.State.NOTHING, null)
                : texts.state(seen.member(), seen.content());
    }

    @Override
    public FileNode move(Visitor visitor, NodeId node, NodeId parent, String name, boolean overwrite) {
        return node(visitor, mover.move(visitor, node, parent, name, overwrite));
    }

    @Override
    public FileNode copy(Visitor visitor, NodeId node, NodeId parent, String name, boolean overwrite, boolean deep) {
        return node(visitor, mover.copy(visitor, node, parent, name, overwrite, deep));
    }

    @Override
    public FileNode touch(Visitor visitor, NodeId node, Instant modifiedAt) {
        transaction.executeWithoutResult(status -> {
            FileNode found =
                    Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT).node();
            Turn.Taken turn = turns.take(found.space());
            Turn.here(turn, sight.seen(visitor, node).node());
            locks.demand(visitor, found, false);
            jdbc.sql("UPDATE files.node SET modified_at = ?, seq = ? WHERE id = ?")
                    .params(Rows.at(writer.bounded(modifiedAt)), turn.seq(), node.value())
                    .update();
            turns.tell(turn, found.parent(), 0);
        });
        return node(visitor, node);
    }

    @Override
    public void trash(Visitor visitor, Collection<NodeId> nodes) {
        mover.trash(visitor, nodes);
    }
}
