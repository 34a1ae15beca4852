package org.entente.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.ServiceView;
import org.entente.catalog.Words;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a member takes from the catalogue, for whom. */
@RestController
@RequestMapping("/api/members/{member}/subscriptions")
class SubscriptionsController {

    private final SubscriptionDesk desk;
    private final SubscriptionStore store;
    private final Catalog catalog;

    SubscriptionsController(SubscriptionDesk desk, SubscriptionStore store, Catalog catalog) {
        this.desk = desk;
        this.store = store;
        this.catalog = catalog;
    }

    record Shown(
            ServiceView service,
            boolean active,
            boolean everyone,
            List<Population> populations,
            @Nullable Instant since,
            int people) {}

    record Asked(@Nullable List<Population> populations) {
        List<Population> all() {
            return populations == null ? List.of() : populations;
        }
    }

    record Who(UUID id, String givenName, String usualName) {}

    record Preview(int gains, int loses, List<Who> gaining, List<Who> losing, List<Named> alsoLost) {}

    record Named(String id, Words name) {}

    @GetMapping
    @Needs(Right.READ_MEMBER)
    List<Shown> list(@PathVariable MemberId member) {
        Map<String, SubscriptionStore.Kept> kept = store.of(member);
        Map<String, Integer> people = store.people(member);
        return catalog.services().stream()
                .map(service -> shown(service, kept.get(service.id()), people.getOrDefault(service.id(), 0)))
                .toList();
    }

    @PutMapping("/{service}")
    @Needs(Right.MANAGE_MEMBER)
    Shown put(@PathVariable MemberId member, @PathVariable String service, @RequestBody Asked asked, Actor actor) {
        desk.subscribe(member, service, asked.all(), actor.author());
        return shown(
                catalog.find(service).orElseThrow(),
                store.of(member).get(service),
                store.people(member).getOrDefault(service, 0));
    }

    @DeleteMapping("/{service}")
    @Needs(Right.MANAGE_MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable MemberId member, @PathVariable String service, Actor actor) {
        desk.unsubscribe(member, service, actor.author());
    }

    @PostMapping("/{service}/preview")
    @Needs(Right.MANAGE_MEMBER)
    Preview preview(@PathVariable MemberId member, @PathVariable String service, @RequestBody Asked asked) {
        SubscriptionDesk.Preview preview = desk.preview(member, service, asked.all());
        return new Preview(
                preview.gaining().size(),
                preview.losing().size(),
                desk.names(preview.gaining()),
                desk.names(preview.losing()),
                preview.alsoLost().stream()
                        .sorted()
                        .map(id -> new Named(id, catalog.name(id).orElse(new Words(id, id))))
                        .toList());
    }

    private static Shown shown(Service service, SubscriptionStore.@Nullable Kept kept, int people) {
        return new Shown(
                ServiceView.of(service),
                kept != null || service.everyone(),
                service.everyone(),
                kept == null ? List.of() : kept.populations(),
                kept == null ? null : kept.since(),
                people);
    }
}
