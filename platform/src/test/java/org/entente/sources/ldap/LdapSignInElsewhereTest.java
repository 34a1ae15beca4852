package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.testing.TestSlapd;
import org.junit.jupiter.api.Test;

/** Who is with other members too, or signs in while the town only tries its directory: what it says counts for the town alone. */
class LdapSignInElsewhereTest extends BoundTown {

    private static final String WRONG = "mot de passe incorrect";

    @Test
    void whoIsWithAnotherMemberTooConfirmsOnce() {
        signInBy("on");
        Capacity post = bound("rose");
        Capacity mandate = free(UUID.randomUUID(), "rose@ailleurs.example");
        Person rose = written(false, post, mandate);
        password(rose);

        Browser browser = type(at(address("rose")), THEIRS);
        assertThat(browser.title()).startsWith("C’est bien vous");
        // What the directory said is not said of whoever is typed instead.
        assertThat(type(browser, THEIRS).page()).contains("n’est pas le bon");
        // Until Keycloak has counted a failure, beside the answer, it takes the next try for one at the same time and
        // refuses it.
        counted(rose, 1);
        type(browser, OURS);
        assertThat(browser.title()).startsWith("Au titre de quoi");
        assertThat(type(at(address("rose")), THEIRS).title()).startsWith("Au titre de quoi");

        // At the other address it is the password of the territory, and no other.
        assertThat(type(at("rose@ailleurs.example"), THEIRS).arrived()).isFalse();
        assertThat(type(at("rose@ailleurs.example"), OURS).title()).startsWith("Au titre de quoi");

        // A third member gives something: the town's directory must not open that unasked.
        written(rose.person(), 2, false, post, mandate, free(UUID.randomUUID(), "rose@encore.example"));
        assertThat(type(at(address("rose")), THEIRS).title()).startsWith("C’est bien vous");
    }

    /** Else whoever administers one town would be its people everywhere, by naming a server of their own. */
    @Test
    void aDirectoryThatIsNowElsewhereIsOnTrialAndConfirmedAnew() {
        signInBy("on");
        Person rose = written(false, bound("rose"), free(UUID.randomUUID(), "rose@ailleurs.example"));
        password(rose);
        type(type(at(address("rose")), THEIRS), OURS);
        assertThat(type(at(address("rose")), THEIRS).title()).startsWith("Au titre de quoi");

        LdapSettings now = book.get(town).settings();
        // The same place, said otherwise: so that its people are still found there.
        String moved = now.baseDn().replace("ou=personnes", "OU=Personnes");
        assertThat(moved).isNotEqualTo(now.baseDn());
        signIn.describe(
                town,
                new LdapSettings(now.url(), now.bindDn(), moved, now.filter(), now.attributes(), now.ca(), null),
                TestSlapd.PASSWORD,
                null,
                admin);
        assertThat(book.get(town).signIn().state()).isEqualTo("trial");
        signInBy("on");

        assertThat(type(at(address("rose")), THEIRS).title()).startsWith("C’est bien vous");
    }

    @Test
    void withoutAPasswordOfTheirOwnTheyActForTheTownOnly() {
        signInBy("on");
        Capacity post = bound("rose");
        Person rose = written(false, post, free(UUID.randomUUID(), "rose@ailleurs.example"));

        // Both give the application, and only one is offered.
        Browser browser = type(at(address("rose")), THEIRS);
        assertThat(uid(browser)).isEqualTo(rose.person().toString());

        // With a password by now, they may still go on for the town only.
        password(rose);
        Browser later = type(at(address("rose")), THEIRS);
        assertThat(later.title()).startsWith("C’est bien vous");
        assertThat(uid(later.send("only", "only", "1"))).isEqualTo(rose.person().toString());
        // And nobody gets there without what the directory says first.
        Browser stranger = type(at(address("rose")), OURS);
        assertThat(stranger.title()).doesNotStartWith("C’est bien vous");
        assertThat(stranger.arrived()).isFalse();
    }

    @Test
    void whoHasLeftTheTownComesInElsewhereOnly() {
        signInBy("on");
        Capacity post = bound("rose");
        Capacity mandate = free(UUID.randomUUID(), "rose@ailleurs.example");
        Person rose = written(false, post, mandate);
        password(rose);

        // The directory of the platform knows first: Keycloak may not have been told yet.
        jdbc.sql("UPDATE directory.affiliation SET phase = 'ended', valid_until = now() WHERE id = ?")
                .param(post.id())
                .update();
        assertThat(type(at(address("rose")), THEIRS).page()).contains(WRONG);

        written(rose.person(), 2, false, mandate);
        assertThat(type(at(address("rose")), THEIRS).page()).contains(WRONG);
        assertThat(uid(type(at("rose@ailleurs.example"), OURS)))
                .isEqualTo(rose.person().toString());
    }

    @Test
    void onTrialOnlyTheLinkLeadsToIt() {
        signInBy("trial");
        Person rose = written(false, bound("rose"));
        password(rose);

        assertThat(type(at(address("rose")), THEIRS).arrived()).isFalse();
        assertThat(uid(type(at(address("rose")), OURS))).isEqualTo(rose.person().toString());
        Browser trial = at(address("rose"), "idp_hint", "ldap-" + town.value());
        assertThat(uid(type(trial, THEIRS))).isEqualTo(rose.person().toString());

        signInBy("off");
        assertThat(type(at(address("rose"), "idp_hint", "ldap-" + town.value()), THEIRS)
                        .arrived())
                .isFalse();
    }
}
