package org.entente.sources.ldap;

import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.SignInDirectories;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where the sign-in engine, and nobody else, asks whether a password is the one in a member's directory. */
@RestController
@Needs(Right.PUBLIC)
class LdapDoor {

    static final String PATH = "/engine/directory-passwords";

    private static final String BEARER = "Bearer ";

    private final LdapSignIn signIn;
    private final SignInDirectories engine;

    LdapDoor(LdapSignIn signIn, SignInDirectories engine) {
        this.signIn = signIn;
        this.engine = engine;
    }

    record Asked(
            @Nullable MemberId member,
            @Nullable UUID capacity,
            @Nullable String password,
            @Nullable String place) {

        /** Says nothing of the password: it must not reach a log. */
        @Override
        public String toString() {
            return "Asked[" + member + ", " + capacity + "]";
        }
    }

    record Answer(LdapSaid said) {}

    @PostMapping(PATH)
    Answer ask(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String word,
            @RequestBody Asked asked) {
        if (word == null || !word.startsWith(BEARER) || !engine.isEngine(word.substring(BEARER.length()))) {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "engine.word");
        }
        if (asked.member() == null) {
            throw Refusal.invalidField("member", "field.missing", "member");
        }
        return new Answer(signIn.ask(asked.member(), asked.capacity(), asked.password(), asked.place()));
    }
}
