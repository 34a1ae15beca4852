package org.entente.identity;

import java.util.List;
import org.entente.catalog.Words;
import org.entente.directory.AffiliationId;

/** Offered by rooms above that let app passwords in: by which further doors a capacity may enter, besides mail and files. */
@FunctionalInterface
public interface AppDoors {

    List<Offer> to(AffiliationId capacity);

    /** @param name of what is behind it, as its people know it */
    record Offer(Door door, Words name) {}
}
