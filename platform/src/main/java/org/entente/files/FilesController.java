package org.entente.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.reading.TextState;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tree of files for the browser. Many at once are done one by one: what is refused is told, what was done stays done. */
@RestController
@Needs(Right.PERSON)
class FilesController {

    /** The most that is chosen at once. */
    static final int MOST = 1000;

    /** @param space null where only this folder or file was shared */
    record Place(
            FileViews.View node,
            List<FileViews.View> trail,
            @Nullable FileSpace space) {}

    /** @param next to ask with for the next page; null at the end */
    record Children(List<FileViews.View> items, @Nullable String next) {}

    record Hit(FileViews.View node, Found.By by) {}

    /** @param next to ask with for the next page; null at the end @param texts whether what files say was searched */
    record Answer(List<Hit> items, @Nullable String next, Found.Texts texts) {}

    /** @param reuse a folder of that name that is there already: for whoever brings a tree of folders */
    record NewFolder(@Nullable String name, @Nullable Boolean reuse) {}

    record NewName(@Nullable String name) {}

    record Many(@Nullable List<NodeId> nodes) {}

    record Bring(
            @Nullable List<NodeId> nodes,
            @Nullable NodeId to,
            @Nullable OnConflict conflict) {}

    record Failure(NodeId node, String name, String code, String detail) {}

    record Outcome(List<FileViews.View> done, List<Failure> failed) {}

    private final Files files;
    private final Finding finding;
    private final FileViews views;
    private final Putting putting;
    private final RefusalWords words;

    FilesController(Files files, Finding finding, FileViews views, Putting putting, RefusalWords words) {
        this.files = files;
        this.finding = finding;
        this.views = views;
        this.putting = putting;
        this.words = words;
    }

    @GetMapping("/api/files/spaces")
    List<FileSpace> spaces(Actor actor) {
        return files.spaces(Visitor.of(actor));
    }

    @GetMapping("/api/files/shared")
    List<FileViews.View> shared(Actor actor) {
        return views.of(Visitor.of(actor), files.sharedWith(Visitor.of(actor)));
    }

