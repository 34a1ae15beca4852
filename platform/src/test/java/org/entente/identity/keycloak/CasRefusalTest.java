package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.identity.keycloak.TestCasApp.asks;
import static org.entente.identity.keycloak.TestCasApp.at;
import static org.entente.identity.keycloak.TestCasApp.login;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.Test;

/** What nobody gets from CAS: somebody else's ticket, a redirect elsewhere, an answer that says more than it should. */
class CasRefusalTest extends KeycloakTest {

    private static final String SIRET = "21690259300013";

    private final TestCasApp agenda = new TestCasApp("agenda");
    private final TestCasApp mediatheque = new TestCasApp("mediatheque");

    @Test
    void aTicketIsOfOneAddressAndGoneOnceSomebodyAskedForAnother() {
        Person nadia = written(newcomer(at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String ticket = browser.parameter("ticket");

        assertThat(asks(ticket, "https://agenda.test/app/other").code()).isEqualTo("INVALID_SERVICE");
        assertThat(asks(ticket, agenda.there()).code()).isEqualTo("INVALID_TICKET");
        // Nor is it good for another application that got hold of it.
        String stolen = browser.open(login(agenda.there())).parameter("ticket");
        assertThat(asks(stolen, mediatheque.there()).code()).isEqualTo("INVALID_SERVICE");
        assertThat(asks(browser.open(login(agenda.there())).parameter("ticket"), "https://evil.test/")
                        .code())
                .isEqualTo("UNAUTHORIZED_SERVICE");
    }

    @Test
    void aQuestionThatIsNotOneIsRefusedInTheWordsOfTheProtocol() {
        Person nadia = written(newcomer(at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String ticket = browser.parameter("ticket");
        int calls = TestCasApp.received().size();

        assertThat(TestCasApp.read(TestCasApp.text(TestCasApp.url("serviceValidate")))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(TestCasApp.read(TestCasApp.text(TestCasApp.url("serviceValidate", "ticket", ticket)))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(asks(ticket, agenda.there(), "service", mediatheque.there()).code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(asks(ticket, agenda.there(), "format", "YAML").code()).isEqualTo("INVALID_REQUEST");
        // A proxy is refused, and its address never called.
        TestCasApp.Answer proxy = asks(ticket, agenda.there(), "pgtUrl", agenda.here());
        assertThat(proxy.code()).isEqualTo("INVALID_PROXY_CALLBACK");
        assertThat(proxy.why()).contains("pgtUrl");
        assertThat(TestCasApp.received()).hasSize(calls);
        for (String odd : List.of("PT-1", "ST-1", ticket + "x", "<x>", "entente.cas." + ticket, "x".repeat(5_000))) {
            assertThat(asks(odd, agenda.there()).code()).isEqualTo("INVALID_TICKET");
        }
        assertThat(asks(ticket, agenda.there()).code()).isEmpty();
    }

    @Test
    void aTicketThatWasKeptTooLongIsWorthNothing() {
        Person nadia = written(newcomer(at(SIRET)));
        String ticket = signIn(new Browser(), login(agenda.there()), nadia).parameter("ticket");

        await().pollDelay(Duration.ofSeconds(17)).atMost(Duration.ofSeconds(30)).until(() -> true);

        assertThat(asks(ticket, agenda.there()).code()).isEqualTo("INVALID_TICKET");
    }

    @Test
    void noAddressThatIsNotAnApplicationsIsEverLedTo() {
        Person nadia = written(newcomer(at(SIRET)));
        Browser signedIn = signIn(new Browser(), login(agenda.there()), nadia);
        for (String service : List.of(
                "https://evil.test/",
                "http://agenda.test/cas",
                "https://agenda.test:8443/cas",
                "https://agenda.test/cas/",
                "https://agenda.test/cas?x=1",
                "https://agenda.test/cas#x",
                "https://agenda.test/apple",
                "https://agenda.test/app/../admin",
                "https://agenda.test/app/%2e%2e/admin",
                "https://agenda.test/app/%252e%252e/admin",
                "https://agenda.test/app/..%2fadmin",
                "https://agenda.test/app/..;x/admin",
                "https://agenda.test/app/x?ticket=ST-of-somebody",
                "https://agenda.test@evil.test/cas",
                "https://agenda.test.evil.test/app/",
                "https://nadia@agenda.test/app/x",
                "https://evil.test\\@agenda.test/app/x",
                "//agenda.test/cas",
                "/cas",
                "javascript:alert(1)//agenda.test/cas",
                "data:text/html,x",
                "https://agenda.test/app/x\r\nSet-Cookie: a=b",
                "https://agenda.test/app/é",
                "")) {
            for (Browser browser : List.of(new Browser(), signedIn)) {
                browser.open(login(service));
                assertThat(browser.status()).as(service).isEqualTo(400);
                assertThat(browser.arrived()).as(service).isFalse();
                assertThat(browser.page()).doesNotContain("name=\"username\"").contains("pas connue ici");
            }
        }
        assertThat(new Browser()
                        .open(login(agenda.there(), "service", "https://evil.test/"))
                        .status())
                .isEqualTo(400);
        // What is within a registered beginning is, with its query.
        assertThat(signedIn.open(login("https://AGENDA.test:443/app/x?a=b%20c&"))
                        .left())
                .startsWith("https://AGENDA.test:443/app/x?a=b%20c&ticket=ST-");
    }

    @Test
    void whatTheBrowserSaysOfALostSignInLeadsNowhereElse() {
        Person nadia = written(newcomer(at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String lost = TestCasApp.endpoint("x")
                .replace(
                        "protocol/cas/x", "login-actions/authenticate?client_id=cas%3Aagenda&tab_id=none&client_data=");

        browser.open(lost + data("https://evil.test/"));
        assertThat(browser.arrived()).isFalse();
        browser.open(lost + data(agenda.there()));
        assertThat(asks(browser.parameter("ticket"), agenda.there()).code()).isEmpty();
    }

    @Test
    void itIsNothingAtTheAddressesOfOtherProtocols() {
        String base = TestCasApp.endpoint("x").replace("/cas/x", "");
        Browser oidc = new Browser()
                .open(base + "/openid-connect/auth?client_id=cas%3Aagenda&response_type=code&scope=openid&redirect_uri="
                        + agenda.there());
        assertThat(oidc.status()).isEqualTo(400);
        assertThat(oidc.page()).doesNotContain("name=\"username\"");
        // And the others are nothing here: their redirect URIs are no service addresses.
        assertThat(new Browser().open(login("http://app.test/cb")).status()).isEqualTo(400);
        assertThat(new Browser().open(login(TestCatalog.redirect("parapheur"))).status())
                .isEqualTo(400);
    }

    @Test
    void aServiceThatIsNotInTheCatalogueAnyMoreStandsInNobodysWay() {
        TestApp.admin()
                .authorised()
                .post()
                .uri("/admin/realms/entente/clients")
                .body(Map.of(
                        "clientId", "cas:a-former-one", "protocol", "cas", "redirectUris", List.of(agenda.there())))
                .retrieve()
                .toBodilessEntity();
        Person nadia = written(newcomer(at(SIRET)));

        keeper.apply();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> TestApp.client("cas:a-former-one").isEmpty());

        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        assertThat(asks(browser.parameter("ticket"), agenda.there()).code()).isEmpty();
        assertThat(TestApp.client("cas:agenda")).hasSize(1);
    }

    @Test
    void whateverANameHoldsTheAnswerIsOneThatCanBeRead() {
        Capacity mayor = at(SIRET);
        Person before = newcomer(mayor);
        Person odd = written(new Person(
                before.person(),
                1,
                true,
                "Na<dia> & \"]]>",
                "O’Be\u0007nali</cas:sn><cas:roles>admin",
                "fr",
                before.email(),
                before.addresses(),
                false,
                List.of(mayor)));
        Browser browser = signIn(new Browser(), login(agenda.there()), odd);

        TestCasApp.Answer answer = asks(browser.parameter("ticket"), agenda.there());

        assertThat(answer.one("givenName")).isEqualTo("Na<dia> & \"]]>");
        assertThat(answer.one("sn")).isEqualTo("O’Benali</cas:sn><cas:roles>admin");
        assertThat(answer.one("roles")).isEqualTo("user");
    }

    private static String data(String redirect) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"ru\":\"" + redirect + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
