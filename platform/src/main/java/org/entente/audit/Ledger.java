package org.entente.audit;

import java.util.Collection;

/**
 * The territory's append-only ledger. An entry is written in the caller's transaction: the act and its trace are kept together
 * or not at all. Entries are chained (SHA-256) in the order of their commit by the sealer, shortly after.
 */
public interface Ledger {

    void record(Entry entry);

    /** Many entries of one act, such as an import, in one statement. */
    void record(Collection<Entry> entries);
}
