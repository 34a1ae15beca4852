package org.entente.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Departures of a member: said beforehand, asked for, followed, taken back. */
@RestController
@RequestMapping("/api/members/{member}")
class DeparturesController {

    private final DepartureDesk desk;
    private final DepartureStore store;
    private final DepartureViews views;
    private final DeparturePreviews previews;

    DeparturesController(DepartureDesk desk, DepartureStore store, DepartureViews views, DeparturePreviews previews) {
        this.desk = desk;
        this.store = store;
        this.views = views;
        this.previews = previews;
    }

    record Asked(@Nullable Instant at, @Nullable String reason, DepartureDesk.@Nullable Successor successor) {}

    @GetMapping("/affiliations/{id}/departure-preview")
    @Needs(Right.MANAGE_PEOPLE)
    DeparturePreviews.Preview preview(
            @PathVariable MemberId member,
            @PathVariable AffiliationId id,
            @RequestParam(required = false) @Nullable Instant at,
            Actor actor) {
        return previews.preview(member, id, at, actor);
    }

    @PostMapping("/affiliations/{id}/departure")
    @Needs(Right.MANAGE_PEOPLE)
    DepartureViews.DepartureView ask(
            @PathVariable MemberId member, @PathVariable AffiliationId id, @RequestBody Asked asked, Actor actor) {
        UUID departure = desk.ask(member, id, asked.at(), asked.reason(), asked.successor(), actor);
        return views.view(desk.find(member, departure));
    }

    @GetMapping("/departures")
    @Needs(Right.READ_MEMBER)
    Page<DepartureViews.DepartureView> list(
            @PathVariable MemberId member,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        int from = Math.max(0, offset);
        List<DepartureStore.Kept> kept = store.list(member, state, from, Page.size(limit));
        return new Page<>(views.views(kept), store.count(member, state), from);
    }

    @GetMapping("/departures/{id}")
    @Needs(Right.READ_MEMBER)
    DepartureViews.DepartureView one(@PathVariable MemberId member, @PathVariable UUID id) {
        return views.view(desk.find(member, id));
    }

    @PostMapping("/departures/{id}/undo")
    @Needs(Right.MANAGE_PEOPLE)
    DepartureViews.DepartureView undo(@PathVariable MemberId member, @PathVariable UUID id, Actor actor) {
        desk.undo(member, id, actor);
        return views.view(desk.find(member, id));
    }

    @DeleteMapping("/departures/{id}")
    @Needs(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable MemberId member, @PathVariable UUID id, Actor actor) {
        desk.cancel(member, id, actor);
    }
}
