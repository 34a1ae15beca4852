package org.entente.directory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** A member as its own admins keep it: settings, domains, units, roles. */
@RestController
@RequestMapping("/api/members/{member}")
class MemberController {

    /** Roles that reach beyond a member when held at the operator: only who runs the territory gives or takes them there. */
    private static final Set<Role> TERRITORY_WIDE = Set.of(Role.OPERATOR_ADMIN, Role.AUDITOR);

    private final MemberReader reader;
    private final MemberKeeper keeper;
    private final Members members;
    private final UnitKeeper units;
    private final DomainKeeper domains;
    private final Roles roles;
    private final Affiliations affiliations;
    private final PeopleKeeper people;

    MemberController(
            MemberReader reader,
            MemberKeeper keeper,
            Members members,
            UnitKeeper units,
            DomainKeeper domains,
            Roles roles,
            Affiliations affiliations,
            PeopleKeeper people) {
        this.reader = reader;
        this.keeper = keeper;
        this.members = members;
        this.units = units;
        this.domains = domains;
        this.roles = roles;
        this.affiliations = affiliations;
        this.people = people;
    }

    @GetMapping
    @Needs(Right.READ_MEMBER)
    MemberDetail detail(@PathVariable MemberId member) {
        return reader.detail(member);
    }

    @PatchMapping
    @Needs(Right.MANAGE_MEMBER)
    MemberDetail change(@PathVariable MemberId member, @RequestBody ObjectNode body, Actor actor) {
        keeper.changeSettings(member, new Patch(body), actor.author());
        return reader.detail(member);
    }

    @GetMapping("units")
    @Needs(Right.READ_MEMBER)
    List<UnitKeeper.Unit> units(@PathVariable MemberId member) {
        return units.all(member);
    }

    record NewUnit(
            @Nullable UnitId parent,
            @Nullable String code,
            @Nullable String name) {}

    @PostMapping("units")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.MANAGE_MEMBER)
    UnitKeeper.Unit addUnit(@PathVariable MemberId member, @RequestBody NewUnit unit, Actor actor) {
        UnitId id = members.addUnit(
                member, unit.parent(), unit.code(), Checks.text("name", unit.name(), 200), actor.author());
        return units.one(member, id);
    }

    @PatchMapping("units/{id}")
    @Needs(Right.MANAGE_MEMBER)
    UnitKeeper.Unit changeUnit(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody ObjectNode body, Actor actor) {
        return units.change(member, new UnitId(id), new Patch(body), actor.author());
    }

    @GetMapping("domains")
    @Needs(Right.MANAGE_MEMBER)
    List<MemberDetail.Domain> domains(@PathVariable MemberId member) {
        return domains.of(member);
    }

    record NewDomain(@Nullable String domain) {}

    @PostMapping("domains")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.MANAGE_MEMBER)
    MemberDetail.Domain addDomain(@PathVariable MemberId member, @RequestBody NewDomain domain, Actor actor) {
        String asked = Checks.text("domain", domain.domain(), 253);
        members.addDomain(member, asked, false, actor.author());
        return domains.one(member, asked.toLowerCase(java.util.Locale.ROOT));
    }

    @DeleteMapping("domains/{domain}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void removeDomain(@PathVariable MemberId member, @PathVariable String domain, Actor actor) {
        domains.remove(member, domain, actor.author());
    }

    @PostMapping("domains/{domain}/verify")
    @Needs(Right.MANAGE_MEMBER)
    MemberDetail.Domain verify(@PathVariable MemberId member, @PathVariable String domain, Actor actor) {
        domains.verify(member, domain, actor.author());
        return domains.one(member, domain);
    }

    @GetMapping("roles")
    @Needs(Right.READ_MEMBER)
    List<DirectorySearch.Entry> roles(@PathVariable MemberId member) {
        return people.withRoles(member);
    }

    record Granted(Set<String> roles) {}

    @PutMapping("affiliations/{id}/roles")
    @Needs(Right.MANAGE_MEMBER)
    AffiliationCard grant(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody Granted granted, Actor actor) {
        AffiliationCard card = affiliations.card(member, new AffiliationId(id));
        Set<Role> asked = granted.roles().stream()
                .map(code -> Kinds.read("roles", code, Role::of))
                .collect(Collectors.toSet());
        Set<Role> touched = new LinkedHashSet<>(asked);
        touched.addAll(card.roles());
        touched.removeIf(role -> asked.contains(role) && card.roles().contains(role));
        boolean atOperator = members.operator().map(m -> m.id().equals(member)).orElse(false);
        if (atOperator && touched.stream().anyMatch(TERRITORY_WIDE::contains) && !actor.may(Right.OPERATE, null)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "role.territory");
        }
        roles.grant(card.id(), asked, actor.author());
        return affiliations.card(member, card.id());
    }
}
