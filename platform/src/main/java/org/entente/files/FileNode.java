package org.entente.files;

import java.time.Instant;
import org.entente.directory.AffiliationId;
import org.entente.storage.ContentId;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder as one visitor may see it.
 *
 * @param parent null for the root of a space
 * @param name in Unicode's NFC; empty for the root of a space
 * @param size bytes; of a folder, of all files beneath it
 * @param sha256 of a file's bytes, in hexadecimal; null for a folder
 * @param mediaType null for a folder
 * @param content what is kept of it; null for a folder
 * @param modifiedAt as the program that wrote it says
 * @param changedAt when it was last written, renamed or moved here
 * @param changedBy in which capacity
 * @param etag another one whenever the content changes, or, of a folder, anything beneath it; without quotes
 * @param role what this visitor may do with it
 */
public record FileNode(
        NodeId id,
        SpaceId space,
        @Nullable NodeId parent,
        String name,
        boolean folder,
        long size,
        @Nullable String sha256,
        @Nullable String mediaType,
        @Nullable ContentId content,
        Instant madeAt,
        Instant modifiedAt,
        Instant changedAt,
        AffiliationId changedBy,
        String etag,
        SpaceRole role) {}
