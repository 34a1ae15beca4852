package org.entente.files;

import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The words by which files are sorted, for the browser: on a file, and a member's list of them. */
@RestController
class TagsController {

    record Wanted(@Nullable List<String> names) {}

    record Named(@Nullable String name) {}

    private final TagBook tags;

    TagsController(TagBook tags) {
        this.tags = tags;
    }

    @GetMapping("/api/files/nodes/{node}/tags/choices")
    @Needs(Right.PERSON)
    List<TagBook.Tag> choices(Actor actor, @PathVariable NodeId node) {
        return tags.choices(Visitor.of(actor), node);
    }

    /** These and no others. */
    @PutMapping("/api/files/nodes/{node}/tags")
    @Needs(Right.PERSON)
    List<TagBook.Tag> set(Actor actor, @PathVariable NodeId node, @RequestBody Wanted wanted) {
        List<String> names = wanted.names();
        if (names == null || names.stream().anyMatch(java.util.Objects::isNull)) {
            throw Refusal.invalidField("names", "input.missing", "names");
        }
        return tags.set(Visitor.of(actor), node, names);
    }

    @GetMapping("/api/members/{member}/files/tags")
    @Needs(Right.READ_MEMBER)
    List<TagBook.Kept> tags(@PathVariable MemberId member) {
        return tags.of(member);
    }

    @PatchMapping("/api/members/{member}/files/tags/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void rename(Actor actor, @PathVariable MemberId member, @PathVariable UUID tag, @RequestBody Named asked) {
        tags.rename(Visitor.of(actor).author(), member, tag, asked.name() == null ? "" : asked.name());
    }

    /** From all files that have it, too. */
    @DeleteMapping("/api/members/{member}/files/tags/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void remove(Actor actor, @PathVariable MemberId member, @PathVariable UUID tag) {
        tags.remove(Visitor.of(actor).author(), member, tag);
    }
}
