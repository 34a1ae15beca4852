package org.entente.files;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who may see and change what, for the browser. */
@RestController
@Needs(Right.PERSON)
class FileSharingController {

    /** @param until null for no end */
    record Share(
            @Nullable Grantee to,
            @Nullable SpaceRole role,
            @Nullable Instant until) {}

    record Named(@Nullable String name) {}

    /** @param node as the one who gave it sees it */
    record Given(FileViews.View node, FileSharing.Access access) {}

    private final FileSharing sharing;
    private final FileViews views;

    FileSharingController(FileSharing sharing, FileViews views) {
        this.sharing = sharing;
        this.views = views;
    }

    /** Everyone who sees this node, and why. */
    @GetMapping("/api/files/nodes/{node}/access")
    List<FileSharing.Access> access(Actor actor, @PathVariable NodeId node) {
        return sharing.access(Visitor.of(actor), node);
    }

    /** Gives a role, or another one than before. */
    @PutMapping("/api/files/nodes/{node}/shares")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void share(Actor actor, @PathVariable NodeId node, @RequestBody Share asked) {
        if (asked.to() == null || java.util.Objects.isNull(asked.to().kind())) {
            throw Refusal.invalidField("to", "file.share.to");
        }
        if (asked.role() == null) {
            throw Refusal.invalidField("role", "input.missing", "role");
        }
        sharing.share(Visitor.of(actor), node, asked.to(), asked.role(), asked.until());
    }

    @DeleteMapping("/api/files/nodes/{node}/shares/{share}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Actor actor, @PathVariable NodeId node, @PathVariable UUID share) {
        sharing.end(Visitor.of(actor), node, share);
    }

    /** What this person shared in the capacity in which they act. */
    @GetMapping("/api/files/given")
    List<Given> given(Actor actor) {
        List<FileSharing.Given> given = sharing.given(Visitor.of(actor));
        List<FileViews.View> nodes = views.of(
                Visitor.of(actor), given.stream().map(FileSharing.Given::node).toList());
        return java.util.stream.IntStream.range(0, given.size())
                .mapToObj(at -> new Given(nodes.get(at), given.get(at).access()))
                .toList();
    }

    /** Opens a space of several. */
    @PostMapping("/api/files/spaces")
    @ResponseStatus(HttpStatus.CREATED)
    FileSpace open(Actor actor, @RequestBody Named asked) {
        return sharing.open(Visitor.of(actor), asked.name() == null ? "" : asked.name());
    }

    @PatchMapping("/api/files/spaces/{space}")
    FileSpace rename(Actor actor, @PathVariable SpaceId space, @RequestBody Named asked) {
        return sharing.rename(Visitor.of(actor), space, asked.name() == null ? "" : asked.name());
    }
}