    /** By name and by what files say, among all that this person may see; with a tag by name only, among those that have it. */
    @GetMapping("/api/files/search")
    Answer search(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable UUID tag,
            @RequestParam(required = false) @Nullable NodeId beneath,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        Found found = tag == null
                ? files.search(Visitor.of(actor), q, beneath, after, Page.size(limit))
                : finding.tagged(Visitor.of(actor), tag, q, beneath, after, Page.size(limit));
        List<FileViews.View> shown = views.of(
                Visitor.of(actor), found.hits().stream().map(Found.Hit::node).toList());
        List<Hit> items = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            items.add(new Hit(shown.get(i), found.hits().get(i).by()));
        }
        return new Answer(items, found.next(), found.texts());
    }

    /** Whether a search finds the file by what it says, and why not. */
    @GetMapping("/api/files/nodes/{node}/text")
    TextState text(Actor actor, @PathVariable NodeId node) {
        return files.text(Visitor.of(actor), node);
    }

    @GetMapping("/api/files/nodes/{node}")
    Place node(Actor actor, @PathVariable NodeId node) {
        Visitor visitor = Visitor.of(actor);
        FileNode found = files.node(visitor, node);
        return new Place(
                views.of(visitor, found), views.of(visitor, files.trail(visitor, node)), space(visitor, found.space()));
    }

    @GetMapping("/api/files/nodes/{node}/children")
    Children children(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        Visitor visitor = Visitor.of(actor);
        FileNode folder = files.node(visitor, node);
        int size = Page.size(limit);
        // One more than asked for: it says whether there is another page.
        List<FileNode> page = files.children(visitor, node, Cursor.read(after, folder), size + 1);
        boolean more = page.size() > size;
        List<FileNode> shown = more ? page.subList(0, size) : page;
        return new Children(views.of(visitor, shown), more ? Cursor.after(shown.getLast()) : null);
    }

    @PostMapping("/api/files/nodes/{node}/folders")
    @ResponseStatus(HttpStatus.CREATED)
    FileViews.View makeFolder(Actor actor, @PathVariable NodeId node, @RequestBody NewFolder asked) {
        Visitor visitor = Visitor.of(actor);
        String name = name(asked.name());
        try {
            return views.of(visitor, files.makeFolder(visitor, node, name));
        } catch (Refusal refusal) {
            if (!Boolean.TRUE.equals(asked.reuse()) || !refusal.code().equals("file.exists")) {
                throw refusal;
            }
            return views.of(
                    visitor,
                    files.find(visitor, node, List.of(name))
                            .filter(FileNode::folder)
                            .orElseThrow(() -> refusal));
        }
    }

    @PatchMapping("/api/files/nodes/{node}")
    FileViews.View rename(Actor actor, @PathVariable NodeId node, @RequestBody NewName asked) throws IOException {
        Visitor visitor = Visitor.of(actor);
        FileNode found = files.node(visitor, node);
        if (found.parent() == null) {
            throw Refusal.conflict("file.is-root");
        }
        return views.of(visitor, files.move(visitor, node, found.parent(), name(asked.name()), false));
    }

    @PostMapping("/api/files/move")
    Outcome move(Actor actor, @RequestBody Bring asked, Locale locale) throws IOException {
        Visitor visitor = Visitor.of(actor);
        return bring(
                visitor, asked, locale, (node, to, name, overwrite) -> files.move(visitor, node, to, name, overwrite));
    }

    @PostMapping("/api/files/copy")
    Outcome copy(Actor actor, @RequestBody Bring asked, Locale locale) throws IOException {
        Visitor visitor = Visitor.of(actor);
        return bring(
                visitor,
                asked,
                locale,
                (node, to, name, overwrite) -> files.copy(visitor, node, to, name, overwrite, true));
    }

    @PostMapping("/api/files/trash")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void trash(Actor actor, @RequestBody Many asked) {
        files.trash(Visitor.of(actor), chosen(asked.nodes()));
    }

    @FunctionalInterface
    private interface Bringing {
        FileNode to(NodeId node, NodeId to, String name, boolean overwrite) throws IOException;
    }

    private Outcome bring(Visitor visitor, Bring asked, Locale locale, Bringing bringing) throws IOException {
        NodeId to = asked.to();
        if (to == null) {
            throw Refusal.invalidField("to", "input.missing", "to");
        }
        OnConflict conflict = asked.conflict() == null ? OnConflict.REFUSE : asked.conflict();
        files.node(visitor, to);
        List<FileNode> done = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        for (NodeId node : chosen(asked.nodes())) {
            String name = "";
            try {
                name = files.node(visitor, node).name();
                done.add(putting.put(
                        visitor, to, name, conflict, (free, overwrite) -> bringing.to(node, to, free, overwrite)));
            } catch (Refusal refusal) {
                failed.add(new Failure(node, name, refusal.code(), words.of(refusal, locale)));
            }
        }
        return new Outcome(views.of(visitor, done), failed);
    }

    /** Null for whom only a part of it was shared with. */
    private @Nullable FileSpace space(Visitor visitor, SpaceId space) {
        try {
            return files.space(visitor, space);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
                return null;
            }
            throw refusal;
        }
    }

    private static String name(@Nullable String asked) {
        if (asked == null) {
            throw Refusal.invalidField("name", "input.missing", "name");
        }
        return asked;
    }

    static List<NodeId> chosen(@Nullable List<NodeId> nodes) {
        if (nodes == null || nodes.isEmpty() || nodes.stream().anyMatch(java.util.Objects::isNull)) {
            throw Refusal.invalidField("nodes", "input.missing", "nodes");
        }
        if (nodes.size() > MOST) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.many", MOST);
        }
        return List.copyOf(new LinkedHashSet<>(nodes));
    }
}
