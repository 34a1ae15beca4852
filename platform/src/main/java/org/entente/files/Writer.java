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

    static final int DEEPEST = 100;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Turn turns;
    private final LockBook locks;
    private final ActBook acts;
    private final Contents contents;
    private final Making making;
    private final TransactionOperations transaction;
    private final Clock clock;

    Writer(
            JdbcClient jdbc,
            Sight sight,
            Turn turns,
            LockBook locks,
            ActBook acts,
            Contents contents,
            Making making,
            TransactionOperations transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.turns = turns;
        this.locks = locks;
        this.acts = acts;
        this.contents = contents;
        this.making = making;
        this.transaction = transaction;
        this.clock = clock;
    }

    FileNode makeFolder(Visitor visitor, NodeId parent, String asked) {
        String name = Names.checked(asked);
        SpaceId space = sight.folder(visitor, parent, SpaceRole.EDIT).node().space();
        return Optional.ofNullable(transaction.execute(status -> {
                    Turn.Taken turn = turns.take(space);
                    Sight.Spot spot = sight.spot(visitor, parent, name);
                    Rows.Seen folder = place(spot, turn);
                    locks.demand(visitor, folder, false);
                    if (spot.there() != null) {
                        throw Refusal.conflict("file.exists", name);
                    }
                    return making.folder(visitor, turn, folder, name);
                }))
                .orElseThrow();
    }

    Files.Put put(Visitor visitor, NodeId from, List<String> path, InputStream bytes, Writing how) throws IOException {
        Sight.Spot spot = sight.spot(visitor, from, path);
        Rows.Seen there = spot.there();
        String name = there == null ? Names.checked(path.getLast()) : Names.nfc(path.getLast());
        Rows.Seen where = spot.toWrite();
        NodeId parent =
                path.size() == 1 ? from : spot.folder(SpaceRole.READ).node().id();
        demandContent(there, how);
        if (there != null) {
            locks.demand(visitor, there, false);
        }
        Kept kept = keep(where.member(), bytes, spot.room(), how);
        return inTurn(visitor, where.node().space(), parent, name, kept, how);
    }

    /** As the other, of bytes that are kept already. */
    FileNode write(Visitor visitor, NodeId parent, String asked, Kept kept, Writing how) {
        Sight.Spot spot = sight.spot(visitor, parent, asked);
        String name = spot.there() == null ? Names.checked(asked) : Names.nfc(asked);
        return inTurn(visitor, spot.toWrite().node().space(), parent, name, kept, how)
                .file();
    }

    private Files.Put inTurn(Visitor visitor, SpaceId space, NodeId parent, String name, Kept kept, Writing how) {
        return Optional.ofNullable(
                        transaction.execute(status -> put(visitor, turns.take(space), parent, name, kept, how)))
                .orElseThrow();
    }

    Files.Room room(Visitor visitor, NodeId node) {
        Rows.Seen where = Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT);
        return new Files.Room(where.member(), turns.room(where.node().space()));
    }

    private Kept keep(MemberId member, InputStream bytes, long room, Writing how) throws IOException {
        try {
            return contents.keep(member, bytes, room, how.checksum());
        } catch (Refusal refusal) {
            throw refusal.kind() == Refusal.Kind.TOO_LARGE ? Turn.full() : refusal;
        }
    }

    /** The content is the file's from here on, in one transaction: as new, or in place of another that becomes a version. */
    private Files.Put put(Visitor visitor, Turn.Taken turn, NodeId parent, String name, Kept kept, Writing how) {
        Sight.Spot spot = sight.spot(visitor, parent, name);
        Rows.Seen there = spot.there();
        demandContent(there, how);
        Making.NewFile file = newFile(turn, name, kept, how);
        if (there == null) {
            Rows.Seen folder = place(spot, turn);
            locks.demand(visitor, folder, false);
            List<FileNode> made = making.files(visitor, turn, folder, List.of(file), how.byLink());
            return new Files.Put(made.getFirst(), true);
        }
        FileNode node = Turn.here(turn, Sight.allowed(there, SpaceRole.EDIT).node());
        locks.demand(visitor, there, false);
        replace(visitor, turn, there, file, how.byLink());
        acts.written(visitor, node.id(), Act.CHANGED, how.byLink());
        making.notices(List.of(node.id()));
        return new Files.Put(sight.seen(visitor, node.id()).node(), false);
    }

    /** What was there becomes a version, unless it is the same; an empty file, as programs make one before they write, is none. */
    void replace(Visitor visitor, Turn.Taken turn, Rows.Seen there, Making.NewFile file, boolean byLink) {
        Kept kept = file.kept();
        FileNode node = there.node();
        ContentId former = there.content();
        if (former != null && !former.equals(kept.id())) {
            turns.charge(turn, kept.size());
            making.use(turn, List.of(file));
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
                        file.type(),
                        Rows.at(file.modified()),
                        turn.at(),
                        visitor.capacity().value(),
                        byLink,
                        turn.seq(),
                        node.id().value())
                .update();
        turns.tell(turn, node.parent(), kept.size() - node.size());
    }

    Making.NewFile newFile(Turn.Taken turn, String name, Kept kept, Writing how) {
        Instant modified = how.modifiedAt() == null ? turn.at().toInstant() : bounded(how.modifiedAt());
        return new Making.NewFile(name, kept, mediaType(how.mediaType(), name), modified);
    }

    /** A folder into which this visitor may put something now, seen again under the turn. */
    Rows.Seen place(Visitor visitor, NodeId parent, Turn.Taken turn) {
        return place(sight.spot(visitor, parent, ""), turn);
    }

    private static Rows.Seen place(Sight.Spot spot, Turn.Taken turn) {
        Rows.Seen folder = spot.folder(SpaceRole.EDIT);
        Turn.here(turn, folder.node());
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
