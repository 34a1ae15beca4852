package org.entente.identity.session;

import java.util.List;
import java.util.stream.Stream;
import org.entente.catalog.Catalog;
import org.entente.catalog.Words;
import org.entente.directory.AffiliationId;
import org.entente.identity.AppDoors;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What app passwords can be made for: files and mail, and what rooms above open. */
@Component
class OpenDoors {

    private final ObjectProvider<AppDoors> offered;
    private final Catalog catalog;

    OpenDoors(ObjectProvider<AppDoors> offered, Catalog catalog) {
        this.offered = offered;
        this.catalog = catalog;
    }

    /**
     * @param door its text
     * @param name of the application behind it; null where the door needs no name
     */
    record Shown(String door, @Nullable Words name) {}

    List<Shown> to(AffiliationId capacity) {
        return Stream.concat(
                        Stream.of(new Shown(Door.FILES.text(), null), new Shown(Door.MAIL.text(), null)),
                        offered.orderedStream()
                                .flatMap(room -> room.to(capacity).stream())
                                .map(offer -> new Shown(offer.door().text(), offer.name())))
                .toList();
    }

    boolean isOpen(Door door, AffiliationId capacity) {
        return to(capacity).stream().anyMatch(shown -> shown.door().equals(door.text()));
    }

    Shown shown(String door) {
        return new Shown(
                door, Door.of(door).map(Door::service).flatMap(catalog::name).orElse(null));
    }
}
