package org.entente.sources.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The open units of a member, to find the one that software means by names or codes. */
record UnitTree(Map<UUID, Unit> units) {

    /** @param plain the name without accents and case */
    record Unit(UUID id, @Nullable UUID parent, @Nullable String code, String plain) {

        /** @param name as it was said, and plain */
        boolean isCalled(Name name) {
            return plain.equals(name.plain()) || name.said().equals(code);
        }
    }

    record Name(String said, String plain) {}

    /**
     * @param found the unit; null when it is not known for sure
     * @param missing those of the names, from the whole to the part, for which a unit would have to be made
     * @param below under which; null at the top
     */
    record Meant(
            @Nullable UUID found,
            List<Name> missing,
            @Nullable UUID below) {

        static final Meant UNSURE = new Meant(null, List.of(), null);

        boolean canBeMade() {
            return found == null && !missing.isEmpty();
        }
    }

    static UnitTree of(List<Unit> units) {
        return new UnitTree(units.stream().collect(Collectors.toMap(Unit::id, Function.identity())));
    }

    /**
     * The unit that carries the last name and lies, however deep, below those of the names before it that the member has. Several are none: a machine does
     * not guess.
     */
    Meant meant(List<Name> names) {
        Set<UUID> above = Set.of();
        List<Name> missing = new ArrayList<>();
        for (Name name : names) {
            Set<UUID> under = above;
            Set<UUID> called = units.values().stream()
                    .filter(unit -> unit.isCalled(name) && (under.isEmpty() || isBelow(unit, under)))
                    .map(Unit::id)
                    .collect(Collectors.toSet());
            if (called.isEmpty()) {
                missing.add(name);
            } else {
                above = called;
                missing.clear();
            }
        }
        if (above.size() > 1) {
            return Meant.UNSURE;
        }
        UUID one = above.isEmpty() ? null : above.iterator().next();
        return missing.isEmpty() ? new Meant(one, List.of(), null) : new Meant(null, missing, one);
    }

    private boolean isBelow(Unit unit, Set<UUID> above) {
        int deep = 0;
        for (UUID parent = unit.parent(); parent != null && deep < units.size(); deep++) {
            if (above.contains(parent)) {
                return true;
            }
            Unit next = units.get(parent);
            parent = next == null ? null : next.parent();
        }
        return false;
    }
}
