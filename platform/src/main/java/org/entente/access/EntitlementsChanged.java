package org.entente.access;

import org.entente.directory.ChangeSetId;
import org.jspecify.annotations.Nullable;

/**
 * Entitlements ({@code access.v_entitlement}) were computed anew, in the running transaction.
 *
 * @param changeSet the affiliation changes that caused it, or null when subscriptions or descriptors changed and every person
 *     may be concerned
 */
public record EntitlementsChanged(@Nullable ChangeSetId changeSet) {}
