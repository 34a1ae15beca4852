package org.entente.catalog;

import java.util.List;
import org.entente.directory.AffiliationKind;
import org.jspecify.annotations.Nullable;

/** A service as the JSON API shows it: what a reader needs, without how it is connected. */
public record ServiceView(
        String id,
        Words name,
        Words summary,
        String icon,
        String category,
        String signIn,
        List<String> roles,
        List<AffiliationKind> suits,
        @Nullable String connector,
        List<String> needs,
        boolean secondFactor) {

    public static ServiceView of(Service service) {
        return new ServiceView(
                service.id(),
                service.name(),
                service.summary(),
                service.icon(),
                service.category(),
                service.signIn().kind(),
                service.roles(),
                service.suits().stream().sorted().toList(),
                service.connector(),
                service.needs(),
                service.secondFactor());
    }
}
