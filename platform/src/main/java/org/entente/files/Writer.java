package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.reading.Texts;
import org.entente.reading.Written;
import org.entente.scanning.Scans;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Makes folders and writes files. Bytes are kept before the turn is taken: nobody waits for another's line. */
@Component
class Writer {

    private static final int DEEPEST = 100;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Turn turns;
    private final LockBook locks;
    private final ActBook acts;
    private final Contents contents;
    private final Texts texts;
    private final Scans scans;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final VirusNotices viruses;

    Writer(
            JdbcClient jdbc,
            Sight sight,
            Turn turns,
            LockBook locks,
            ActBook acts,
            Contents contents,
            Texts texts,
            Scans scans,
            TransactionOperations transaction,
            Clock clock,
            VirusNotices viruses) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.turns = turns;
        this.locks = locks;
        this.acts = acts;
        this.contents = contents;
        this.texts = texts;
        this.scans = scans;
        this.transaction = transaction;
        this.clock = clock;
        this.viruses = viruses;
    }

    NodeId makeFolder(Visitor visitor, NodeId parent, String asked) {
        String name = Names.checked(asked);
        SpaceId space = sight.folder(visitor, parent, SpaceRole.EDIT).node().space();
        return Optional.ofNullable(transaction.execute(status -> {
                    Turn.Taken turn = turns.take(space);
                    Sight.Spot spot = sight.spot(visitor, parent, name);
                    locks.demand(visitor, place(spot, turn).node(), false);
                    if (spot.there() != null) {
                        throw Refusal.conflict("file.exists", name);
                    }
                    NodeId made = insert(
                            visitor, turn, parent, name, null, null, turn.at().toInstant(), false);
                    acts.add(visitor, made, Act.MADE);
                    turns.tell(turn, parent, 0);
                    return made;
                }))
                .orElseThrow();
    }

    NodeId write(Visitor visitor, NodeId parent, String asked, InputStream bytes, Writing how) throws IOException {
        Sight.Spot spot = sight.spot(visitor, parent, asked);
        Rows.Seen there = spot.there();
        String name = there == null ? Names.checked(asked) : Names.nfc(asked);
        SpaceId space = spot.space();
        demandContent(there, how);
        if (there != null) {
            locks.demand(visitor, there.node(), false);
        }
        return keptHere(visitor, parent, name, keep(member(space), bytes, turns.room(space), how), how);
    }

    /** As the other, of bytes that are kept already. */
    NodeId write(Visitor visitor, NodeId parent, String asked, Kept kept, Writing how) {
        boolean there = sight.find(visitor, parent, List.of(asked)).isPresent();
        return keptHere(visitor, parent, there ? Names.nfc(asked) : Names.checked(asked), kept, how);
    }

    private NodeId keptHere(Visitor visitor, NodeId parent, String name, Kept kept, Writing how) {
        SpaceId space = sight.spot(visitor, parent, name).space();
        return Optional.ofNullable(transaction.execute(status -> put(visitor, space, parent, name, kept, how)))
                .orElseThrow();
    }

    Files.Room room(Visitor visitor, NodeId parent) {
        SpaceId space = sight.folder(visitor, parent, SpaceRole.EDIT).node().space();
        return new Files.Room(member(space), turns.room(space));
    }

    private Kept keep(MemberId member, InputStream bytes, long room, Writing how) throws IOException {
        try {
            return contents.keep(member, bytes, room, how.checksum());
        } catch (Refusal refusal) {
            throw refusal.kind() == Refusal.Kind.TOO_LARGE ? Turn.full() : refusal;
        }
    }

    /** The content is the file's from here on, in one transaction: as new, or in place of another that becomes a version. */
    private NodeId put(Visitor visitor, SpaceId space, NodeId parent, String name, Kept kept, Writing how) {
        Turn.Taken turn = turns.take(space);
        Sight.Spot spot = sight.spot(visitor, parent, name);
        Rows.Seen there = spot.there();
        demandContent(there, how);
        Instant modified = how.modifiedAt() == null ? turn.at().toInstant() : bounded(how.modifiedAt());
        String type = mediaType(how.mediaType(), name);
        if (there == null) {
            locks.demand(visitor, place(spot, turn).node(), false);
            turns.charge(turn, kept.size());
            use(space, kept, type);
            NodeId made = insert(visitor, turn, parent, name, kept, type, modified, how.byLink());
            acts.written(visitor, made, Act.PUT, how.byLink());
            notices(made);
            turns.tell(turn, parent, kept.size());
            return made;
        }
        FileNode node = Turn.here(turn, Sight.allowed(there, SpaceRole.EDIT).node());
        locks.demand(visitor, node, false);
        replace(visitor, turn, there, kept, type, modified, how.byLink());
        acts.written(visitor, node.id(), Act.CHANGED, how.byLink());
        notices(node.id());
        return node.id();
    }

    private void notices(NodeId file) {
        if (scans.matter()) {
            viruses.put(file);
        }
    }

    /** What was there becomes a version, unless it is the same; an empty file, as programs make one before they write, is none. */
    void replace(
            Visitor visitor,
            Turn.Taken turn,
            Rows.Seen there,
            Kept kept,
            String type,
            Instant modified,
            boolean byLink) {
        FileNode node = there.node();
        ContentId former = there.content();
        if (former != null && !former.equals(kept.id())) {
            turns.charge(turn, kept.size());
            use(node.space(), kept, type);
            if (node.size() > 0) {
                jdbc.sql("""
                                INSERT INTO files.version (node, content, size, sha256, media_type, modified_at, made_at, made_by, by_link)
                                SELECT id, content, size, sha256, media_type, modified_at, changed_at, changed_by, by_link FROM files.node WHERE id = ?""").param(node.id().value()).update();
            } else {
                contents.release(former);
            }
        }
        jdbc.sql("""
                        UPDATE files.node SET content = ?, size = ?, sha256 = ?, media_type = ?, modified_at = ?, changed_at = ?, changed_by = ?, by_link = ?, tree_seq = ?
                        WHERE id = ?""")
                .params(
                        kept.id().value(),
                        kept.size(),
                        kept.sha256().bytes(),
                        type,
                        Rows.at(modified),
                        turn.at(),
                        visitor.capacity().value(),
                        byLink,
                        turn.seq(),
                        node.id().value())
                .update();
        turns.tell(turn, node.parent(), kept.size() - node.size());
    }

    private void use(SpaceId space, Kept kept, String type) {
        contents.refer(kept.id());
        MemberId member = member(space);
        scans.want(member, List.of(new Scans.Wanted(kept.id(), kept.size())));
        texts.want(member, List.of(new Written(kept.id(), type, kept.size())));
    }

    private NodeId insert(
            Visitor visitor,
            Turn.Taken turn,
            NodeId parent,
            String name,
            @Nullable Kept kept,
            @Nullable String type,
            Instant modified,
            boolean byLink) {
        return new NodeId(jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, by_link, seq, tree_seq)
                        VALUES (:space, :parent, :name, :folder, :content::uuid, :size, :sha256, :type::text, :at, :modified, :at, :by, :link, :seq, :seq) RETURNING id""")
                .param("space", turn.space().value())
                .param("parent", parent.value())
                .param("name", name)
                .param("folder", kept == null)
                .param("content", kept == null ? null : kept.id().value())
                .param("size", kept == null ? 0 : kept.size())
                .param("sha256", kept == null ? null : kept.sha256().bytes(), java.sql.Types.BINARY)
                .param("type", type)
                .param("at", turn.at())
                .param("modified", Rows.at(modified))
                .param("by", visitor.capacity().value())
                .param("link", byLink)
                .param("seq", turn.seq())
                .query(UUID.class)
                .single());
    }

    /** A folder into which this visitor may put something now, seen again under the turn. */
    Rows.Seen place(Visitor visitor, NodeId parent, Turn.Taken turn) {
        return place(sight.spot(visitor, parent, ""), turn);
    }

    private static Rows.Seen place(Sight.Spot spot, Turn.Taken turn) {
        Rows.Seen folder = spot.folder(SpaceRole.EDIT);
        if (!folder.node().space().equals(turn.space())) {
            throw Refusal.conflict("file.changed");
        }
        if (spot.deep() >= DEEPEST) {
            throw Refusal.invalidField("name", "file.too-deep", DEEPEST);
        }
        return folder;
    }

    MemberId member(SpaceId space) {
        return new MemberId(jdbc.sql("SELECT member FROM files.space WHERE id = ?")
                .param(space.value())
                .query(UUID.class)
                .single());
    }

    private static void demandContent(Rows.@Nullable Seen there, Writing how) {
        if (!how.onlyIf().allows(there == null ? null : there.node())) {
            throw Refusal.conflict("file.changed");
        }
        if (there != null && there.node().folder()) {
            throw Refusal.conflict("file.is-folder", there.node().name());
        }
    }

    /** As PostgreSQL keeps it, and within what calendars of programs can say. */
    Instant bounded(Instant said) {
        Instant latest = clock.instant().plus(1, ChronoUnit.DAYS);
        return said.isBefore(Instant.EPOCH)
                ? Instant.EPOCH
                : said.isAfter(latest) ? latest : said.truncatedTo(ChronoUnit.MICROS);
    }

    private static String mediaType(@Nullable String said, String name) {
        if (said != null && said.length() <= 200) {
            try {
                MediaType type = MediaType.parseMediaType(said);
                if (type.isConcrete() && !type.equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM)) {
                    return type.toString();
                }
            } catch (org.springframework.http.InvalidMediaTypeException e) {
                // what it says is no type: its name tells
            }
        }
        return MediaTypeFactory.getMediaType(name)
                .orElse(MediaType.APPLICATION_OCTET_STREAM)
                .toString();
    }
}
