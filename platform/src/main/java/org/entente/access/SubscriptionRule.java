package org.entente.access;

import org.entente.catalog.Service;
import org.entente.directory.MemberId;

/** Has a say before a member takes a service: a room above refuses what no agreement covers. */
public interface SubscriptionRule {

    /**
     * @throws org.entente.base.Refusal when this member may not take this service now
     */
    void check(MemberId member, Service service);
}
