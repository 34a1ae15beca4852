package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.entente.base.Refusal;
import org.springframework.stereotype.Component;

/** Puts something into a folder under a name that may be taken. */
@Component
class Putting {

    private static final int TRIES = 200;

    /** Puts it under this name, or is refused because of what is there. */
    @FunctionalInterface
    interface Under<T> {
        T name(String name, boolean overwrite) throws IOException;
    }

    private final Files files;

    Putting(Files files) {
        this.files = files;
    }

    /** Writes a file. @param bytes opened anew at each try */
    FileNode write(Visitor visitor, NodeId folder, String name, Bytes bytes, Writing how, OnConflict conflict)
            throws IOException {
        return put(visitor, folder, name, conflict, (free, overwrite) -> {
            try (InputStream in = bytes.open()) {
                return files.write(visitor, folder, free, in, how.only(overwrite));
            }
        });
    }

    <T> T put(Visitor visitor, NodeId folder, String name, OnConflict conflict, Under<T> under) throws IOException {
        if (conflict == OnConflict.REPLACE) {
            return under.name(name, true);
        }
        // Looked at first, so that a large file is not read in vain; whoever comes between is met below.
        String free = name;
        for (int number = 2; number < TRIES; number++) {
            if (there(visitor, folder, free).isEmpty()) {
                try {
                    return under.name(free, false);
                } catch (Refusal refusal) {
                    if (!isThere(refusal)) {
                        throw refusal;
                    }
                }
            }
            if (conflict == OnConflict.REFUSE) {
                throw exists(visitor, folder, name);
            }
            free = Names.numbered(name, number);
        }
        throw exists(visitor, folder, name);
    }

    private static boolean isThere(Refusal refusal) {
        return refusal.code().equals("file.exists") || refusal.code().equals("file.changed");
    }

    private Optional<FileNode> there(Visitor visitor, NodeId folder, String name) {
        return files.find(visitor, folder, List.of(name));
    }

    /** With what is needed to choose: whether it is a folder, how large, and from when. */
    private Refusal exists(Visitor visitor, NodeId folder, String name) {
        Refusal refusal = Refusal.conflict("file.exists", name);
        return there(visitor, folder, name)
                .map(node -> refusal.with(
                        "existing",
                        new Existing(node.id(), node.name(), node.folder(), node.size(), node.modifiedAt())))
                .orElse(refusal);
    }

    record Existing(NodeId id, String name, boolean folder, long size, java.time.Instant modifiedAt) {}

    /** Where bytes come from. */
    @FunctionalInterface
    interface Bytes {
        InputStream open() throws IOException;
    }
}
