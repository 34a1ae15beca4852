package org.entente.audit;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One act: who did what to whom, from where.
 *
 * @param author who did it
 * @param act what was done, a past-tense code of the catalogue such as {@code affiliation.ended}
 * @param member the member whose people may read this entry, or null when it concerns the territory only
 * @param subjectType the kind of thing acted on, such as {@code affiliation}
 * @param subject the identifier of the thing acted on
 * @param subjectLabel how the thing was called then, for a reader
 * @param before the values changed, as they were; empty for a creation
 * @param after the values changed, as they became; empty for a removal
 */
public record Entry(
        Author author,
        String act,
        @Nullable UUID member,
        String subjectType,
        String subject,
        String subjectLabel,
        Map<String, Object> before,
        Map<String, Object> after) {}
