package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.entente.base.Refusal;
import org.entente.identity.SignInEngineReady;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.TestApp;
import org.entente.testing.LemonLdap;
import org.junit.jupiter.api.Test;

/** People of a member sign in by its own LemonLDAP::NG, a real one: by OpenID Connect and by SAML 2.0. */
class SourceSignInTest extends SourcedTown {

    @Test
    void anAddressOfItsDomainLeadsToTheTownsProviderAndBack() throws Exception {
        inService(oidc());
        Person rose = written(person(post("rtyler")));

        Browser browser =
                new Browser().open(app.signInUrl("uid email siren")).send("username", "username", rose.email());
        assertThat(browser.page()).contains("LemonLDAP::NG");
        atTheTown(browser, "rtyler");

        var claims = app.tokens(browser).claims("id_token");
        assertThat(claims.path("uid").asString()).isEqualTo(rose.person().toString());
        assertThat(claims.path("email").asString()).isEqualTo("rtyler@" + LemonLdap.DOMAIN);
        assertThat(claims.path("acr").asString()).endsWith("consistency-checked");

        // Linked now: the next time nothing is asked, nor is anything when the application names the address.
        Browser again = new Browser().open(app.signInUrl("uid", "login_hint", rose.email()));
        assertThat(app.tokens(atTheTown(again, "rtyler")).status()).isEqualTo(200);
    }

    @Test
    void samlDoesToo() throws Exception {
        inService(saml());
        Person rose = written(person(post("rtyler")));

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        passedOn(atTheTown(browser, "rtyler"));

        assertThat(app.tokens(browser).claims("id_token").path("uid").asString())
                .isEqualTo(rose.person().toString());
    }

    @Test
    void aResponseOfSamlIsGoodOnceForOneBrowserAndOnlyAsItWasSigned() throws Exception {
        inService(saml());
        written(person(post("rtyler")));
        written(person(post("dwho")));
        Browser rose = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(rose, "rtyler");
        String response = hidden(rose, "SAMLResponse");
        String state = hidden(rose, "RelayState");

        // Somebody else's browser, in the middle of a sign-in of its own.
        Browser thief = new Browser().open(app.signInUrl("uid")).send("username", "username", address("dwho"));
        atTheTown(thief, "dwho");
        String own = hidden(thief, "RelayState");
        assertThat(thief.submit("SAMLResponse", "SAMLResponse", response, "RelayState", own)
                        .page())
                .doesNotContain("code=")
                .contains("Nous ne pouvons pas continuer");

        // The address of another, with the signature as it was.
        Browser forger = new Browser().open(app.signInUrl("uid")).send("username", "username", address("dwho"));
        atTheTown(forger, "dwho");
        String altered = base64(text(hidden(forger, "SAMLResponse")).replace("dwho@", "rtyler@"));
        assertThat(forger.submit("SAMLResponse", "SAMLResponse", altered).status())
                .isGreaterThanOrEqualTo(400);

        assertThat(app.tokens(passedOn(rose)).status()).isEqualTo(200);
        // Played again when it has been used.
        Browser again = new Browser().open(app.signInUrl("uid")).send("username", "username", address("dwho"));
        atTheTown(again, "dwho");
        again.submit("SAMLResponse", "SAMLResponse", response, "RelayState", state);
        assertThat(again.arrived()).isFalse();
    }

    @Test
    void anAccountOfNobodyIsRefusedAndTheTownsAdminSeesWhy() throws Exception {
        IdentitySource source = inService(oidc());

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("msmith"));
        atTheTown(browser, "msmith");

