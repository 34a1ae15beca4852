package org.entente.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One affiliation with everything a screen shows of it; {@code Affiliation} of the JSON API. */
public record AffiliationCard(
        AffiliationId id,
        PersonId person,
        MemberRef member,
        AffiliationKind kind,
        String function,
        @Nullable UnitRef unit,
        @Nullable String address,
        @Nullable String phone,
        @Nullable Integer weeklyShare,
        Instant from,
        @Nullable Instant until,
        Phase phase,
        String source,
        @Nullable String reference,
        List<String> groups,
        Set<Role> roles,
        int version) {

    public AffiliationCard {
        groups = List.copyOf(groups);
        roles = Set.copyOf(roles);
    }

    /** What anybody of the territory may see: how to reach the holder of a post, and nothing of how it is administered. */
    public AffiliationCard professional() {
        return new AffiliationCard(
                id, person, member, kind, function, unit, address, phone, null, from, until, phase, "", null, List.of(),
                Set.of(), version);
    }
}
