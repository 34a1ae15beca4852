package org.entente.identity.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.PersonId;
import org.entente.directory.Right;
import org.entente.directory.Role;
import org.entente.identity.SignInAccounts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The way in for a newcomer: a link, good once and for some days, that HR hands over. The link itself is kept nowhere. */
@RestController
class FirstSignInController {

    private final ObjectProvider<SignInAccounts> accounts;
    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final Duration lifespan;

    FirstSignInController(
            ObjectProvider<SignInAccounts> accounts,
            Ledger ledger,
            JdbcClient jdbc,
            @Value("${entente.identity.first-sign-in-link:3d}") Duration lifespan) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.lifespan = lifespan;
    }

    private record Held(MemberId member, boolean ofOperator, List<Role> roles) {}

    @PostMapping("/api/members/{member}/people/{person}/first-sign-in-link")
    @Needs(Right.MANAGE_PEOPLE)
    @Transactional
    public SignInAccounts.Link link(@PathVariable MemberId member, @PathVariable PersonId person, Actor actor) {
        standing(person, member).mustBeAllowed(actor, member);
        SignInAccounts door = accounts.getIfAvailable();
        if (door == null) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "keycloak.down");
        }
        SignInAccounts.Link link = door.firstSignInLink(person, lifespan);
        ledger.record(new Entry(
                actor.author(),
                "person.link-issued",
                member.value(),
                "person",
                person.toString(),
                name(person),
                Map.of(),
                Map.of("expiresAt", link.expiresAt().toString())));
        return link;
    }

    private FirstSignIn standing(PersonId person, MemberId member) {
        List<Held> held = jdbc.sql("""
                        SELECT a.member, m.is_operator,
                               array_remove(array_agg(r.role), NULL) AS roles
                        FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member
                        LEFT JOIN directory.v_role_grant r ON r.affiliation = a.id
                        WHERE a.person = ? AND a.phase <> 'ended' GROUP BY a.id, a.member, m.is_operator""")
                .param(person.value())
                .query((row, n) -> new Held(
                        new MemberId(row.getObject("member", java.util.UUID.class)),
                        row.getBoolean("is_operator"),
                        List.of((String[]) row.getArray("roles").getArray()).stream()
                                .map(Role::of)
                                .toList()))
                .list();
        if (held.stream().noneMatch(one -> one.member().equals(member))) {
            throw Refusal.notFound("unknown");
        }
        Set<Role> roles = new HashSet<>();
        held.forEach(one -> roles.addAll(one.roles()));
        return new FirstSignIn(
                held.stream().anyMatch(one -> !one.member().equals(member)),
                roles,
                held.stream().anyMatch(one -> one.ofOperator() && !one.roles().isEmpty()));
    }

    private String name(PersonId person) {
        return jdbc.sql("SELECT given_name || ' ' || usual_name FROM directory.v_person WHERE id = ?")
                .param(person.value())
                .query(String.class)
                .single();
    }
}
