package org.entente.dav;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.files.FileLock;
import org.entente.files.FileLocks;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.SpaceId;
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

    /** Whether anything is locked in a space at all. */
    boolean any(SpaceId space) {
        return locks.any(space);
    }

    List<Held> of(Exchange exchange, Resource resource) {
        FileNode node = resource.node();
        if (node == null || !locks.any(node.space())) {
            return List.of();
        }
        List<Held> held = new ArrayList<>();
        for (FileLock lock : locks.on(exchange.visitor(), node.id())) {
            held.add(new Held(lock, rootOf(exchange, resource, lock).orElseGet(() -> exchange.href(resource))));
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
