package org.entente.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares what engines really hold with what they should, once a night or when asked: what is missing, wrongly active or changed
 * is brought back; what nobody here knows is told and left alone.
 */
@Component
class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PAGE = 500;
    private static final int MOST_ORPHANS = 200;

    private final Catalog catalog;
    private final Connectors connectors;
    private final AccountPlanner planner;
    private final AccountStore accounts;
    private final ReconciliationStore store;
    private final Clock clock;
    private final Duration retention;

    Reconciliation(
            Catalog catalog,
            Connectors connectors,
            AccountPlanner planner,
            AccountStore accounts,
            ReconciliationStore store,
            Clock clock,
            @Value("${entente.provisioning.retention:90d}") Duration retention) {
        this.catalog = catalog;
        this.connectors = connectors;
        this.planner = planner;
        this.accounts = accounts;
        this.store = store;
        this.clock = clock;
        this.retention = retention;
    }

    /** What one comparison found; everything but orphans is repaired. */
    static final class Found {
        int checked;
        int missing;
        int reactivated;
        int changed;
        final List<String> orphans = new ArrayList<>();

        int repaired() {
            return missing + reactivated + changed;
        }
    }

    @Scheduled(cron = "${entente.provisioning.reconcile-at:0 30 2 * * *}")
    @SchedulerLock(name = "reconcile", lockAtMostFor = "2h")
    public void nightly() {
        accounts.closeSuspendedBefore(OffsetDateTime.now(clock).minus(retention));
        planner.planAll();
        catalog.services().stream()
                .filter(service -> service.connector() != null)
                .map(Service::id)
                .filter(this::comparable)
                .forEach(this::reconcile);
    }

    /** Whether the engine of this service can be asked what it holds; one that cannot be asked is never found wanting. */
    boolean comparable(String service) {
        return accounts.connectorOf(service)
                .flatMap(connectors::find)
                .map(Connector::lists)
                .orElse(true);
    }

    /** Compares one service now. The report is kept, also of a comparison that could not be made. */
    Found reconcile(String service) {
        UUID report = store.begin(service);
        Found found = new Found();
        try {
            Connector connector = accounts.connectorOf(service)
                    .flatMap(connectors::find)
                    .orElseThrow(() -> new EngineUnavailable("No connector of this kind is installed", null));
            compare(service, connector, connectors.target(service), found);
            store.finish(report, found, null);
        } catch (EngineUnavailable e) {
            log.warn("{} cannot be compared now: {}", service, e.getMessage());
            store.finish(report, found, e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} cannot be compared now", service, e);
            store.finish(report, found, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return found;
    }

    private void compare(String service, Connector connector, Target target, Found found) {
        OffsetDateTime began = OffsetDateTime.now(clock);
        Set<UUID> seen = new HashSet<>();
        String after = "";
        for (List<ActualAccount> page = connector.list(target, after, PAGE);
                !page.isEmpty();
                page = connector.list(target, after, PAGE)) {
            after = page.getLast().externalId();
            for (int from = 0; from < page.size(); from += PAGE) {
                comparePage(
                        service,
                        connector,
                        target,
                        page.subList(from, Math.min(page.size(), from + PAGE)),
                        seen,
                        found);
            }
        }
        List<UUID> missing = store.activeAndNotSeen(service, connector.owner(), seen, began);
        found.missing += missing.size();
        store.bringAgain(missing, false, true);
    }

    private void comparePage(
            String service, Connector connector, Target target, List<ActualAccount> page, Set<UUID> seen, Found found) {
        Map<UUID, List<ReconciliationStore.Settled>> byOwner = store.settled(service, connector.owner(), page);
        Map<UUID, String> fingerprints = accounts
                .load(byOwner.values().stream()
                        .flatMap(Collection::stream)
                        .filter(one -> one.desired().equals("active"))
                        .map(ReconciliationStore.Settled::id)
                        .toList())
                .stream()
                .map(AccountStore.Claimed::desired)
                .filter(desired -> connector.fingerprint(target, desired) != null)
                .collect(Collectors.toMap(d -> d.account(), d -> String.valueOf(connector.fingerprint(target, d))));
        List<UUID> cut = new ArrayList<>();
        List<UUID> bring = new ArrayList<>();
        for (ActualAccount actual : page) {
            found.checked++;
            UUID owner = actual.owner();
            List<ReconciliationStore.Settled> ours = owner == null ? null : byOwner.get(owner);
            if (owner == null || ours == null) {
                if (found.orphans.size() < MOST_ORPHANS) {
                    found.orphans.add(actual.externalId());
                }
                continue;
            }
            seen.add(owner);
            if (!ours.stream().allMatch(ReconciliationStore.Settled::settled)) {
                continue;
            }
            List<ReconciliationStore.Settled> active =
                    ours.stream().filter(one -> one.desired().equals("active")).toList();
            if (active.isEmpty() && actual.active()) {
                found.reactivated++;
                ours.forEach(one -> cut.add(one.id()));
            } else if (!active.isEmpty() && !actual.active()) {
                found.missing++;
                active.forEach(one -> bring.add(one.id()));
            } else if (active.stream().anyMatch(one -> differs(fingerprints.get(one.id()), actual))) {
                found.changed++;
                active.forEach(one -> bring.add(one.id()));
            }
        }
        store.bringAgain(cut, true, false);
        store.bringAgain(bring, false, false);
    }

    private static boolean differs(@org.jspecify.annotations.Nullable String wanted, ActualAccount actual) {
        return wanted != null && !wanted.equals(actual.fingerprint());
    }
}
