package org.entente.sources.ldap;

import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the sign-in engine, and nobody else ({@link EngineWord}), asks whether a password is the one in a member's directory. */
@RestController
@Needs(Right.PUBLIC)
class LdapDoor {

    static final String PATH = "/engine/directory-passwords";

    private final LdapSignIn signIn;

    LdapDoor(LdapSignIn signIn) {
        this.signIn = signIn;
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
    Answer ask(@RequestBody Asked asked) {
        if (asked.member() == null) {
            throw Refusal.invalidField("member", "field.missing", "member");
        }
        return new Answer(signIn.ask(asked.member(), asked.capacity(), asked.password(), asked.place()));
    }
}
