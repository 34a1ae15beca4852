package org.entente.identity.session;

import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person says that an address is theirs: before, "forgotten password" is not sent there. */
@RestController
@RequestMapping("/api/me/held-mail")
@Needs(Right.PERSON)
class HeldMailController {

    record Held(UUID capacity, String address) {}

    private final JdbcClient jdbc;
    private final Affiliations affiliations;

    HeldMailController(JdbcClient jdbc, Affiliations affiliations) {
        this.jdbc = jdbc;
        this.affiliations = affiliations;
    }

    @GetMapping
    List<Held> held(Actor actor) {
        return jdbc.sql("SELECT id AS capacity, address FROM directory.v_held_mail WHERE person = ? ORDER BY id")
                .param(actor.person().value())
                .query(Held.class)
                .list();
    }

    @PostMapping("/{capacity}/confirmed")
    @Needs(Right.WHOLE_PERSON)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(@PathVariable AffiliationId capacity, Actor actor) {
        if (held(actor).stream().noneMatch(one -> one.capacity().equals(capacity.value()))) {
            throw Refusal.notFound("capacity.unknown");
        }
        affiliations.confirmMail(capacity, actor.author());
    }
}
