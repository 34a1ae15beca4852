package org.entente.identity.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.PasswordsElsewhere;
import org.entente.identity.SignInAccounts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** My second factors, with the links that lead to Keycloak's own pages to add or remove one. */
@RestController
class SecondFactorsController {

    private final ObjectProvider<SignInAccounts> factors;
    private final ObjectProvider<PasswordsElsewhere> elsewhere;
    private final JdbcClient jdbc;

    SecondFactorsController(
            ObjectProvider<SignInAccounts> factors, ObjectProvider<PasswordsElsewhere> elsewhere, JdbcClient jdbc) {
        this.factors = factors;
        this.elsewhere = elsewhere;
        this.jdbc = jdbc;
    }

    /** @param passwordAt members with whose directory's password the person signs in: it is changed there */
    record Mine(
            boolean required,
            List<Factor> factors,
            String addTotp,
            String addPasskey,
            String changePassword,
            List<String> passwordAt) {}

    record Factor(String id, String type, String label, Instant madeAt, String remove) {}

    @GetMapping("/api/me/second-factors")
    @Needs(Right.PERSON)
    Mine mine(Actor actor) {
        SignInAccounts door = factors.getIfAvailable();
        if (door == null) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "keycloak.down");
        }
        return new Mine(
                required(actor),
                door.secondFactors(actor.person()).stream()
                        .map(one -> new Factor(
                                one.id(),
                                one.kind() == SignInAccounts.Kind.CODE ? "totp" : "passkey",
                                Objects.requireNonNullElse(one.label(), ""),
                                one.since(),
                                link(SignInStart.REMOVE + one.id())))
                        .toList(),
                link(door.addSecondFactorAction(SignInAccounts.Kind.CODE)),
                link(door.addSecondFactorAction(SignInAccounts.Kind.PASSKEY)),
                link("UPDATE_PASSWORD"),
                elsewhere.stream()
                        .flatMap(one -> one.of(actor.person()).stream())
                        .toList());
    }

    private boolean required(Actor actor) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member
                        WHERE a.person = ? AND a.live AND (m.second_factor = 'everyone'
                          OR EXISTS (SELECT 1 FROM directory.v_role_grant r WHERE r.affiliation = a.id)))""").param(actor.person().value()).query(Boolean.class).single();
    }

    private static String link(String action) {
        return SignInStart.PATH + "?to=/account&action=" + action;
    }
}
