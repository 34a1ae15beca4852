package org.entente.sources.proconnect;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom ProConnect vouches for, as the sign-in engine has verified it.
 *
 * @param subject what ProConnect calls them here
 * @param linked the person to whom the engine linked this account, at an earlier sign-in or a moment ago; null when it asks whose the account is
 */
record Arrival(
        @Nullable String subject,
        @Nullable String address,
        @Nullable String siret,
        @Nullable UUID linked) {}
