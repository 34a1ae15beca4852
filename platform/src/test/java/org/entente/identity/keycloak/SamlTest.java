package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.ToldToApps;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** SAML 2.0 applications at the real Keycloak, by exchanges made and judged without its help. */
class SamlTest extends KeycloakTest {

    @Autowired
    KeycloakTold told;

    private final TestSamlApp courrier = TestCatalog.saml("courrier");
    private final TestSamlApp paie = TestCatalog.saml("paie");
    private final TestSamlApp coffre = TestCatalog.saml("coffre");

    @Test
    void aSignedAssertionTellsTheCapacityToTheApplicationThatAsked() {
        Capacity mayor = at("21690259300013");
        Person nadia = written(newcomer(mayor));
        String id = TestSamlApp.newId();

        Browser browser = signIn(new Browser(), courrier.url(courrier.request(id)), nadia);
        TestSamlApp.Assertion assertion = courrier.received(browser);

        assertThat(browser.page()).contains("action=\"" + courrier.consumer() + "\"");
        assertThat(browser.value("RelayState")).isEqualTo("here");
        assertThat(assertion.audience()).isEqualTo(courrier.entityId());
        assertThat(assertion.recipient()).isEqualTo(courrier.consumer());
        assertThat(assertion.inResponseTo()).isEqualTo(id);
        assertThat(assertion.format()).endsWith(":persistent");
        assertThat(assertion.about()).isNotEqualTo(nadia.person().toString());
        assertThat(assertion.attributes())
                .containsEntry("uid", List.of(nadia.person().toString()))
                .containsEntry("givenName", List.of("Nadia"))
                .containsEntry("sn", List.of("Benali"))
                .containsEntry("mail", List.of(mayor.address()))
                .containsEntry("siret", List.of("21690259300013"))
                .containsEntry("organizational_unit", List.of("Cabinet"))
                .containsEntry("belonging_population", List.of("elu"))
                .containsEntry("roles", List.of("user"))
                .containsEntry("amr", List.of("pwd"));
    }

    @Test
    void aPersonIsTheSameAtEachSignInAndAnotherInEachApplication() {
        Capacity mayor = at("21690259300013");
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia);
        String first = courrier.received(browser).about();

