package org.entente.directory;

import org.entente.base.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who may be in the directory twice: a member sees those who concern its people, the operator all. */
@RestController
class DoublesController {

    private final Doubles doubles;

    DoublesController(Doubles doubles) {
        this.doubles = doubles;
    }

    record Apart(
            @Nullable PersonId one,
            @Nullable PersonId other,
            @Nullable String reason) {}

    @GetMapping("/api/members/{member}/doubles")
    @Needs(Right.MANAGE_PEOPLE)
    Page<Doubles.Pair> ofMember(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return doubles.list(member, offset, limit);
    }

    @PostMapping("/api/members/{member}/doubles/apart")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_PEOPLE)
    void apartForMember(@PathVariable MemberId member, @RequestBody Apart said, Actor actor) {
        keepApart(member, said, actor);
    }

    @GetMapping("/api/operator/doubles")
    @Needs(Right.READ_TERRITORY)
    Page<Doubles.Pair> ofTerritory(
            @RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int limit) {
        return doubles.list(null, offset, limit);
    }

    @PostMapping("/api/operator/doubles/apart")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.OPERATE)
    void apartForTerritory(@RequestBody Apart said, Actor actor) {
        keepApart(null, said, actor);
    }

    private void keepApart(@Nullable MemberId member, Apart said, Actor actor) {
        doubles.keepApart(member, needed(said.one()), needed(said.other()), said.reason(), actor);
    }

    private static PersonId needed(@Nullable PersonId person) {
        if (person == null) {
            throw org.entente.base.Refusal.invalidField("person", "field.missing", "person");
        }
        return person;
    }
}
