package org.entente.sources.ldap;

import java.util.Locale;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A member's admins say whether its people sign in with the password of its directory, and try it with their own. */
@RestController
@RequestMapping("/api/members/{member}/ldap/sign-in")
@Needs(Right.MANAGE_MEMBER)
class LdapSignInController {

    private final LdapSignIn signIn;
    private final MessageSource messages;

    LdapSignInController(LdapSignIn signIn, MessageSource messages) {
        this.signIn = signIn;
        this.messages = messages;
    }

    record Asked(
            @Nullable String state,
            @Nullable Boolean passwordsToo,
            @Nullable Integer version) {}

    record Typed(@Nullable String password) {

        @Override
        public String toString() {
            return "Typed";
        }
    }

    /** @param said a word of {@link LdapSaid} in lower case; {@code text} says it to people */
    record Tried(String said, String text) {}

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(@PathVariable MemberId member, @RequestBody Asked asked, Actor actor) {
        signIn.set(member, asked.state(), Boolean.TRUE.equals(asked.passwordsToo()), asked.version(), actor);
    }

    @PostMapping("check")
    Tried check(@PathVariable MemberId member, @RequestBody Typed typed, Actor actor, Locale locale) {
        String said = signIn.own(member, actor, typed.password()).name().toLowerCase(Locale.ROOT);
        return new Tried(said, messages.getMessage("ldap.said." + said, null, locale));
    }
}
