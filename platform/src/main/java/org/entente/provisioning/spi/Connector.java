package org.entente.provisioning.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings accounts of one engine to the computed state. Operations are idempotent: the same batch twice has the effect of once,
 * and a batch half done before a crash is simply sent again. Every connector passes {@code ConnectorContract}.
 */
public interface Connector {

    /** The name descriptors use, such as {@code keycloak} or {@code scim}. */
    String kind();

    /**
     * Whether the engine keeps one account a person, with all its capacities, rather than one a capacity. Such an account is
     * brought up to date when any capacity of the person changes, and its owner in {@link #list} is the person.
     */
    default boolean wholePerson() {
        return false;
    }

    /** By what the engine knows whose an account is. */
    enum Owner {
        ACCOUNT,
        CAPACITY,
        PERSON
    }

    /** What {@link ActualAccount#owner} is: the account in Entente, its capacity where the engine's own id is made of that, or the person. */
    default Owner owner() {
        return wholePerson() ? Owner.PERSON : Owner.ACCOUNT;
    }

    /**
     * Whether the engine can be asked what it holds. One that is only ever told is left out of the comparison at night: {@link #list}
     * is then empty, which says nothing about what it has.
     */
    default boolean lists() {
        return true;
    }

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
     * @param after the last {@code externalId} of the page before, or an empty text for the first; an empty page is the end
     * @param limit how many are wanted; an engine that pages otherwise may give all it has at once
     */
    List<ActualAccount> list(Target target, String after, int limit);

    /**
     * The fingerprint {@link #list} reports for an active account that is as desired; null when the engine cannot tell, then only
     * presence and activity are compared.
     */
    default @Nullable String fingerprint(Target target, DesiredAccount desired) {
        return null;
    }
}
