package org.entente.directory.changes;

import java.util.Collection;
import java.util.UUID;
import org.entente.audit.Author;

/** Writes one act on many affiliations into the ledger. */
public interface ChangeTrace {
    void affiliations(String act, Collection<UUID> ids, Author author);
}
