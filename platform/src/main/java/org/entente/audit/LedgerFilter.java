package org.entente.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a reader asks for; null means any.
 *
 * @param member only the entries that this member's people may read
 * @param from the first instant
 * @param until the first instant that is too late
 * @param act a whole code ({@code affiliation.ended}) or its first part ({@code affiliation})
 * @param q words that the author's or the subject's name contains
 */
public record LedgerFilter(
        @Nullable UUID member,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String act,
        @Nullable String q) {}
