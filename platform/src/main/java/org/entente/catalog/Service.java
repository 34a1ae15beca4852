package org.entente.catalog;

import java.util.List;
import java.util.Set;
import org.entente.directory.AffiliationKind;
import org.jspecify.annotations.Nullable;

/**
 * Something members can take and people can use, as its descriptor says.
 *
 * @param roles what one can be in it; the first is given when nothing else is said
 * @param suits the kinds of affiliation it is made for
 * @param needs other services without which it is not given, in the same capacity
 * @param everyone given by rule to every live affiliation it suits, without a subscription
 * @param secondFactor nobody enters it without a second factor, whatever it asks for itself
 * @param connector the kind of connector that keeps its accounts; null when it has none to keep
 */
public record Service(
        String id,
        Words name,
        Words summary,
        String icon,
        String category,
        SignIn signIn,
        List<String> roles,
        Set<AffiliationKind> suits,
        List<String> needs,
        boolean everyone,
        boolean secondFactor,
        @Nullable String connector) {

    public Service {
        roles = List.copyOf(roles);
        suits = Set.copyOf(suits);
        needs = List.copyOf(needs);
    }
}
