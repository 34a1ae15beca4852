package org.entente.directory;

import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who's who across the territory, for every person who is signed in: professional data of live affiliations. */
@RestController
@RequestMapping("/api/directory")
@Needs(Right.PERSON)
class DirectoryController {

    private final DirectorySearch search;
    private final MemberReader members;
    private final UnitKeeper units;

    DirectoryController(DirectorySearch search, MemberReader members, UnitKeeper units) {
        this.search = search;
        this.members = members;
        this.units = units;
    }

    @GetMapping("people")
    Page<DirectorySearch.Entry> people(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable UUID member,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable UUID unit,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return search.people(new DirectorySearch.Query(
                q,
                member == null ? null : new MemberId(member),
                Kinds.asked(kind),
                unit == null ? null : new UnitId(unit),
                offset,
                limit));
    }

    @GetMapping("people/{person}")
    DirectorySearch.Entry person(@PathVariable UUID person) {
        return search.person(new PersonId(person)).orElseThrow(() -> Refusal.notFound("unknown"));
    }

    @GetMapping("members")
    Page<MemberDetail.Card> members(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        Page<MemberDetail> found = members.list(q, offset, limit);
        return new Page<>(found.items().stream().map(MemberDetail::card).toList(), found.total(), found.offset());
    }

    @GetMapping("members/{id}")
    MemberDetail.Card member(@PathVariable UUID id) {
        return members.detail(new MemberId(id)).card();
    }

    @GetMapping("members/{id}/units")
    List<UnitRef> units(@PathVariable UUID id) {
        return units.open(new MemberId(id));
    }
}
