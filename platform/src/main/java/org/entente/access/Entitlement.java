package org.entente.access;

import java.util.Set;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;

/** The right of one capacity to use one service, in these roles. */
public record Entitlement(AffiliationId capacity, MemberId member, String service, Set<String> roles) {

    public Entitlement {
        roles = Set.copyOf(roles);
    }
}
