package org.entente.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What exists in the territory: the door to the descriptors for every other room. Joins in SQL use {@code catalog.v_service}.
 */
public interface Catalog {

    /** Every service on offer, in the order of their French names. */
    List<Service> services();

    /** One service on offer. */
    Optional<Service> find(String id);

    /** The name of a service, also of one that is no longer on offer. */
    Optional<Words> name(String id);

    /**
     * The connector's settings of a service, secrets resolved.
     *
     * @throws org.entente.base.Refusal when a secret it refers to cannot be found
     */
    Map<String, String> settings(String id);

    /** The value behind {@code ${secret:NAME}}; a text that refers to no secret comes back as it is. */
    String resolve(String text);

    /** The descriptors that could not be taken as they stand. */
    List<DescriptorProblem> problems();

    /** Reads the descriptors again now; answers whether anything changed. */
    boolean reload();
}
