package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people marked and opened, and what was done with files, for the browser. */
@RestController
@Needs(Right.PERSON)
class MarksController {

    /** @param what {@code opened}, or as {@link Act} */
    record Recent(FileViews.View node, Instant at, String what) {}

    /** @param next to ask with for the next page; null at the end */
    record Told(List<Activity.Done> items, @Nullable UUID next) {}

    private final MarkBook marks;
    private final Activity activity;
    private final FileViews views;

    MarksController(MarkBook marks, Activity activity, FileViews views) {
        this.marks = marks;
        this.activity = activity;
        this.views = views;
    }

    @GetMapping("/api/files/favourites")
    List<FileViews.View> favourites(Actor actor) {
        Visitor visitor = Visitor.of(actor);
        return views.of(visitor, marks.all(visitor));
    }

    @PutMapping("/api/files/nodes/{node}/favourite")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void mark(Actor actor, @PathVariable NodeId node) {
        marks.mark(Visitor.of(actor), node, true);
    }

    @DeleteMapping("/api/files/nodes/{node}/favourite")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmark(Actor actor, @PathVariable NodeId node) {
        marks.mark(Visitor.of(actor), node, false);
    }

    @GetMapping("/api/files/recent")
    List<Recent> recent(Actor actor) {
        Visitor visitor = Visitor.of(actor);
        List<MarkBook.Recent> recent = marks.recent(visitor);
        List<FileViews.View> shown =
                views.of(visitor, recent.stream().map(MarkBook.Recent::node).toList());
        return java.util.stream.IntStream.range(0, recent.size())
                .mapToObj(i -> new Recent(
                        shown.get(i), recent.get(i).at(), recent.get(i).what()))
                .toList();
    }

    /** That this person looks at it now: a small picture in a list is no look. */
    @PutMapping("/api/files/nodes/{node}/opened")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void opened(Actor actor, @PathVariable NodeId node) {
        marks.opened(Visitor.of(actor), node);
    }

    /** What was done with it; of a folder, with what lies in it too. */
    @GetMapping("/api/files/nodes/{node}/activity")
    Told activity(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") int limit) {
        int size = Page.size(limit);
        List<Activity.Done> page = activity.of(Visitor.of(actor), node, after, size + 1);
        boolean more = page.size() > size;
        List<Activity.Done> shown = more ? page.subList(0, size) : page;
        return new Told(shown, more ? shown.getLast().id() : null);
    }
}
