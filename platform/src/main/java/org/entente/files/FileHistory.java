package org.entente.files;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was there before: former contents of files, and what was thrown away. Both count in the quota of their space until they go for good. */
public interface FileHistory {

    /** @param by how its writer is called @param madeAt when it became the content @param byLink by somebody with a link of the writer’s */
    record Version(
            UUID id, long size, String mediaType, Instant modifiedAt, Instant madeAt, String by, boolean byLink) {}

    /** Former contents, the latest first; not the one it has now. */
    List<Version> versions(Visitor visitor, NodeId file);

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.version} */
    InputStream read(Visitor visitor, NodeId file, UUID version);

    /** That content is the file's again; the one it has now becomes a version. */
    FileNode restore(Visitor visitor, NodeId file, UUID version);

    /**
     * Something thrown away, with whatever was beneath it.
     *
     * @param from the folders it was in, from the root of its space down
     */
    record Thrown(FileNode node, Instant at, String by, List<String> from) {}

    /**
     * What was thrown away in a space, the latest first: all of it for who may change the space, their own for others.
     *
     * @param before the last of the page before; null for the first
     */
    List<Thrown> bin(Visitor visitor, SpaceId space, @Nullable Thrown before, int limit);

    /**
     * Back to its folder, or the root of its space when that is gone; with a number behind its name when that is taken. Who threw it away, or may change the
     * space.
     *
     * @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown} when it is not in a bin of theirs
     */
    FileNode takeBack(Visitor visitor, NodeId thrown);

    /** For good: with all versions, whatever is beneath. Who may change the space. */
    void erase(Visitor visitor, Collection<NodeId> thrown);

    /** Everything that is in the bin of a space, for good. */
    void emptyBin(Visitor visitor, SpaceId space);
}
