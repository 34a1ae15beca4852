package org.entente.access;

import java.util.List;
import org.entente.catalog.CatalogChanged;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps entitlements true: whatever changes affiliations or rules changes them in the same transaction. */
@Service
class EntitlementRules implements Entitlements {

    private final EntitlementStore store;
    private final Explaining explaining;
    private final ApplicationEventPublisher events;

    EntitlementRules(EntitlementStore store, Explaining explaining, ApplicationEventPublisher events) {
        this.store = store;
        this.explaining = explaining;
        this.events = events;
    }

    @Override
    public List<Entitlement> of(AffiliationId capacity) {
        return store.of(capacity);
    }

    @Override
    public List<Entitlement> of(PersonId person) {
        return store.of(person);
    }

    @Override
    public List<Explanation> explain(MemberId member, AffiliationId affiliation) {
        return explaining.explain(member, affiliation);
    }

    @EventListener
    @Order(0)
    @Transactional
    public void affiliationsChanged(AffiliationsChanged change) {
        store.bring(change);
        events.publishEvent(new EntitlementsChanged(change.changeSet(), null));
    }

    @EventListener
    @Transactional
    public void catalogChanged(CatalogChanged change) {
        store.rulesChange();
        store.bringAll();
        events.publishEvent(new EntitlementsChanged(null, null));
    }

    /** In the transaction of the subscription, after its rows are written. */
    void subscriptionsChanged(MemberId member) {
        store.bring(member);
        events.publishEvent(new EntitlementsChanged(null, member));
    }

    /** Finds what two transactions that could not see each other would have left out. */
    @Scheduled(fixedDelayString = "${entente.access.catch-up:5s}")
    @Transactional
    public void catchUp() {
        for (AffiliationsChanged older : store.computedUnderOlderRules()) {
            if (store.bring(older) > 0) {
                events.publishEvent(new EntitlementsChanged(older.changeSet(), null));
            }
        }
    }
}
