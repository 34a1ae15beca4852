package org.entente.files;

import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Outside partners who are invited to spaces: for those who manage a space, and for a member's administrators. */
@RestController
class InvitationsController {

    /** @param rule what the space's member lets its people do */
    record OfSpace(InviteRules.Rule rule, List<Invited> items) {}

    private final Inviting inviting;
    private final Invitations invitations;
    private final InviteRules rules;
    private final Files files;

    InvitationsController(Inviting inviting, Invitations invitations, InviteRules rules, Files files) {
        this.inviting = inviting;
        this.invitations = invitations;
        this.rules = rules;
        this.files = files;
    }

    @GetMapping("/api/files/spaces/{space}/invitations")
    @Needs(Right.PERSON)
    OfSpace ofSpace(Actor actor, @PathVariable SpaceId space) {
        Visitor visitor = Visitor.of(actor);
        List<Invited> items = inviting.of(visitor, space);
        return new OfSpace(rules.of(files.space(visitor, space).member()), items);
    }

    @PostMapping("/api/files/spaces/{space}/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.PERSON)
    Invited invite(Actor actor, @PathVariable SpaceId space, @RequestBody Inviting.Wanted wanted) {
        return inviting.invite(Visitor.of(actor), space, wanted);
    }

    @DeleteMapping("/api/files/spaces/{space}/invitations/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.PERSON)
    void end(Actor actor, @PathVariable SpaceId space, @PathVariable UUID invitation) {
        inviting.end(Visitor.of(actor), space, invitation);
    }

    @GetMapping("/api/members/{member}/files/invitations")
    @Needs(Right.READ_MEMBER)
    Page<Invited> ofMember(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return invitations.of(member, offset, limit);
    }

    @DeleteMapping("/api/members/{member}/files/invitations/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void end(Actor actor, @PathVariable MemberId member, @PathVariable UUID invitation) {
        inviting.end(actor.author(), member, invitation);
    }

    @GetMapping("/api/members/{member}/files/invite-rule")
    @Needs(Right.READ_MEMBER)
    InviteRules.Rule rule(@PathVariable MemberId member) {
        return rules.of(member);
    }

    @PutMapping("/api/members/{member}/files/invite-rule")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void say(Actor actor, @PathVariable MemberId member, @RequestBody InviteRules.Rule rule) {
        rules.say(member, rule, actor);
    }
}
