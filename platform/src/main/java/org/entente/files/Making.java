package org.entente.files;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.entente.reading.Texts;
import org.entente.reading.Written;
import org.entente.scanning.Scans;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the rows of new files and folders, under a turn: charged, noted and told above them by one statement, for others wait until it is done. */
@Component
class Making {

    private static final String MAKE = "WITH RECURSIVE " + Sight.UP + ", " + Turn.CHARGE + """
            , made AS (
                INSERT INTO files.node (space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by,
                    by_link, seq, tree_seq)
                SELECT :space, :node, n.name, n.content IS NULL, n.content, n.size, n.sha256, n.type, :at, n.modified, :at, :by, :link, :seq, :seq
                FROM unnest(:names::text[], :contents::uuid[], :sizes::bigint[], :hashes::bytea[], :types::text[], :modified::timestamptz[])
                    AS n (name, content, size, sha256, type, modified)
                RETURNING *),
            act AS (""" + ActBook.OF_MADE
            + "), told AS (" + Turn.TELL + ") SELECT made.*, :rank AS rank, " + Turn.CHARGED
            + " FROM made";

    private final JdbcClient jdbc;
    private final Contents contents;
    private final Texts texts;
    private final Scans scans;
    private final VirusNotices viruses;

    Making(JdbcClient jdbc, Contents contents, Texts texts, Scans scans, VirusNotices viruses) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.texts = texts;
        this.scans = scans;
        this.viruses = viruses;
    }

    /** A file of what is kept. */
    record NewFile(String name, Kept kept, String type, Instant modified) {}

    /** What is kept is in use from here on, and looked at by whoever reads and judges contents. */
    void use(Turn.Taken turn, List<NewFile> files) {
        contents.refer(files.stream().map(one -> one.kept.id()).toList());
        scans.want(
                turn.member(),
                files.stream()
                        .map(one -> new Scans.Wanted(one.kept.id(), one.kept.size()))
                        .toList());
        texts.want(
                turn.member(),
                files.stream()
                        .map(one -> new Written(one.kept.id(), one.type, one.kept.size()))
                        .toList());
    }

    FileNode folder(Visitor visitor, Turn.Taken turn, Rows.Seen parent, String name) {
        return make(visitor, turn, parent, List.of(new Row(name, null, null, turn.at())), false)
                .getFirst();
    }

    /** In their order; each of another name. */
    List<FileNode> files(Visitor visitor, Turn.Taken turn, Rows.Seen parent, List<NewFile> files, boolean byLink) {
        List<FileNode> made = make(
                visitor,
                turn,
                parent,
                files.stream()
                        .map(one -> new Row(one.name, one.kept, one.type, Rows.at(one.modified)))
                        .toList(),
                byLink);
        use(turn, files); // after what is charged, as everybody does: who waits for the one has not the other
        notices(made.stream().map(FileNode::id).toList());
        return made;
    }

    void notices(List<NodeId> files) {
        if (scans.matter()) {
            viruses.put(files);
        }
    }

    /** @param kept null for a folder */
    private record Row(
            String name, @Nullable Kept kept, @Nullable String type, OffsetDateTime modified) {

        @Nullable
        <T> T ofKept(Function<Kept, T> part) {
            return kept == null ? null : part.apply(kept);
        }
    }

    private List<FileNode> make(Visitor visitor, Turn.Taken turn, Rows.Seen folder, List<Row> rows, boolean byLink) {
        Map<String, FileNode> made = new HashMap<>();
        jdbc.sql(MAKE)
                .param("space", turn.space().value())
                .param("member", turn.member().value())
                .param("node", folder.node().id().value())
                .param("names", rows.stream().map(Row::name).toArray(String[]::new))
                .param(
                        "contents",
                        rows.stream()
                                .map(row -> row.ofKept(Kept::id))
                                .map(id -> id == null ? null : id.value())
                                .toArray(UUID[]::new))
                .param(
                        "sizes",
                        rows.stream()
                                .map(row -> Objects.requireNonNullElse(row.ofKept(Kept::size), 0L))
                                .toArray(Long[]::new))
                .param(
                        "hashes",
                        rows.stream()
                                .map(row -> row.ofKept(kept -> kept.sha256().bytes()))
                                .toArray(byte[][]::new))
                .param("types", rows.stream().map(Row::type).toArray(String[]::new))
                .param(
                        "modified",
                        rows.stream().map(row -> row.modified().toString()).toArray(String[]::new))
                .param(
                        "bytes",
                        rows.stream()
                                .map(row -> row.ofKept(Kept::size))
                                .filter(Objects::nonNull)
                                .mapToLong(size -> size)
                                .sum())
                .param("what", (rows.getFirst().kept() == null ? Act.MADE : Act.PUT).code())
                .param("at", turn.at())
                .param("by", visitor.capacity().value())
                .param("link", byLink)
                .param("seq", turn.seq())
                .param("rank", Rows.rank(folder.node().role()))
                .query(row -> {
                    Turn.demand(row);
                    FileNode node = Rows.node(row);
                    made.put(node.name(), node);
                });
        return rows.stream()
                .map(row -> Objects.requireNonNull(made.get(row.name())))
                .toList();
    }
}
