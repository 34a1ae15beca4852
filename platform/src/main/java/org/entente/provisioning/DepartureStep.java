package org.entente.provisioning;

import java.util.Collection;
import java.util.Map;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * What a room of the platform does when capacities end, in the transaction that ends them: what is ours is cut or handed over at once. Each step is an act of
 * the departure, and a line of its certificate.
 */
public interface DepartureStep {

    /** How the certificate calls it: {@code departure.system.<system>} and {@code departure.detail.<system>} in the catalogues. */
    String system();

    /**
     * Of all capacities that end together, by statements that do not grow with their number.
     *
     * @return how much was done for each, for the certificate; none for a capacity means nothing was to be done
     */
    Map<AffiliationId, Integer> carryOut(Collection<Leaving> leaving);

    /** Gives back what was handed over, within the delay of an undo. */
    void undo(AffiliationId capacity);

    /**
     * One capacity that ends.
     *
     * @param successor the live capacity, at the same member, of the person named to take over; null when nobody was
     * @param unit the unit that takes over: the one that was named, or that of the capacity; null when there is neither
     */
    record Leaving(
            AffiliationId capacity,
            MemberId member,
            PersonId person,
            String name,
            @Nullable AffiliationId successor,
            @Nullable UnitId unit) {}
}
