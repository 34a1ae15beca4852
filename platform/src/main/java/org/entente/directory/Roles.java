package org.entente.directory;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.entente.audit.Author;

/** Which roles are granted to which affiliation: a role is used only in that capacity and dies with it. */
public interface Roles {

    Set<Role> of(AffiliationId affiliation);

    /** Replaces what is granted. {@link Role#OPERATOR_ADMIN} is refused for an affiliation that is not at the operator. */
    void grant(AffiliationId affiliation, Set<Role> roles, Author author);

    /** Many at once, for a first load. */
    void grantAll(Map<AffiliationId, Set<Role>> grants, Author author);

    /** Those of many affiliations; one without roles is absent. */
    Map<AffiliationId, Set<Role>> of(Collection<AffiliationId> affiliations);
}
