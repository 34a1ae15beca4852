package org.entente.access;

import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;

/** Who may use what, as computed: asked for tiles and for "why". Joins in SQL use {@code access.v_entitlement}. */
public interface Entitlements {

    /** What one capacity gives. */
    List<Entitlement> of(AffiliationId capacity);

    /** What every live capacity of a person gives. */
    List<Entitlement> of(PersonId person);

    /**
     * Every service of the catalogue for one affiliation of a member, given or not, and why.
     *
     * @throws org.entente.base.Refusal when the member has no such affiliation
     */
    List<Explanation> explain(MemberId member, AffiliationId affiliation);
}
