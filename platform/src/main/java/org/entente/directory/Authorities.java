package org.entente.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The communes and groupings of France, from the list inside the platform: no network is needed. */
public interface Authorities {

    /** What the population figure of every authority of the list is. */
    String POPULATION_SOURCE = "Population municipale, DGCL 2026";

    LocalDate POPULATION_DATE = LocalDate.of(2026, 1, 1);

    Optional<Authority> bySiren(Siren siren);

    /** The communes of a grouping. */
    List<Authority> communesOf(Siren grouping);

    /** By beginnings of words of the name, by SIREN or by INSEE code; the most populous first. */
    List<Authority> search(String q, int most);

    /**
     * One authority.
     *
     * @param siren null for the few communes whose SIREN the list does not know
     * @param parent the SIREN of the grouping
     */
    record Authority(
            MemberKind kind,
            @Nullable String siren,
            @Nullable String insee,
            String name,
            @Nullable Integer population,
            @Nullable String parent,
            @Nullable String departement) {}
}