        Browser again = signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia);
        assertThat(courrier.received(again).about()).isEqualTo(first);
        // Signed in already: the other application gets what it is described with, the address.
        TestSamlApp.Assertion elsewhere =
                paie.received(again.open(paie.signedUrl(paie.request(TestSamlApp.newId()), "paie")));
        assertThat(elsewhere.format()).endsWith(":emailAddress");
        assertThat(elsewhere.about()).isEqualTo(mayor.address());
        ToldToApps.Told shown = told.ask(
                courrier.entityId(),
                new PersonId(nadia.person()),
                AffiliationId.of(mayor.id().toString()));
        assertThat(shown.protocol()).isEqualTo("saml");
        assertThat(shown.userinfo())
                .containsEntry("NameID", first)
                .containsEntry("siret", "21690259300013")
                .containsEntry("roles", "user");
    }

    @Test
    void anAssertionThatSomebodyChangedIsNotTheRealms() {
        Person nadia = written(newcomer(at("21690259300013")));
        Browser browser = signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia);
        String response = new String(Base64.getDecoder().decode(browser.value("SAMLResponse")), StandardCharsets.UTF_8);

        assertThat(courrier.received(response).attributes()).containsKey("siret");
        assertThatThrownBy(() -> courrier.received(response.replace("21690259300013", "20004697700019")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aRequestIsRefusedUnlessItIsWholeAndSignedWhereItMustBe() {
        String request = paie.request(TestSamlApp.newId());
        String signed = paie.signedUrl(request, "paie");

        assertRefused(paie.url(request));
        assertRefused(paie.signedUrl(request, "stranger"));
        assertRefused(signed.replace("RelayState=here", "RelayState=elsewhere"));
        assertRefused(TestSamlApp.endpoint() + "?SAMLRequest=bm90IGEgcmVxdWVzdA%3D%3D");
        assertRefused(courrier.url("<not-a-request/>"));
        // Another place than those of its description, or a stranger.
        assertRefused(new TestSamlApp(courrier.entityId(), "https://elsewhere.test/acs")
                .url(new TestSamlApp(courrier.entityId(), "https://elsewhere.test/acs").request(TestSamlApp.newId())));
        assertRefused(courrier.url(
                new TestSamlApp("https://unknown.test", courrier.consumer()).request(TestSamlApp.newId())));

        assertThat(new Browser().open(signed).title()).isEqualTo("Connexion");
    }

    @Test
    void aRequestIsAnsweredOnce() {
        Person nadia = written(newcomer(at("21690259300013")));
        String url = paie.signedUrl(paie.request(TestSamlApp.newId()), "paie");
        Browser browser = signIn(new Browser(), url, nadia);
        assertThat(paie.received(browser).audience()).isEqualTo(paie.entityId());

        assertThat(browser.open(url).page()).contains("a déjà servi").doesNotContain("SAMLResponse");
        Browser elsewhere = signIn(new Browser(), url, nadia);
        assertThat(elsewhere.page()).contains("a déjà servi").doesNotContain("SAMLResponse");
    }

    @Test
    void nobodyEntersWithoutASecondFactorWhereTheOperatorWantsOne() {
        Capacity mayor = TestPeople.at("21690259300013", "courrier", "coffre");
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia);
        // The password is enough elsewhere.
        assertThat(courrier.received(browser).attributes()).containsEntry("amr", List.of("pwd"));

        browser.open(coffre.url(coffre.request(TestSamlApp.newId())));
        assertThat(browser.title()).isEqualTo("Protéger votre compte");
        browser.send("factor", "factor", "code");
        String secret = browser.value("totpSecret");
        browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
        assertThat(coffre.received(browser).attributes()).containsEntry("amr", List.of("pwd", "otp", "mfa"));

        Browser another = signIn(new Browser(), coffre.url(coffre.request(TestSamlApp.newId())), nadia);
        assertThat(another.title()).isEqualTo("Votre code");
        another.send("otp", "otp", Totp.code(secret, 1));
        assertThat(coffre.received(another).attributes().get("acr"))
                .singleElement(STRING)
                .endsWith("consistency-checked-2fa");
        assertThat(told.ask(
                                coffre.entityId(),
                                new PersonId(nadia.person()),
                                AffiliationId.of(mayor.id().toString()))
                        .userinfo())
                .containsEntry("amr", List.of("pwd", "otp", "mfa"));
    }

    @Test
    void signingOutInTheApplicationEndsTheSessionAndLeadsBackToIt() {
        Person nadia = written(newcomer(at("21690259300013")));
        Browser browser = signIn(new Browser(), paie.signedUrl(paie.request(TestSamlApp.newId()), "paie"), nadia);
        TestSamlApp.Assertion assertion = paie.received(browser);
        String id = TestSamlApp.newId();

        assertRefused(paie.url(paie.logout(id, assertion)));
        browser.open(paie.signedUrl(paie.logout(id, assertion), "paie"));

        assertThat(browser.page()).contains("action=\"https://paie.test/slo\"");
        TestSamlApp.loggedOut(browser, id);
        assertThat(accounts.of(new PersonId(nadia.person()))).isEmpty();
    }

    @Test
    void aCapacityThatEndedOpensTheApplicationNoMore() {
        Capacity mayor = at("21690259300013");
        Capacity councillor = councillor();
        Person nadia = written(newcomer(mayor, councillor));
        Browser browser = signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia);
        courrier.received(browser);
        wiki.tokens(
                browser.open(wiki.signInUrl("", "capacity_hint", councillor.id().toString())));
        assertThat(accounts.of(new PersonId(nadia.person()))).hasSize(2);

        var cut = people.write(List.of(without(nadia, councillor))).getFirst().cut();

        assertThat(cut.clientSessions()).isEqualTo(1);
        assertThat(accounts.of(new PersonId(nadia.person()))).hasSize(1);
        assertThat(browser.open(courrier.url(courrier.request(TestSamlApp.newId())))
                        .title())
                .contains("Pas d’accès");
    }

    private static void assertRefused(String url) {
        Browser browser = new Browser().open(url);
        assertThat(browser.status()).as(url).isEqualTo(400);
        assertThat(browser.page()).doesNotContain("name=\"username\"");
    }

    private static Capacity at(String siret) {
        return TestPeople.at(siret, "courrier", "paie");
    }
}
