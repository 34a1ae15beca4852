package org.entente.provisioning.spi;

import java.util.List;

/**
 * Brings accounts of one engine to the computed state. Operations are idempotent: the same batch twice has the effect of once,
 * and a batch half done before a crash is simply sent again. Every connector passes {@code ConnectorContract}.
 */
public interface Connector {

    /** The name descriptors use, such as {@code keycloak} or {@code scim}. */
    String kind();

    /** The most accounts one {@link #apply} takes. */
    int batchSize();

    /**
     * Brings each account to its desired state. One outcome for each, in the same order.
     *
     * @throws EngineUnavailable when the engine as a whole does not answer: the batch is tried again later, as it is
     */
    List<Outcome> apply(Target target, List<DesiredAccount> batch);

    /**
     * What the engine really holds, for the nightly reconciliation, in pages.
     *
     * @param after the last {@code externalId} of the page before, or an empty text for the first
     */
    List<ActualAccount> list(Target target, String after, int limit);
}
