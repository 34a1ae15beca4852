package org.entente.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The members of the territory, as its operator keeps them. */
@RestController
@RequestMapping("/api/operator")
class OperatorMembersController {

    private final MemberReader reader;
    private final MemberKeeper keeper;
    private final Members members;
    private final Authorities authorities;
    private final Clock clock;

    OperatorMembersController(
            MemberReader reader, MemberKeeper keeper, Members members, Authorities authorities, Clock clock) {
        this.reader = reader;
        this.keeper = keeper;
        this.members = members;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** A new member: only the name and kind are needed; a SIREN that is not known stays empty. */
    record MemberForm(
            @Nullable String name,
            @Nullable String kind,
            @Nullable Siren siren,
            @Nullable Siret siret,
            @Nullable String insee,
            @Nullable Integer population,
            @Nullable String populationSource,
            @Nullable LocalDate populationDate,
            @Nullable MemberId parent,
            @Nullable LocalDate joinedOn) {}

    @GetMapping("members")
    @Needs(Right.READ_TERRITORY)
    Page<MemberDetail> members(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return reader.list(q, offset, limit);
    }

    @PostMapping("members")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.OPERATE)
    MemberDetail add(@RequestBody MemberForm form, Actor actor) {
        MemberId id = members.add(
                new Members.NewMember(
                        Checks.text("name", form.name(), 200),
                        Kinds.read("kind", Checks.text("kind", form.kind(), 20), MemberKind::of),
                        form.siren(),
                        form.siret(),
                        form.insee(),
                        form.population(),
                        form.populationSource(),
                        form.populationDate(),
                        form.parent(),
                        false,
                        form.joinedOn() == null ? LocalDate.now(clock) : form.joinedOn()),
                actor.author());
        return reader.detail(id);
    }

    @PatchMapping("members/{id}")
    @Needs(Right.OPERATE)
    MemberDetail change(@PathVariable UUID id, @RequestBody ObjectNode body, Actor actor) {
        keeper.changeIdentity(new MemberId(id), new Patch(body), actor.author());
        return reader.detail(new MemberId(id));
    }

    @GetMapping("authorities")
    @Needs(Right.READ_TERRITORY)
    List<Authorities.Authority> authorities(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "20") int limit) {
        return authorities.search(q, Page.size(limit));
    }
}
