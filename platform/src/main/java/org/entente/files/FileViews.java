package org.entente.files;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.entente.scanning.Scans;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files and folders as the browser shows them: with the names of those who changed them. */
@Component
class FileViews {

    /**
     * @param capacity in which it was changed
     * @param name of that person; null when the directory no longer knows them
     * @param byLink by somebody who came with a link of that person's
     */
    record ChangedBy(
            UUID capacity, @Nullable String name, @Nullable String function, boolean byLink) {}

    /**
     * @param size bytes; of a folder, of all files beneath it
     * @param favourite whether the one who looks has marked it
     * @param comments how many
     */
    record View(
            NodeId id,
            SpaceId space,
            @Nullable NodeId parent,
            String name,
            boolean folder,
            long size,
            @Nullable String mediaType,
            Instant modifiedAt,
            Instant changedAt,
            ChangedBy changedBy,
            String etag,
            SpaceRole role,
            boolean favourite,
            int comments,
            List<TagBook.Tag> tags,
            @Nullable Scan scan) {}

    /**
     * What the antivirus says of a file that it did not find clean, or has not scanned yet.
     *
     * @param state as {@code Verdict.State}
     * @param withheld whether nobody can open it
     */
    record Scan(String state, @Nullable String virus, boolean withheld) {}

    private final JdbcClient jdbc;
    private final FileFavourites marks;
    private final CommentBook comments;
    private final TagBook tags;
    private final Scans scans;

    FileViews(JdbcClient jdbc, FileFavourites marks, CommentBook comments, TagBook tags, Scans scans) {
        this.scans = scans;
        this.comments = comments;
        this.tags = tags;
        this.jdbc = jdbc;
        this.marks = marks;
    }

    View of(Visitor visitor, FileNode node) {
        return of(visitor, List.of(node)).getFirst();
    }

    List<View> of(Visitor visitor, List<FileNode> nodes) {
        List<NodeId> ids = nodes.stream().map(FileNode::id).toList();
        Set<NodeId> marked = marks.among(visitor, ids);
        Map<NodeId, Integer> said = comments.counts(ids);
        Map<NodeId, List<TagBook.Tag>> sorted = tags.of(ids);
        Map<UUID, ChangedBy> people = people(
                nodes.stream().map(node -> node.changedBy().value()).distinct().toList());
        Set<UUID> byLink = byLink(nodes.stream().map(node -> node.id().value()).toList());
        Map<UUID, Scan> scanned = scanned(nodes);
        return nodes.stream()
                .map(node -> new View(
                        node.id(),
                        node.space(),
                        node.parent(),
                        node.name(),
                        node.folder(),
                        node.size(),
                        node.mediaType(),
                        node.modifiedAt(),
                        node.changedAt(),
                        known(
                                people,
                                node.changedBy().value(),
                                byLink.contains(node.id().value())),
                        node.etag(),
                        node.role(),
                        marked.contains(node.id()),
                        Objects.requireNonNullElse(said.get(node.id()), 0),
                        Objects.requireNonNullElse(sorted.get(node.id()), List.of()),
                        scanned.get(node.id().value())))
                .toList();
    }

    private Map<UUID, Scan> scanned(Collection<FileNode> nodes) {
        Map<UUID, Scan> found = new HashMap<>();
        if (scans.matter() && !nodes.isEmpty()) {
            jdbc.sql("""
                    SELECT n.id, upper(s.state), s.virus FROM unnest(:ids::uuid[]) AS asked (id) JOIN files.node n ON n.id = asked.id
                    JOIN scanning.v_content s ON s.content = n.content WHERE s.state <> 'clean'""")
                    .param("ids", nodes.stream().map(node -> node.id().value()).toArray(UUID[]::new))
                    .query(row -> {
                        String state = row.getString(2);
                        boolean withheld = !state.equals("RELEASED") && !(state.equals("LARGE") && scans.servesLarge());
                        found.put(row.getObject(1, UUID.class), new Scan(state, row.getString(3), withheld));
                    });
        }
        return found;
    }

    private static ChangedBy known(Map<UUID, ChangedBy> people, UUID capacity, boolean byLink) {
        ChangedBy found = people.get(capacity);
        return found == null
                ? new ChangedBy(capacity, null, null, byLink)
                : new ChangedBy(capacity, found.name(), found.function(), byLink);
    }

    private Set<UUID> byLink(Collection<UUID> nodes) {
        return nodes.isEmpty()
                ? Set.of()
                : jdbc.sql(
                                "SELECT n.id FROM unnest(:ids::uuid[]) AS asked (id) JOIN files.node n ON n.id = asked.id WHERE n.by_link")
                        .param("ids", nodes.toArray(UUID[]::new))
                        .query(UUID.class)
                        .set();
    }

    /** Of all these capacities; those the directory no longer knows are not among them. */
    private Map<UUID, ChangedBy> people(Collection<UUID> capacities) {
        Map<UUID, ChangedBy> found = new HashMap<>();
        if (!capacities.isEmpty()) {
            jdbc.sql("""
                    SELECT a.id, p.given_name || ' ' || p.usual_name, a.function
                    FROM unnest(:ids) AS asked (id) JOIN directory.v_affiliation a ON a.id = asked.id JOIN directory.v_person p ON p.id = a.person""").param("ids", capacities.toArray(UUID[]::new)).query(row -> {
                UUID id = row.getObject(1, UUID.class);
                found.put(id, new ChangedBy(id, row.getString(2), row.getString(3), false));
            });
        }
        return found;
    }
}