        assertThat(browser.title()).isEqualTo("Votre collectivité vous connaît, mais pas ici");
        assertThat(browser.page()).contains("Personne dans cette collectivité n’a l’adresse " + address("msmith"));
        assertThat(sources.refusals(town, source.id())).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("source_unknown");
            assertThat(refused.address()).isEqualTo(address("msmith"));
        });
    }

    @Test
    void anAddressThatIsNotVerifiedOpensNothing() throws Exception {
        IdentitySource source = oidc();
        sources.change(town, source.id(), described("on", false), admin);
        written(person(post("rtyler")));

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(browser, "rtyler");

        assertThat(browser.page()).contains("ne dit pas l’avoir vérifiée");
    }

    @Test
    void anotherTownsProviderCannotSpeakForSomebodyByTheirAddress() throws Exception {
        written(person(post("rtyler")));
        Other other = anotherTown();
        IdentitySource theirs = sources.make(other.town(), "oidc", "Connexion des autres", other.admin());
        provider().restart(LemonLdap.client(engine.ours(theirs.id().toString()).redirectUri()));
        sources.change(other.town(), theirs.id(), described("trial", true, List.of()), other.admin());
        try {
            Browser browser = new Browser()
                    .open(app.signInUrl("uid", "idp_hint", theirs.id().toString()));
            atTheTown(browser, "rtyler");

            assertThat(browser.page()).contains("dont le domaine n’est pas l’un des siens");
            assertThatThrownBy(() -> sources.change(
                            other.town(), theirs.id(), described("on", true, List.of(LemonLdap.DOMAIN)), other.admin()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("source.domain");
            assertThatThrownBy(() -> sources.one(town, theirs.id())).hasMessageContaining("source.unknown");
        } finally {
            sources.remove(other.town(), theirs.id(), other.admin());
        }
    }

    @Test
    void whoIsAlsoWithAnotherMemberConfirmsOnceThatItIsThem() throws Exception {
        inService(oidc());
        Person rose = written(person(post("rtyler"), elsewhere("rose@ailleurs.example")));
        password(rose);

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(browser, "rtyler");
        assertThat(browser.title()).isEqualTo("C’est bien vous\u00a0?");
        assertThat(browser.send("password", "password", "not the right one").page())
                .contains("n’est pas le bon");
        // Until Keycloak has counted a failure, beside the answer, it takes the next try for one at the same time.
        await().until(() -> TestApp.failures(rose.person()) == 1);
        browser.send("password", "password", PASSWORD);
        chooseFirst(browser);
        assertThat(app.tokens(browser).claims("id_token").path("uid").asString())
                .isEqualTo(rose.person().toString());

        Browser again = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(again, "rtyler");
        chooseFirst(again);
        assertThat(app.tokens(again).status()).isEqualTo(200);
    }

    @Test
    void aTownsProviderNoLongerOpensTheAccountOfWhoHasLeftIt() throws Exception {
        inService(oidc());
        var kept = elsewhere("rose@ailleurs.example");
        Person rose = written(person(post("rtyler"), kept));
        password(rose);
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(browser, "rtyler").send("password", "password", PASSWORD);
        chooseFirst(browser);
        assertThat(app.tokens(browser).status()).isEqualTo(200);

        people.write(List.of(with(rose, kept)));

        Browser later = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(later, "rtyler");
        assertThat(later.title()).isEqualTo("Votre collectivité vous connaît, mais pas ici");
        // Their other post opens as it did.
        Browser other = new Browser()
                .open(app.signInUrl("uid"))
                .send("username", "username", "rose@ailleurs.example")
                .send("password", "password", PASSWORD);
        assertThat(app.tokens(other).status()).isEqualTo(200);
    }

    @Test
    void anOutageOfTheTownsProviderLocksOutNoAdminAndLetsInNobodyElse() throws Exception {
        inService(oidc());
        Person chief = written(person(true, post("dwho")));
        Person agent = written(person(post("rtyler")));
        password(chief);
        password(agent);
        provider().close();
        try {
            Browser byHint = new Browser().open(app.signInUrl("uid", "idp_hint", "entente"));
            byHint.send("username", "username", chief.email()).send("password", "password", PASSWORD);
            assertThat(byHint.title()).isEqualTo("Protéger votre compte");

            Browser refused = new Browser().open(app.signInUrl("uid", "idp_hint", "entente"));
            refused.send("username", "username", agent.email()).send("password", "password", PASSWORD);
            assertThat(refused.page()).contains("Adresse ou mot de passe incorrect");
        } finally {
            provider().restart(java.util.Map.of());
        }
    }

    @Test
    void asLongAsItIsOnTrialOnlyALinkThatNamesItLeadsThere() throws Exception {
        IdentitySource source = oidc();
        sources.change(town, source.id(), described("trial", true), admin);
        Person rose = written(person(post("rtyler")));

        Browser usual = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        assertThat(usual.title()).isEqualTo("Votre mot de passe");
        Browser named = new Browser()
                .open(app.signInUrl("uid", "kc_idp_hint", source.id().toString()));
        assertThat(app.tokens(atTheTown(named, "rtyler")).status()).isEqualTo(200);

        sources.change(town, source.id(), state("off"), admin);
        assertThat(new Browser()
                        .open(app.signInUrl("uid", "kc_idp_hint", source.id().toString()))
                        .title())
                .isEqualTo("Connexion");
    }

    @Test
    void severalWaysInAreAShortChoice() throws Exception {
        IdentitySource first = oidc();
        sources.change(town, first.id(), passwordsToo(), admin);
        Person elu = written(person(post("councillor")));
        password(elu);

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", elu.email());
        assertThat(browser.title()).isEqualTo("Par où vous connecter\u00a0?");
        assertThat(browser.page()).contains("Connexion de la ville", "Mot de passe du territoire");
        browser.send("source", "source", "password").send("password", "password", PASSWORD);
        assertThat(app.tokens(browser).status()).isEqualTo(200);

        Browser other = new Browser().open(app.signInUrl("uid")).send("username", "username", elu.email());
        assertThat(other.send("source", "source", first.id().toString()).page()).contains("LemonLDAP::NG");
    }

    @Test
    void whatOnePersonProvedInATabProvesNothingForWhoComesNext() throws Exception {
        IdentitySource source = inService(oidc());
        Person chief = written(person(true, post("dwho")));
        written(person(post("rtyler"), post("rtyler")));
        Browser linked = new Browser().open(app.signInUrl("uid")).send("username", "username", chief.email());
        assertThat(atTheTown(linked, "dwho").title()).isEqualTo("Protéger votre compte");

        // Somebody who needs no second factor goes as far as the choice of a capacity, then comes again as the chief.
        Browser thief = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        assertThat(atTheTown(thief, "rtyler").title()).startsWith("Au titre de quoi");
        String halfWay = thief.action();
        thief.forget("lemonldap");
        thief.open(halfWay.replaceFirst("/login-actions/[^?]*", "/broker/" + source.id() + "/login"));
        atTheTown(thief, "dwho");

        assertThat(thief.title()).isEqualTo("Protéger votre compte");
        assertThat(thief.arrived()).isFalse();
        // Nor does the page that was left open.
        assertThat(new Browser().open(halfWay).arrived()).isFalse();
    }

    @Test
    void whoJoinsAnotherMemberConfirmsBeforeTheProviderOfTheFirstOpensThatToo() throws Exception {
        inService(oidc());
        var first = post("rtyler");
        Person rose = written(person(first));
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        assertThat(app.tokens(atTheTown(browser, "rtyler")).status()).isEqualTo(200);

        people.write(List.of(with(rose, first, elsewhere("rose@ailleurs.example"))));
        password(rose);

        Browser later = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        assertThat(atTheTown(later, "rtyler").title()).isEqualTo("C’est bien vous\u00a0?");
        later.send("password", "password", PASSWORD);
        chooseFirst(later);
        assertThat(app.tokens(later).status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordsOfStrangersLockNobodyOutOfTheirOwnProvider() throws Exception {
        inService(oidc());
        Person rose = written(person(post("rtyler")));
        password(rose);
        for (int i = 0; i < 10; i++) {
            new Browser()
                    .open(app.signInUrl("uid", "idp_hint", "entente"))
                    .send("username", "username", rose.email())
                    .send("password", "password", "a wrong password " + i);
        }

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        assertThat(app.tokens(atTheTown(browser, "rtyler")).status()).isEqualTo(200);
    }

    @Test
    void aRealmMadeAnewHasItsSourcesAgain() throws Exception {
        IdentitySource source = inService(oidc());
        engine.remove(source.id().toString());

        events.publishEvent(new SignInEngineReady());

        Person rose = written(person(post("rtyler")));
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        assertThat(app.tokens(atTheTown(browser, "rtyler")).status()).isEqualTo(200);
    }
}
