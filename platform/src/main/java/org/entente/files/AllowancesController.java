package org.entente.files;

import org.entente.base.Page;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A member's administrators see how full its spaces are, and say how full they may become. */
@RestController
@RequestMapping("/api/members/{member}/files")
class AllowancesController {

    record Quota(@Nullable Long bytes) {}

    private final Allowances allowances;

    AllowancesController(Allowances allowances) {
        this.allowances = allowances;
    }

    @GetMapping("/allowance")
    @Needs(Right.READ_MEMBER)
    Allowances.Allowance allowance(@PathVariable MemberId member) {
        return allowances.of(member);
    }

    @PutMapping("/allowance")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void allow(@PathVariable MemberId member, @RequestBody Allowances.PerSpace asked, Actor actor) {
        allowances.say(member, asked, actor);
    }

    @GetMapping("/spaces")
    @Needs(Right.READ_MEMBER)
    Page<Allowances.Held> spaces(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return allowances.spaces(member, q, offset, limit);
    }

    @PutMapping("/spaces/{space}/quota")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void quota(@PathVariable MemberId member, @PathVariable SpaceId space, @RequestBody Quota quota, Actor actor) {
        allowances.say(member, space, quota.bytes(), actor);
    }
}
