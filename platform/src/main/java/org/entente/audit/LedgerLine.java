package org.entente.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is read back.
 *
 * @param id grows with every entry written; not the order of the chain
 * @param position the place in the chain, or null while the entry is not sealed yet
 * @param at when the act was done
 */
public record LedgerLine(long id, @Nullable Long position, Instant at, Entry entry) {}
