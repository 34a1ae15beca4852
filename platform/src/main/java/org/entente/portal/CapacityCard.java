package org.entente.portal;

import java.time.Instant;
import java.util.Set;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberRef;
import org.entente.directory.Role;
import org.entente.directory.UnitRef;
import org.jspecify.annotations.Nullable;

/** A capacity as its own holder sees it; {@code Capacity} of the JSON API. */
record CapacityCard(
        AffiliationId id,
        MemberRef member,
        AffiliationKind kind,
        String function,
        @Nullable UnitRef unit,
        @Nullable String address,
        Instant from,
        @Nullable Instant until,
        Set<Role> roles) {

    static CapacityCard of(AffiliationCard card) {
        return new CapacityCard(
                card.id(),
                card.member(),
                card.kind(),
                card.function(),
                card.unit(),
                card.address(),
                card.from(),
                card.until(),
                card.roles());
    }
}
