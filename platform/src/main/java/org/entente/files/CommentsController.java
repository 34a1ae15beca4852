package org.entente.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.DirectorySearch;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people say about files, for the browser. */
@RestController
@Needs(Right.PERSON)
class CommentsController {

    private static final int OFFERED = 8;
    private static final int LOOKED_AT = 60;

    /** @param next to ask with for the page before; null at the beginning */
    record Told(List<CommentBook.Comment> items, @Nullable UUID next) {}

    /** @param named capacities, who are told of it */
    record Said(@Nullable String text, @Nullable List<AffiliationId> named) {}

    /** Somebody who sees the file, in that capacity. */
    record Reader(AffiliationId capacity, String name, String detail) {}

    private final CommentBook comments;
    private final DirectorySearch directory;
    private final Files files;

    CommentsController(CommentBook comments, DirectorySearch directory, Files files) {
        this.comments = comments;
        this.directory = directory;
        this.files = files;
    }

    @GetMapping("/api/files/nodes/{node}/comments")
    Told comments(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(defaultValue = "50") int limit) {
        int size = Page.size(limit);
        List<CommentBook.Comment> page = comments.of(Visitor.of(actor), node, before, size + 1);
        boolean more = page.size() > size;
        List<CommentBook.Comment> shown = more ? page.subList(0, size) : page;
        return new Told(shown, more ? shown.getLast().id() : null);
    }

    @PostMapping("/api/files/nodes/{node}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    CommentBook.Comment write(Actor actor, @PathVariable NodeId node, @RequestBody Said said) {
        List<AffiliationId> named = said.named() == null ? List.of() : said.named();
        if (named.stream().anyMatch(java.util.Objects::isNull)) {
            throw Refusal.invalidField("named", "input.missing", "named");
        }
        return comments.write(Visitor.of(actor), node, text(said), named);
    }

    @PatchMapping("/api/files/nodes/{node}/comments/{comment}")
    CommentBook.Comment change(
            Actor actor, @PathVariable NodeId node, @PathVariable UUID comment, @RequestBody Said said) {
        return comments.change(Visitor.of(actor), node, comment, text(said));
    }

    @DeleteMapping("/api/files/nodes/{node}/comments/{comment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Actor actor, @PathVariable NodeId node, @PathVariable UUID comment) {
        comments.remove(Visitor.of(actor), node, comment);
    }

    /** Whom a comment may name: those of who's who with that beginning of a name that see the file. */
    @GetMapping("/api/files/nodes/{node}/readers")
    List<Reader> readers(Actor actor, @PathVariable NodeId node, @RequestParam String q) {
        files.node(Visitor.of(actor), node);
        if (q.isBlank()) {
            return List.of();
        }
        Map<AffiliationId, Reader> found = directory.people(DirectorySearch.Query.of(q, LOOKED_AT)).items().stream()
                .flatMap(entry -> entry.affiliations().stream()
                        .map(one -> new Reader(
                                one.id(),
                                entry.person().givenName() + " "
                                        + entry.person().usualName(),
                                one.function() + ", " + one.member().name())))
                .collect(Collectors.toMap(Reader::capacity, one -> one, (a, b) -> a, java.util.LinkedHashMap::new));
        Set<AffiliationId> see = comments.seeing(node, found.keySet());
        return found.values().stream()
                .filter(one -> see.contains(one.capacity()))
                .limit(OFFERED)
                .toList();
    }

    private static String text(Said said) {
        if (said.text() == null) {
            throw Refusal.invalidField("text", "input.missing", "text");
        }
        return said.text();
    }
}
