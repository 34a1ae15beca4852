package org.entente.sources.proconnect;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose an account of ProConnect is.
 *
 * @param vouched the members that answer for this account: by its address and organisation, or because it was linked by their invitation; with others the person must confirm that it is them
 * @param refusal a word of {@code org.entente.keycloak.sources.Refusals}; null when somebody is let in
 */
record Verdict(
        @Nullable UUID person, List<UUID> vouched, @Nullable String refusal) {

    static Verdict of(UUID person, List<UUID> vouched) {
        return new Verdict(person, vouched, null);
    }
}
