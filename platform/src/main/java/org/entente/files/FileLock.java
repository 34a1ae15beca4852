package org.entente.files;

import java.time.Instant;
import java.util.UUID;
import org.entente.directory.AffiliationId;

/**
 * That somebody works on a file or folder (RFC 4918, 6).
 *
 * @param node where it was taken; with {@code deep} it holds for everything beneath
 * @param owner what its holder said of themselves, as XML
 */
public record FileLock(
        UUID token,
        NodeId node,
        boolean exclusive,
        boolean deep,
        String owner,
        AffiliationId holder,
        Instant expiresAt) {}
