package org.entente.access;

import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Entitlements ({@code access.v_entitlement}) were computed anew, in the running transaction.
 *
 * @param changeSet the affiliation changes that caused it, or null when subscriptions or descriptors changed
 * @param member the one member whose people may be concerned; null, like {@code changeSet}, when it may be anyone
 */
public record EntitlementsChanged(
        @Nullable ChangeSetId changeSet, @Nullable MemberId member) {}
