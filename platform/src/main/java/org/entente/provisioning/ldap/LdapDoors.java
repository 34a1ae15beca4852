package org.entente.provisioning.ldap;

import java.util.List;
import java.util.Objects;
import org.entente.access.Entitlement;
import org.entente.access.Entitlements;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.directory.AffiliationId;
import org.entente.identity.AppDoors;
import org.entente.identity.Door;
import org.springframework.stereotype.Component;

/** The applications with a tree that a capacity may use: an app password for one of them opens no other. */
@Component
class LdapDoors implements AppDoors {

    private final Entitlements entitlements;
    private final Catalog catalog;

    LdapDoors(Entitlements entitlements, Catalog catalog) {
        this.entitlements = entitlements;
        this.catalog = catalog;
    }

    @Override
    public List<Offer> to(AffiliationId capacity) {
        List<String> given =
                entitlements.of(capacity).stream().map(Entitlement::service).toList();
        return catalog.services().stream()
                .filter(service -> given.contains(service.id()) && Objects.equals(service.connector(), "ldap"))
                .map(LdapDoors::offer)
                .toList();
    }

    private static Offer offer(Service service) {
        return new Offer(Door.ldap(service.id()), service.name());
    }
}
