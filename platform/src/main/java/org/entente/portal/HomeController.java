package org.entente.portal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.access.Entitlement;
import org.entente.access.Entitlements;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.Words;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The home: what the acting capacity gives, and what another capacity of the same person would. */
@RestController
class HomeController {

    /** The order in which a person meets them; categories that operators add come after. */
    private static final List<String> CATEGORIES =
            List.of("work", "together", "learning", "procedures", "reference", "account");

    record Home(List<Category> categories, List<Elsewhere> elsewhere) {}

    record Category(String id, Words name, List<Tile> tiles) {}

    record Elsewhere(String service, Words name, CapacityCard capacity) {}

    private final Entitlements entitlements;
    private final Catalog catalog;
    private final Affiliations affiliations;
    private final MessageSource messages;

    HomeController(Entitlements entitlements, Catalog catalog, Affiliations affiliations, MessageSource messages) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.affiliations = affiliations;
        this.messages = messages;
    }

    @GetMapping("/api/me/home")
    @Needs(Right.PERSON)
    Home home(Actor actor) {
        List<Entitlement> all = entitlements.of(actor.person());
        Set<String> here = all.stream()
                .filter(one -> one.capacity().equals(actor.capacity()))
                .map(Entitlement::service)
                .collect(Collectors.toSet());
        Map<String, AffiliationId> there = new LinkedHashMap<>();
        all.stream()
                .filter(one -> !here.contains(one.service()))
                .forEach(one -> there.putIfAbsent(one.service(), one.capacity()));

        Map<String, List<Tile>> tiles = new HashMap<>();
        List<Service> elsewhere = new ArrayList<>();
        for (Service service : catalog.services()) {
            Tile tile = Tile.of(service);
            if (tile != null && here.contains(service.id())) {
                tiles.computeIfAbsent(tile.category(), id -> new ArrayList<>()).add(tile);
            } else if (tile != null && there.containsKey(service.id())) {
                elsewhere.add(service);
            }
        }
        List<Category> categories = tiles.entrySet().stream()
                .map(entry -> new Category(entry.getKey(), name(entry.getKey()), entry.getValue()))
                .sorted((one, other) -> Integer.compare(rank(one.id()), rank(other.id())))
                .toList();
        return new Home(categories, elsewhere(elsewhere, there));
    }

    private List<Elsewhere> elsewhere(List<Service> services, Map<String, AffiliationId> capacities) {
        if (services.isEmpty()) {
            return List.of();
        }
        Map<AffiliationId, AffiliationCard> cards = affiliations.cards(Set.copyOf(capacities.values())).stream()
                .collect(Collectors.toMap(AffiliationCard::id, card -> card));
        return services.stream()
                .filter(service -> cards.containsKey(capacities.get(service.id())))
                .map(service -> new Elsewhere(
                        service.id(),
                        service.name(),
                        CapacityCard.of(Objects.requireNonNull(cards.get(capacities.get(service.id()))))))
                .toList();
    }

    private static int rank(String category) {
        int known = CATEGORIES.indexOf(category);
        return known < 0 ? CATEGORIES.size() : known;
    }

    private Words name(String category) {
        return new Words(name(category, Locale.FRENCH), name(category, Locale.ENGLISH));
    }

    private String name(String category, Locale locale) {
        return String.valueOf(messages.getMessage("category." + category, null, category, locale));
    }
}
