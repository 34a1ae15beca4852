package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The links of a file or folder, for who manages it. */
@RestController
@Needs(Right.PERSON)
class FileLinksController {

    private final FileLinks links;

    FileLinksController(FileLinks links) {
        this.links = links;
    }

    record Wanted(
            @Nullable Boolean upload,
            @Nullable String password,
            @Nullable Instant until,
            @Nullable Integer downloads,
            FileLinks.@Nullable Bound bound) {}

    @GetMapping("/api/files/nodes/{node}/links")
    List<FileLinks.Link> of(Actor actor, @PathVariable NodeId node) {
        return links.of(Visitor.of(actor), node);
    }

    /** The address is told this once. */
    @PostMapping("/api/files/nodes/{node}/links")
    @ResponseStatus(HttpStatus.CREATED)
    FileLinks.Made make(Actor actor, @PathVariable NodeId node, @RequestBody Wanted wanted) {
        String password = wanted.password() == null || wanted.password().isEmpty() ? null : wanted.password();
        return links.make(
                Visitor.of(actor),
                node,
                Boolean.TRUE.equals(wanted.upload()),
                password,
                wanted.until(),
                wanted.downloads(),
                wanted.bound());
    }

    @PostMapping("/api/files/nodes/{node}/links/{link}/take-over")
    FileLinks.Link takeOver(Actor actor, @PathVariable NodeId node, @PathVariable UUID link) {
        return links.takeOver(Visitor.of(actor), node, link);
    }

    @DeleteMapping("/api/files/nodes/{node}/links/{link}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Actor actor, @PathVariable NodeId node, @PathVariable UUID link) {
        links.end(Visitor.of(actor), node, link);
    }
}
