package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.entente.directory.PersonId;
import org.entente.identity.SignInAccounts.Kind;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.Test;

class SignInTest extends KeycloakTest {

    @Test
    void anUnknownAddressIsAnsweredLikeAKnownOne() {
        Person nadia = written(newcomer(mayor()));

        Browser known = new Browser()
                .open(wiki.signInUrl(""))
                .send("username", "username", nadia.email())
                .send("password", "password", "wrong password here");
        Browser unknown = new Browser()
                .open(wiki.signInUrl(""))
                .send("username", "username", "nobody@mairie.test")
                .send("password", "password", "wrong password here");

        assertThat(known.page()).contains("Adresse ou mot de passe incorrect");
        assertThat(words(unknown.page(), "nobody@mairie.test")).isEqualTo(words(known.page(), nadia.email()));
        assertThat(unknown.status()).isEqualTo(known.status());
    }

    @Test
    void whatAFormAnswersHoldsNoScriptThatThePolicyWouldRefuse() {
        Person nadia = written(newcomer(mayor()));

        Browser asked = new Browser().open(wiki.signInUrl("")).send("username", "username", nadia.email());
        Browser refused = new Browser()
                .open(wiki.signInUrl(""))
                .send("username", "username", nadia.email())
                .send("password", "password", "wrong password here");

        for (Browser one : List.of(asked, refused)) {
            assertThat(one.page()).contains("<script").doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)");
        }
    }

    @Test
    void theOnlyFittingCapacityIsTakenAndToldInProConnectsWords() {
        Capacity mayor = mayor();
        Person nadia = written(newcomer(mayor, councillor()));

        Browser browser = signIn(
                new Browser(),
                forge.signInUrl(
                        "uid given_name usual_name email siren organizational_unit belonging_population phone roles capacity"),
                nadia);
        var claims = forge.tokens(browser).claims("id_token");

        assertThat(claims.path("sub").asString())
                .isEqualTo(claims.path("uid").asString())
                .isEqualTo(nadia.person().toString());
        assertThat(claims.path("given_name").asString()).isEqualTo("Nadia");
        assertThat(claims.path("usual_name").asString()).isEqualTo("Benali");
        assertThat(claims.path("email").asString()).isEqualTo(mayor.address());
        assertThat(claims.path("siren").asString()).isEqualTo("216902593");
        assertThat(claims.path("organizational_unit").asString()).isEqualTo("Cabinet");
        assertThat(claims.path("belonging_population").asString()).isEqualTo("elu");
        assertThat(claims.path("phone").asString()).isEqualTo("04 72 00 00 00");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(claims.path("capacity").path("id").asString())
                .isEqualTo(mayor.id().toString());
        assertThat(claims.path("acr").asString()).endsWith("consistency-checked");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\"]");
    }

    @Test
    void onlyTheClaimsAskedForAreGiven() {
        Person nadia = written(newcomer(mayor()));

        var claims = wiki.tokens(signIn(new Browser(), wiki.signInUrl("siren"), nadia))
                .claims("id_token");

        assertThat(claims.path("siren").asString()).isEqualTo("216902593");
        assertThat(claims.has("email")).isFalse();
        assertThat(claims.has("usual_name")).isFalse();
    }

    @Test
    void anApplicationThatKnowsOnlyTheStandardScopesIsToldWhatTheyPromise() {
        Capacity mayor = mayor();
        Person nadia = written(newcomer(mayor));

        var claims = wiki.tokens(signIn(new Browser(), wiki.signInUrl("profile email"), nadia))
                .claims("id_token");

        assertThat(claims.path("name").asString()).isEqualTo("Nadia Benali");
        assertThat(claims.path("given_name").asString()).isEqualTo("Nadia");
        assertThat(claims.path("family_name").asString()).isEqualTo("Benali");
        assertThat(claims.path("preferred_username").asString()).isEqualTo(mayor.address());
        assertThat(claims.path("email").asString()).isEqualTo(mayor.address());
        assertThat(claims.has("siret")).isFalse();
    }

    @Test
    void severalCapacitiesAreAChoiceThatIsRememberedUntilAskedAnew() {
        Capacity mayor = mayor();
        Capacity councillor = councillor();
        Person nadia = written(newcomer(mayor, councillor));

        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity"), nadia);
        assertThat(browser.page()).contains("Adjointe au maire", "Conseillère métropolitaine", "Vénissieux");
        browser.send("capacity", "capacity", councillor.id().toString(), "remember", "on");
        assertThat(capacityOf(browser)).isEqualTo(councillor.id().toString());

        // The next entry, signed in already, asks for nothing.
        assertThat(capacityOf(browser.open(wiki.signInUrl("capacity"))))
                .isEqualTo(councillor.id().toString());
        assertThat(browser.open(wiki.signInUrl("capacity", "prompt", "select_account"))
                        .page())
                .contains("Adjointe au maire");
        assertThat(capacityOf(browser.send("capacity", "capacity", mayor.id().toString())))
                .isEqualTo(mayor.id().toString());
    }

    @Test
    void whoIsSignedInAlreadyProvesAgainByPasswordWhereTheApplicationAsksForThat() {
        Person nadia = written(newcomer(mayor()));
        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity"), nadia);

        browser.open(wiki.signInUrl("capacity", "prompt", "login"));

        assertThat(browser.title()).isEqualTo("Votre mot de passe");
        assertThat(wiki.tokens(browser.send("password", "password", PASSWORD)).status())
                .isEqualTo(200);
    }

    @Test
    void aHintThatFitsSkipsTheChoiceAndOneThatDoesNotIsNoRule() {
        Capacity mayor = mayor();
        Capacity councillor = councillor();
        Person nadia = written(newcomer(mayor, councillor));

        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity", "siret_hint", "20004697700019"), nadia);
        assertThat(capacityOf(browser)).isEqualTo(councillor.id().toString());

        browser.open(wiki.signInUrl("capacity", "capacity_hint", mayor.id().toString()));
        assertThat(capacityOf(browser)).isEqualTo(mayor.id().toString());

        assertThat(browser.open(wiki.signInUrl("capacity", "siret_hint", "13002526500013"))
                        .page())
                .contains("Adjointe au maire", "Conseillère métropolitaine");
    }

    @Test
    void aForgedChoiceIsOfferedAnew() {
        Person nadia = written(newcomer(mayor(), councillor()));

        Browser browser = signIn(new Browser(), wiki.signInUrl("capacity"), nadia)
                .send("capacity", "capacity", UUID.randomUUID().toString());

        assertThat(browser.page()).contains("Adjointe au maire");
    }

    @Test
    void noCapacityIsAPlainPageAndNoToken() {
        Person nadia = written(newcomer(councillor()));

        Browser browser = signIn(new Browser(), forge.signInUrl(""), nadia);

        assertThat(browser.title()).contains("Pas d’accès à App forge");
        assertThat(browser.page()).contains("administrateur de votre collectivité");
    }

    @Test
    void whoNeedsASecondFactorSetsOneUpAndIsAskedForItFromThenOn() {
        Capacity mayor = mayor();
        Person admin = TestPeople.person(UUID.randomUUID(), 1, true, List.of(mayor));
        written(admin);

        Browser first = signIn(new Browser(), wiki.signInUrl(""), admin);
        assertThat(first.title()).isEqualTo("Protéger votre compte");
        first.send("factor", "factor", "code");
        String secret = first.value("totpSecret");
        first.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
        assertThat(wiki.tokens(first).status()).isEqualTo(200);
        assertThat(accounts.secondFactors(new PersonId(admin.person())))
                .singleElement()
                .satisfies(factor -> assertThat(factor.kind()).isEqualTo(Kind.CODE));

        Browser second = signIn(new Browser(), wiki.signInUrl(""), admin);
        assertThat(second.title()).isEqualTo("Votre code");
        assertThat(second.send("otp", "otp", "000000").page()).contains("Ce code n’est pas le bon");
        second.send("otp", "otp", Totp.code(secret, 1));
        var claims = wiki.tokens(second).claims("id_token");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        assertThat(claims.path("acr").asString()).endsWith("consistency-checked-2fa");
    }

    @Test
    void aFirstSignInLinkIsGoodOnce() {
        Person nadia = newcomer(mayor());
        people.write(List.of(nadia));
        String link = accounts.firstSignInLink(new PersonId(nadia.person()), java.time.Duration.ofHours(1))
                .url();

        Browser browser = new Browser().open(link);
        assertThat(browser.title()).isEqualTo("Bienvenue");
        browser.open(browser.link()).send("password-new", "password-new", PASSWORD, "password-confirm", PASSWORD);

        assertThat(wiki.tokens(signIn(new Browser(), wiki.signInUrl(""), nadia)).status())
                .isEqualTo(200);
        assertThat(new Browser().open(link).page()).doesNotContain("password-new");
    }

    /** Whoever was handed the link could not give what another member gives. */
    @Test
    void aFirstSignInLinkEndsWhenAnotherMemberAddsThePerson() {
        Person nadia = newcomer(mayor());
        people.write(List.of(nadia));
        String link = accounts.firstSignInLink(new PersonId(nadia.person()), java.time.Duration.ofHours(1))
                .url();

        people.write(List.of(TestPeople.with(nadia, 2, nadia.capacities().getFirst(), mayor())));

        assertThat(new Browser().open(link).page())
                .doesNotContain("password-new")
                .doesNotContain("Bienvenue");
        assertThat(new Browser()
                        .open(accounts.firstSignInLink(new PersonId(nadia.person()), java.time.Duration.ofHours(1))
                                .url())
                        .title())
                .isEqualTo("Bienvenue");
    }

    @Test
    void aForgottenPasswordNeverTellsWhoIsKnown() {
        Person nadia = written(newcomer(mayor()));

        String known = forgotten(nadia.email());
        String unknown = forgotten("nobody@mairie.test");

        assertThat(known).contains("Si cette adresse est connue du territoire");
        assertThat(words(unknown, "nobody@mairie.test")).isEqualTo(words(known, nadia.email()));
    }

    private String forgotten(String address) {
        Browser browser = new Browser().open(wiki.signInUrl("")).send("username", "username", address);
        var link = java.util.regex.Pattern.compile("href=\"([^\"]*reset-credentials[^\"]*)\"")
                .matcher(browser.page());
        assertThat(link.find()).isTrue();
        return browser.open(link.group(1).replace("&amp;", "&").replaceFirst("^/", origin()))
                .send("username", "username", address)
                .page();
    }

    private static String origin() {
        return org.entente.testing.TestKeycloak.url() + "/";
    }

    private String capacityOf(Browser browser) {
        return wiki.tokens(browser)
                .claims("id_token")
                .path("capacity")
                .path("id")
                .asString();
    }

    /** The page without what differs for everybody: the session's codes, and what was typed. */
    private static String words(String page, String typed) {
        return page.replace(typed, "…")
                .replaceAll("(session_code|execution|tab_id|client_data)=[^&\" ]*", "")
                .replaceAll("data-challenge=\"[^\"]*\"", "");
    }
}
