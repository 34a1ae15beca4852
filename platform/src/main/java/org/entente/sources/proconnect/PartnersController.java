package org.entente.sources.proconnect;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A member invites its partners to come by ProConnect. */
@RestController
@RequestMapping("/api/members/{member}")
class PartnersController {

    private final Partners partners;
    private final ProConnectSourceStore source;
    private final PartnerRefusals refusals;
    private final RefusedWords words;

    PartnersController(Partners partners, ProConnectSourceStore source, PartnerRefusals refusals, RefusedWords words) {
        this.partners = partners;
        this.source = source;
        this.refusals = refusals;
        this.words = words;
    }

    record Invitation(@Nullable String siret) {}

    record Agents(@Nullable Boolean agents) {}

    /**
     * @param state whether the operator put ProConnect in service
     * @param agents whether the member's own people may come by it too
     */
    record Here(String state, boolean agents, List<RefusedArrival> refused) {}

    record RefusedArrival(
            Instant at,
            @Nullable String member,
            @Nullable String address,
            @Nullable String siret,
            int times,
            String text,
            boolean conflict) {}

    @GetMapping("partners")
    @Needs(Right.MANAGE_PEOPLE)
    Page<Partners.One> list(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        return partners.list(member, q, offset, limit);
    }

    @PutMapping("partners/{affiliation}")
    @Needs(Right.MANAGE_PEOPLE)
    Partners.One invite(
            @PathVariable MemberId member,
            @PathVariable UUID affiliation,
            @RequestBody Invitation invitation,
            Actor actor) {
        return partners.invite(member, affiliation, invitation.siret(), actor);
    }

    @DeleteMapping("partners/{affiliation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_PEOPLE)
    void withdraw(@PathVariable MemberId member, @PathVariable UUID affiliation, Actor actor) {
        partners.withdraw(member, affiliation, actor);
    }

    @DeleteMapping("partners/{affiliation}/account")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_PEOPLE)
    void unlink(@PathVariable MemberId member, @PathVariable UUID affiliation, Actor actor) {
        partners.unlink(member, affiliation, actor);
    }

    @GetMapping("proconnect")
    @Needs(Right.MANAGE_PEOPLE)
    Here here(@PathVariable MemberId member, Locale locale) {
        return new Here(
                source.get().state().word(),
                partners.agentsToo(member),
                refusals.of(member).stream().map(row -> words.of(row, locale)).toList());
    }

    @PutMapping("proconnect")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_MEMBER)
    void letAgents(@PathVariable MemberId member, @RequestBody Agents asked, Actor actor) {
        if (asked.agents() == null) {
            throw Refusal.invalidField("agents", "field.missing", "agents");
        }
        partners.letAgents(member, asked.agents(), actor);
    }
}
