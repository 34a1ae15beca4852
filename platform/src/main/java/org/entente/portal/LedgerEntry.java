package org.entente.portal;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One act, in the reader's words. */
record LedgerEntry(
        long id,
        @Nullable Long position,
        Instant at,
        String author,
        @Nullable String capacity,
        @Nullable String address,
        String act,
        String actText,
        @Nullable MemberRef member,
        String subjectType,
        String subjectId,
        String subject,
        Map<String, Object> before,
        Map<String, Object> after) {

    /** A member, as every screen names it. */
    record MemberRef(UUID id, String name, @Nullable String siren, String colour) {}
}
