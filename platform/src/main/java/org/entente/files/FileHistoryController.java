package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Versions and bins for the browser. */
@RestController
@Needs(Right.PERSON)
class FileHistoryController {

    /** @param from the folders it was in, from the root of its space down */
    record Thrown(FileViews.View node, Instant at, String by, List<String> from) {}

    /** @param next to ask with for the next page; null at the end */
    record Bin(List<Thrown> items, @Nullable String next) {}

    private final Files files;
    private final FileHistory history;
    private final FileViews views;
    private final RefusalWords words;

    FileHistoryController(Files files, FileHistory history, FileViews views, RefusalWords words) {
        this.files = files;
        this.history = history;
        this.views = views;
        this.words = words;
    }

    @GetMapping("/api/files/nodes/{node}/versions")
    List<FileHistory.Version> versions(Actor actor, @PathVariable NodeId node) {
        return history.versions(Visitor.of(actor), node);
    }

    @GetMapping("/api/files/nodes/{node}/versions/{version}/content")
    void content(
            Actor actor,
            @PathVariable NodeId node,
            @PathVariable UUID version,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Visitor visitor = Visitor.of(actor);
        FileNode file = files.node(visitor, node);
        FileHistory.Version found = history.versions(visitor, node).stream()
                .filter(one -> one.id().equals(version))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("file.version"));
        Sending.send(
                new Sending.Content(
                        file.name(), found.mediaType(), found.size(), version.toString(), found.modifiedAt()),
                false,
                (from, length) -> Sending.part(history.read(visitor, node, version), from, length),
                request,
                response);
    }

    @PostMapping("/api/files/nodes/{node}/versions/{version}/restore")
    FileViews.View restore(Actor actor, @PathVariable NodeId node, @PathVariable UUID version) {
        return views.of(Visitor.of(actor), history.restore(Visitor.of(actor), node, version));
    }

    @GetMapping("/api/files/spaces/{space}/bin")
    Bin bin(
            Actor actor,
            @PathVariable SpaceId space,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Page.size(limit);
        List<FileHistory.Thrown> page = history.bin(Visitor.of(actor), space, place(before, space), size + 1);
        boolean more = page.size() > size;
        List<FileHistory.Thrown> shown = more ? page.subList(0, size) : page;
        List<FileViews.View> nodes = views.of(
                Visitor.of(actor), shown.stream().map(FileHistory.Thrown::node).toList());
        List<Thrown> items = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            FileHistory.Thrown one = shown.get(i);
            items.add(new Thrown(nodes.get(i), one.at(), one.by(), one.from()));
        }
        return new Bin(items, more ? cursor(shown.getLast()) : null);
    }

    @PostMapping("/api/files/bin/restore")
    FilesController.Outcome takeBack(Actor actor, @RequestBody FilesController.Many asked, Locale locale) {
        Visitor visitor = Visitor.of(actor);
        List<FileNode> done = new ArrayList<>();
        List<FilesController.Failure> failed = new ArrayList<>();
        for (NodeId node : FilesController.chosen(asked.nodes())) {
            try {
                done.add(history.takeBack(visitor, node));
            } catch (Refusal refusal) {
                failed.add(new FilesController.Failure(node, "", refusal.code(), words.of(refusal, locale)));
            }
        }
        return new FilesController.Outcome(views.of(visitor, done), failed);
    }

    @PostMapping("/api/files/bin/erase")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(Actor actor, @RequestBody FilesController.Many asked) {
        history.erase(Visitor.of(actor), FilesController.chosen(asked.nodes()));
    }

    @DeleteMapping("/api/files/spaces/{space}/bin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void empty(Actor actor, @PathVariable SpaceId space) {
        history.emptyBin(Visitor.of(actor), space);
    }

    private static String cursor(FileHistory.Thrown last) {
        String text = last.node().id() + "," + last.at();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The place where a page ended: as {@link Cursor}, the moment and the id are all that is asked of it. */
    private static FileHistory.@Nullable Thrown place(@Nullable String cursor, SpaceId space) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(",", 2);
            UUID id = UUID.fromString(parts[0]);
            Instant at = Instant.parse(parts[1]);
            FileNode last = new FileNode(
                    new NodeId(id),
                    space,
                    null,
                    "",
                    false,
                    0,
                    null,
                    null,
                    null,
                    at,
                    at,
                    at,
                    new AffiliationId(id),
                    "",
                    SpaceRole.READ);
            return new FileHistory.Thrown(last, at, "", List.of());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw Refusal.invalidField("before", "file.cursor");
        }
    }
}
