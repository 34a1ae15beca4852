package org.entente.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member as its own admins see it; {@code MemberDetail} of the JSON API. */
record MemberDetail(
        MemberId id,
        String name,
        @Nullable String siren,
        String colour,
        @Nullable String siret,
        @Nullable String insee,
        String kind,
        @Nullable Integer population,
        @Nullable String populationSource,
        @Nullable LocalDate populationDate,
        @Nullable MemberRef parent,
        boolean isOperator,
        String status,
        LocalDate joinedOn,
        @Nullable LocalDate leftOn,
        int departureLimit,
        String secondFactor,
        List<Domain> domains,
        Counts counts,
        int version) {

    record Domain(String domain, String token, @Nullable Instant verifiedAt) {}

    record Counts(int people, int agents, int elus, int services) {}

    /** What anybody of the territory may see of a member; {@code MemberCard} of the JSON API. */
    Card card() {
        return new Card(
                id,
                name,
                siren,
                colour,
                siret,
                insee,
                kind,
                population,
                populationSource,
                populationDate,
                parent,
                isOperator,
                status,
                domains.stream()
                        .filter(d -> d.verifiedAt() != null)
                        .map(Domain::domain)
                        .toList(),
                counts.people());
    }

    record Card(
            MemberId id,
            String name,
            @Nullable String siren,
            String colour,
            @Nullable String siret,
            @Nullable String insee,
            String kind,
            @Nullable Integer population,
            @Nullable String populationSource,
            @Nullable LocalDate populationDate,
            @Nullable MemberRef parent,
            boolean isOperator,
            String status,
            List<String> domains,
            int people) {}
}
