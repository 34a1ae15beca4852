package org.entente.provisioning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.catalog.Catalog;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Target;
import org.springframework.stereotype.Component;

/** The connectors there are, by the name descriptors use. */
@Component
class Connectors {

    private final Map<String, Connector> byKind;
    private final Catalog catalog;

    Connectors(List<Connector> connectors, Catalog catalog) {
        this.byKind = connectors.stream().collect(Collectors.toMap(Connector::kind, Function.identity()));
        this.catalog = catalog;
    }

    Optional<Connector> find(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Kinds of connectors that keep one account a person. */
    String[] ofWholePersons() {
        return byKind.values().stream()
                .filter(Connector::wholePerson)
                .map(Connector::kind)
                .toArray(String[]::new);
    }

    /** A secret that cannot be found is an engine that cannot be reached: nothing is lost, and it is told. */
    Target target(String service) {
        try {
            return new Target(service, catalog.settings(service));
        } catch (org.entente.base.Refusal refusal) {
            throw new EngineUnavailable("Secret not found: " + refusal.args(), refusal);
        }
    }
}
