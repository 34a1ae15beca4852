package org.entente.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Takes and gives up services for a member, and says beforehand who would gain and lose. */
@Component
class SubscriptionDesk implements Subscriptions {

    private static final int MOST_POPULATIONS = 50;
    private static final int MOST_NAMES = 100;

    private final SubscriptionStore store;
    private final EntitlementStore entitlements;
    private final EntitlementRules rules;
    private final Catalog catalog;
    private final Ledger ledger;
    private final TransactionOperations transaction;
    private final ObjectProvider<SubscriptionRule> houseRules;

    SubscriptionDesk(
            SubscriptionStore store,
            EntitlementStore entitlements,
            EntitlementRules rules,
            Catalog catalog,
            Ledger ledger,
            TransactionOperations transaction,
            ObjectProvider<SubscriptionRule> houseRules) {
        this.store = store;
        this.entitlements = entitlements;
        this.rules = rules;
        this.catalog = catalog;
        this.ledger = ledger;
        this.transaction = transaction;
        this.houseRules = houseRules;
    }

    /** Who would gain and who would lose {@code service}, and which other services would go with it. */
    record Preview(List<UUID> gaining, List<UUID> losing, Set<String> alsoLost) {}

    @Override
    @Transactional
    public void subscribe(MemberId member, String service, List<Population> populations, Author by) {
        Service known = check(member, service, populations);
        entitlements.rulesChange();
        SubscriptionStore.Kept before = store.of(member).get(service);
        if (before != null && before.populations().equals(populations)) {
            return;
        }
        if (before == null) {
            houseRules.forEach(rule -> rule.check(member, known));
        }
        store.put(member, service, populations);
        rules.subscriptionsChanged(member);
        ledger.record(new Entry(
                by,
                before == null ? "subscription.taken" : "subscription.changed",
                member.value(),
                "subscription",
                service,
                known.name().fr(),
                before == null ? Map.of() : Map.of("populations", told(before.populations())),
                Map.of("populations", told(populations))));
    }

    @Override
    @Transactional
    public void unsubscribe(MemberId member, String service, Author by) {
        entitlements.rulesChange();
        SubscriptionStore.Kept before = store.of(member).get(service);
        if (before == null || !store.remove(member, service)) {
            throw Refusal.notFound("subscription.none");
        }
        rules.subscriptionsChanged(member);
        ledger.record(new Entry(
                by,
                "subscription.left",
                member.value(),
                "subscription",
                service,
                catalog.name(service).map(name -> name.fr()).orElse(service),
                Map.of("populations", told(before.populations())),
                Map.of()));
    }

    @Override
    public boolean takes(MemberId member, String service, AffiliationKind kind) {
        SubscriptionStore.Kept kept = store.of(member).get(service);
        return kept != null
                && catalog.find(service)
                        .filter(known -> known.suits().contains(kind))
                        .isPresent()
                && kept.populations().stream()
                        .anyMatch(one -> (one.kinds().isEmpty() || one.kinds().contains(kind))
                                && one.units().isEmpty()
                                && one.groups().isEmpty());
    }

    @Override
    public List<String> of(MemberId member) {
        return List.copyOf(store.of(member).keySet());
    }

    /** Does it for real, looks at the difference, and takes it back: a preview cannot disagree with the act. */
    Preview preview(MemberId member, String service, List<Population> populations) {
        if (!populations.isEmpty()) {
            check(member, service, populations);
        }
        List<EntitlementStore.Difference> differences = transaction.execute(status -> {
            status.setRollbackOnly();
            if (populations.isEmpty()) {
                store.remove(member, service);
            } else {
                store.put(member, service, populations);
            }
            return entitlements.tell(member);
        });
        List<EntitlementStore.Difference> all = differences == null ? List.of() : differences;
        return new Preview(
                people(all, service, true),
                people(all, service, false),
                all.stream()
                        .filter(difference ->
                                !difference.gained() && !difference.service().equals(service))
                        .map(EntitlementStore.Difference::service)
                        .collect(Collectors.toSet()));
    }

    List<SubscriptionsController.Who> names(List<UUID> people) {
        return store.names(people.stream().limit(MOST_NAMES).toList());
    }

    private Service check(MemberId member, String service, List<Population> populations) {
        Service known = catalog.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        if (known.everyone()) {
            throw Refusal.conflict("subscription.everyone", known.name().fr());
        }
        if (populations.isEmpty()) {
            throw Refusal.invalidField("populations", "subscription.populations.none");
        }
        if (populations.size() > MOST_POPULATIONS) {
            throw Refusal.invalidField("populations", "subscription.populations.many", MOST_POPULATIONS);
        }
        Set<UUID> units = store.unitsOf(member);
        for (Population population : populations) {
            if (!known.roles().contains(population.role())) {
                throw Refusal.invalidField(
                        "role", "subscription.role", population.role(), String.join(", ", known.roles()));
            }
            if (!population.units().stream().map(UnitId::value).allMatch(units::contains)) {
                throw Refusal.invalidField("units", "subscription.unit");
            }
            if (population.groups().stream().anyMatch(group -> group.isBlank() || group.length() > 100)) {
                throw Refusal.invalidField("groups", "subscription.group");
            }
            if (!population.kinds().isEmpty() && population.kinds().stream().noneMatch(known.suits()::contains)) {
                throw Refusal.invalidField(
                        "kinds", "subscription.kinds", known.name().fr());
            }
        }
        return known;
    }

    private static List<UUID> people(List<EntitlementStore.Difference> all, String service, boolean gained) {
        return all.stream()
                .filter(difference ->
                        difference.gained() == gained && difference.service().equals(service))
                .map(EntitlementStore.Difference::person)
                .distinct()
                .toList();
    }

    private static List<Map<String, Object>> told(List<Population> populations) {
        return populations.stream()
                .map(population -> {
                    Map<String, Object> told = new HashMap<>();
                    told.put("kinds", population.kinds().stream().sorted().toList());
                    told.put(
                            "units",
                            population.units().stream()
                                    .map(UnitId::toString)
                                    .sorted()
                                    .toList());
                    told.put("groups", population.groups().stream().sorted().toList());
                    told.put("role", population.role());
                    return told;
                })
                .toList();
    }
}
