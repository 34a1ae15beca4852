package org.entente.files;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files and folders as the browser shows them: with the names of those who changed them. */
@Component
class FileViews {

    /** @param capacity in which it was changed @param name of that person; null when the directory no longer knows them */
    record ChangedBy(
            UUID capacity, @Nullable String name, @Nullable String function) {}

    /** @param size bytes; of a folder, of all files beneath it */
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
            SpaceRole role) {}

    private final JdbcClient jdbc;

    FileViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    View of(FileNode node) {
        return of(List.of(node)).getFirst();
    }

    List<View> of(List<FileNode> nodes) {
        Map<UUID, ChangedBy> people = people(
                nodes.stream().map(node -> node.changedBy().value()).distinct().toList());
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
                        known(people, node.changedBy().value()),
                        node.etag(),
                        node.role()))
                .toList();
    }

    private static ChangedBy known(Map<UUID, ChangedBy> people, UUID capacity) {
        ChangedBy found = people.get(capacity);
        return found == null ? new ChangedBy(capacity, null, null) : found;
    }

    /** Of all these capacities; those the directory no longer knows are not among them. */
    private Map<UUID, ChangedBy> people(Collection<UUID> capacities) {
        Map<UUID, ChangedBy> found = new HashMap<>();
        if (!capacities.isEmpty()) {
            jdbc.sql("""
                    SELECT a.id, p.given_name || ' ' || p.usual_name, a.function
                    FROM unnest(:ids) AS asked (id) JOIN directory.v_affiliation a ON a.id = asked.id JOIN directory.v_person p ON p.id = a.person""").param("ids", capacities.toArray(UUID[]::new)).query(row -> {
                UUID id = row.getObject(1, UUID.class);
                found.put(id, new ChangedBy(id, row.getString(2), row.getString(3)));
            });
        }
        return found;
    }
}
