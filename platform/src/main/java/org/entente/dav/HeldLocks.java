package org.entente.dav;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.files.FileLock;
import org.entente.files.FileLocks;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.springframework.stereotype.Component;

/** The locks that hold for a resource, with the addresses where they were taken. */
@Component
class HeldLocks {

    private final FileLocks locks;
    private final Files files;

    HeldLocks(FileLocks locks, Files files) {
        this.locks = locks;
        this.files = files;
    }

    /** @param root the address of the file or folder on which it was taken, as this visitor has it */
    record Held(FileLock lock, String root) {}

    List<Held> of(Exchange exchange, Resource resource) {
        return of(exchange, List.of(resource)).getOrDefault(resource.path(), List.of());
    }

    /** By path, only where there are some. */
    Map<List<String>, List<Held>> of(Exchange exchange, List<Resource> some) {
        List<NodeId> nodes = some.stream()
                .map(Resource::node)
                .filter(Objects::nonNull)
                .map(FileNode::id)
                .toList();
        if (nodes.isEmpty()) {
            return Map.of();
        }
        Map<NodeId, List<FileLock>> found = locks.of(exchange.visitor(), nodes);
        Map<List<String>, List<Held>> held = new HashMap<>();
        for (Resource one : some) {
            List<FileLock> its = one.node() == null
                    ? List.of()
                    : found.getOrDefault(one.node().id(), List.of());
            if (!its.isEmpty()) {
                held.put(
                        one.path(),
                        its.stream()
                                .map(lock -> new Held(
                                        lock, rootOf(exchange, one, lock).orElseGet(() -> exchange.href(one))))
                                .toList());
            }
        }
        return held;
    }

    private Optional<String> rootOf(Exchange exchange, Resource resource, FileLock lock) {
        FileNode node = resource.real();
        if (lock.node().equals(node.id())) {
            return Optional.of(exchange.href(resource));
        }
        List<FileNode> trail = files.trail(exchange.visitor(), node.id());
        for (int up = 1; up < trail.size() && up < resource.path().size(); up++) {
            if (trail.get(trail.size() - 1 - up).id().equals(lock.node())) {
                return Optional.of(DavPath.href(
                        exchange.mount(),
                        resource.path().subList(0, resource.path().size() - up),
                        true));
            }
        }
        return Optional.empty();
    }
}
