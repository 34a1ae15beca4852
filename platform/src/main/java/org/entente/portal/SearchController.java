package org.entente.portal;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.access.Entitlement;
import org.entente.access.Entitlements;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.directory.Actor;
import org.entente.directory.DirectorySearch;
import org.entente.directory.MemberRef;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One box that finds everything: people, members, functions, and the services that the acting capacity may open. */
@RestController
class SearchController {

    /** A single letter finds everyone and helps no one. */
    private static final int SHORTEST = 2;

    private static final int PEOPLE = 8;

    private static final int OTHERS = 5;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    record Answer(
            List<DirectorySearch.Entry> people,
            List<MemberRef> members,
            List<Tile> services,
            List<DirectorySearch.Held> functions) {}

    private final DirectorySearch directory;
    private final Entitlements entitlements;
    private final Catalog catalog;

    SearchController(DirectorySearch directory, Entitlements entitlements, Catalog catalog) {
        this.directory = directory;
        this.entitlements = entitlements;
        this.catalog = catalog;
    }

    @GetMapping("/api/search")
    @Needs(Right.PERSON)
    Answer search(@RequestParam(defaultValue = "") String q, Actor actor) {
        if (q.strip().length() < SHORTEST) {
            return new Answer(List.of(), List.of(), List.of(), List.of());
        }
        return new Answer(
                directory.suggest(q, PEOPLE),
                directory.members(q, OTHERS),
                services(q, actor),
                directory.functions(q, OTHERS));
    }

    private List<Tile> services(String q, Actor actor) {
        List<String> words = List.of(plain(q).strip().split("\\s+"));
        Set<String> given = entitlements.of(actor.capacity()).stream()
                .map(Entitlement::service)
                .collect(Collectors.toSet());
        return catalog.services().stream()
                .filter(service ->
                        given.contains(service.id()) && words.stream().allMatch(in(service)::contains))
                .map(Tile::of)
                .filter(Objects::nonNull)
                .limit(OTHERS)
                .toList();
    }

    private static String in(Service service) {
        return plain(String.join(
                " ",
                service.name().fr(),
                service.name().en(),
                service.summary().fr(),
                service.summary().en()));
    }

    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
