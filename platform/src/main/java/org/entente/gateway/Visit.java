package org.entente.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.AffiliationId;

/**
 * Somebody who is inside an application and still may be.
 *
 * @param words what is known of them in that capacity, by {@link org.entente.catalog.SignIn.Gateway#WORDS}; what is not known is absent
 */
record Visit(
        UUID id,
        UUID person,
        AffiliationId capacity,
        UUID portalSession,
        Instant seenAt,
        Map<String, List<String>> words) {

    Visit {
        words = Map.copyOf(words);
    }
}
