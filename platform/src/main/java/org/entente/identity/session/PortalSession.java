package org.entente.identity.session;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;

/**
 * A live session as it stands at the moment of one request.
 *
 * @param acting the capacity, or null when it has ended and another is to be chosen
 * @param nowhere whether the person has no live capacity at all any more for which it counts
 * @param reach for which members it counts
 */
record PortalSession(
        UUID id,
        PersonId person,
        String name,
        String language,
        @Nullable Acting acting,
        boolean nowhere,
        Instant seenAt,
        Reach reach) {

    /**
     * The capacity of a session, checked to be live by the query that read it.
     *
     * @param invited whether it is only what an invitation to a space made
     */
    record Acting(
            AffiliationId capacity, MemberId member, boolean memberIsOperator, Set<Role> roles, boolean invited) {}

    /** Who acts; refused while no live capacity is chosen. */
    Actor actor(@Nullable String address) {
        if (acting == null) {
            throw Refusal.conflict("capacity.ended");
        }
        return new Actor(
                person,
                name,
                acting.capacity(),
                acting.member(),
                acting.memberIsOperator(),
                acting.roles(),
                address,
                acting.invited());
    }
}
