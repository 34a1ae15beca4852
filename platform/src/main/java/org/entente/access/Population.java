package org.entente.access;

import java.util.List;
import java.util.Set;
import org.entente.directory.AffiliationKind;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * Whom a subscription serves, in one role. An empty bound is no bound: without any, everyone of the member.
 *
 * @param units these units and all units below them
 * @param groups the member's free groups
 */
public record Population(Set<AffiliationKind> kinds, Set<UnitId> units, Set<String> groups, String role) {

    public Population(
            @Nullable Set<AffiliationKind> kinds,
            @Nullable Set<UnitId> units,
            @Nullable Set<String> groups,
            @Nullable String role) {
        this.kinds = kinds == null ? Set.of() : Set.copyOf(kinds);
        this.units = units == null ? Set.of() : Set.copyOf(units);
        this.groups = groups == null ? Set.of() : Set.copyOf(groups);
        this.role = role == null ? "" : role;
    }

    /** Everyone of the member, in this role. */
    public static List<Population> everyone(String role) {
        return List.of(new Population(Set.of(), Set.of(), Set.of(), role));
    }
}
