package org.entente.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, as the ledger keeps it.
 *
 * @param person the person, or null when the system itself acts (a date that passes, a nightly repair)
 * @param capacity the affiliation in which the person acted
 * @param name the name at that time; for the system, the name of the job
 * @param address the network address the act came from, when there is one
 */
public record Author(
        @Nullable UUID person,
        @Nullable UUID capacity,
        String name,
        @Nullable String address) {

    /** The platform itself, by the name of the job that acts. */
    public static Author system(String job) {
        return new Author(null, null, job, null);
    }
}
