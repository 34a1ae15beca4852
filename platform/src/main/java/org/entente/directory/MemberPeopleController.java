package org.entente.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
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

/** The people of a member, kept by its HR. */
@RestController
@RequestMapping("/api/members/{member}")
class MemberPeopleController {

    private final PeopleKeeper keeper;
    private final Clock clock;

    MemberPeopleController(PeopleKeeper keeper, Clock clock) {
        this.keeper = keeper;
        this.clock = clock;
    }

    /** An affiliation as typed in the form; without a beginning it begins now. */
    record AffiliationForm(
            @Nullable String kind,
            @Nullable String function,
            @Nullable UnitId unit,
            @Nullable String address,
            @Nullable String phone,
            @Nullable Integer weeklyShare,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String reference,
            @Nullable List<String> groups) {

        AffiliationKind knownKind() {
            AffiliationKind known = Kinds.asked(kind);
            if (known == null) {
                throw Refusal.invalidField("kind", "field.missing", "kind");
            }
            return known;
        }

        Post post(Instant now) {
            return new Post(
                    Checks.text("function", function, 200),
                    unit,
                    address,
                    phone,
                    weeklyShare,
                    from == null ? now : from,
                    until,
                    reference,
                    groups == null ? List.of() : groups);
        }
    }

    record PersonForm(
            @Nullable String givenName,
            @Nullable String usualName,
            @Nullable String birthName,
            @Nullable LocalDate birthDate,
            @Nullable AffiliationForm affiliation,
            PeopleKeeper.@Nullable Decision decision) {}

    @GetMapping("people")
    @Needs(Right.READ_MEMBER)
    Page<PeopleKeeper.MemberPerson> list(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable UUID unit,
            @RequestParam(required = false) @Nullable String phase,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return keeper.list(
                new DirectorySearch.Query(
                        q, member, Kinds.asked(kind), unit == null ? null : new UnitId(unit), offset, limit),
                phase == null || phase.isBlank() ? null : Kinds.read("phase", phase, Phase::of));
    }

    @GetMapping("people/{person}")
    @Needs(Right.READ_MEMBER)
    PeopleKeeper.MemberPerson one(@PathVariable MemberId member, @PathVariable UUID person) {
        return keeper.one(member, new PersonId(person));
    }

    @PostMapping("people")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.MANAGE_PEOPLE)
    PeopleKeeper.MemberPerson add(@PathVariable MemberId member, @RequestBody PersonForm form, Actor actor) {
        if (form.affiliation() == null) {
            throw Refusal.invalidField("affiliation", "field.missing", "affiliation");
        }
        NewPerson person = new NewPerson(
                Checks.text("givenName", form.givenName(), 100),
                Checks.text("usualName", form.usualName(), 100),
                form.birthName(),
                form.birthDate());
        return keeper.add(
                member,
                person,
                form.affiliation().knownKind(),
                form.affiliation().post(clock.instant()),
                form.decision(),
                actor);
    }

    @PatchMapping("people/{person}")
    @Needs(Right.MANAGE_PEOPLE)
    PeopleKeeper.MemberPerson change(
            @PathVariable MemberId member, @PathVariable UUID person, @RequestBody ObjectNode body, Actor actor) {
        return keeper.change(member, new PersonId(person), new Patch(body), actor);
    }

    @PostMapping("people/{person}/affiliations")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.MANAGE_PEOPLE)
    PeopleKeeper.MemberPerson addAffiliation(
            @PathVariable MemberId member, @PathVariable UUID person, @RequestBody AffiliationForm form, Actor actor) {
        return keeper.addAffiliation(member, new PersonId(person), form.knownKind(), form.post(clock.instant()), actor);
    }

    @PatchMapping("affiliations/{id}")
    @Needs(Right.MANAGE_PEOPLE)
    AffiliationCard changeAffiliation(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody ObjectNode body, Actor actor) {
        return keeper.changeAffiliation(member, new AffiliationId(id), new Patch(body), actor);
    }
}
