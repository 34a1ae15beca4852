package org.entente.files;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An outside partner's invitation to a space, in the words of whoever invited.
 *
 * @param by who invited; null when the directory no longer knows them
 * @param endedAt when it was taken back; null when it was not
 * @param inForce whether it stands at this moment
 */
record Invited(
        UUID id,
        SpaceId space,
        String spaceName,
        String address,
        String givenName,
        String usualName,
        String organisation,
        String reason,
        SpaceRole role,
        @Nullable String by,
        Instant madeAt,
        Instant until,
        @Nullable Instant endedAt,
        boolean inForce) {}
