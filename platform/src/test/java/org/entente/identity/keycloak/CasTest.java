package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.identity.keycloak.TestCasApp.asks;
import static org.entente.identity.keycloak.TestCasApp.login;
import static org.entente.identity.keycloak.TestCasApp.ticket;

import java.time.Duration;
import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.ToldToApps;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CAS applications at the real Keycloak: what they are told, of whom, and when no more. */
class CasTest extends KeycloakTest {

    private static final String SIRET = "21690259300013";

    @Autowired
    KeycloakTold told;

    private final TestCasApp agenda = new TestCasApp("agenda");
    private final TestCasApp mediatheque = new TestCasApp("mediatheque");
    private final TestCasApp guichet = new TestCasApp("guichet");

    @Test
    void aTicketTellsTheCapacityOnceToTheApplicationThatAsked() {
        Capacity mayor = TestCasApp.at(SIRET);
        Person nadia = written(newcomer(mayor));

        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        assertThat(browser.left()).startsWith(agenda.there() + "?ticket=ST-");
        String ticket = browser.parameter("ticket");
        // What the protocol lets a ticket be, and every application can keep.
        assertThat(ticket).matches("ST-[A-Za-z0-9-]{20,29}");
        TestCasApp.Answer answer = asks(ticket, agenda.there());

        assertThat(answer.code()).isEmpty();
        assertThat(answer.user()).isNotEqualTo(nadia.person().toString()).doesNotContain("@");
        assertThat(answer.attributes())
                .containsEntry("uid", List.of(nadia.person().toString()))
                .containsEntry("givenName", List.of("Nadia"))
                .containsEntry("sn", List.of("Benali"))
                .containsEntry("mail", List.of(mayor.address()))
                .containsEntry("siret", List.of(SIRET))
                .containsEntry("siren", List.of("216902593"))
                .containsEntry("organizational_unit", List.of("Cabinet"))
                .containsEntry("belonging_population", List.of("elu"))
                .containsEntry("roles", List.of("user"))
                .containsEntry("amr", List.of("pwd"))
                .containsEntry("isFromNewLogin", List.of("true"))
                .containsKeys("acr", "idp_id", "authenticationDate");
        assertThat(asks(ticket, agenda.there()).code()).isEqualTo("INVALID_TICKET");
    }

    @Test
    void everyWayToAskAnswersTheSame() throws Exception {
        Person nadia = written(newcomer(TestCasApp.at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String user = asks(browser.parameter("ticket"), agenda.there()).user();

        for (String path : List.of("p3/serviceValidate", "proxyValidate", "p3/proxyValidate")) {
            String ticket = browser.open(login(agenda.there())).parameter("ticket");
            assertThat(TestCasApp.asksAt(path, ticket, agenda.there()).user())
                    .as(path)
                    .isEqualTo(user);
        }
        JsonNode json = json(browser.open(login(agenda.there())).parameter("ticket"));
        assertThat(json.at("/serviceResponse/authenticationSuccess/user").asString())
                .isEqualTo(user);
        assertThat(json.at("/serviceResponse/authenticationSuccess/attributes/siret")
                        .asString())
                .isEqualTo(SIRET);
        assertThat(json.at("/serviceResponse/authenticationSuccess/attributes/roles/0")
                        .asString())
                .isEqualTo("user");
        assertThat(json("ST-never")
                        .at("/serviceResponse/authenticationFailure/code")
                        .asString())
                .isEqualTo("INVALID_TICKET");
        String first = browser.open(login(agenda.there())).parameter("ticket");
        String url = TestCasApp.url("validate", "ticket", first, "service", agenda.there());
        assertThat(TestCasApp.text(url)).isEqualTo("yes\n" + user + "\n");
        assertThat(TestCasApp.text(url)).isEqualTo("no\n\n");
    }

    @Test
    void eachApplicationKnowsThePersonAsItIsDescribedAndAsTheOperatorIsShown() {
        Capacity mayor = TestCasApp.at(SIRET);
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String user = asks(browser.parameter("ticket"), agenda.there()).user();

        browser.open(login(mediatheque.there()));
        assertThat(asks(browser.parameter("ticket"), mediatheque.there()).user())
                .isEqualTo(mayor.address());
        browser.open(login(guichet.there()));
        assertThat(asks(browser.parameter("ticket"), guichet.there()).user())
                .isEqualTo(nadia.person().toString());
        Browser again = signIn(new Browser(), login(agenda.there()), nadia);
        assertThat(asks(again.parameter("ticket"), agenda.there()).user()).isEqualTo(user);
        ToldToApps.Told shown = told.ask(
                "cas:agenda",
                new PersonId(nadia.person()),
                AffiliationId.of(mayor.id().toString()));
        assertThat(shown.protocol()).isEqualTo("cas");
        assertThat(shown.userinfo())
                .containsEntry("user", user)
                .containsEntry("siret", SIRET)
                .containsEntry("roles", List.of("user"));
    }

    @Test
    void aSilentQuestionIsAnsweredWithoutATicketUnlessASessionIsOpen() {
        Person nadia = written(newcomer(TestCasApp.at(SIRET), TestCasApp.at("20004697700019")));
        Browser browser = new Browser().open(login(agenda.there(), "gateway", "true"));
        assertThat(browser.left()).isEqualTo(agenda.there());

        signIn(browser, login(mediatheque.there(), "gateway", "true", "renew", "true"), nadia);
        // A session, but a capacity to choose: that is a question, too.
        assertThat(browser.title()).startsWith("Au titre de quoi");
        choose(browser, nadia.capacities().getFirst());
        assertThat(browser.open(login(agenda.there(), "gateway", "true")).left())
                .isEqualTo(agenda.there());
        people.write(List.of(without(nadia, nadia.capacities().getFirst())));
        browser.open(login(agenda.there(), "gateway", "true"));
        assertThat(asks(browser.parameter("ticket"), agenda.there()).one("siret"))
                .isEqualTo(SIRET);
    }

    @Test
    void anApplicationMayHaveThePersonProveAgainWhoTheyAre() {
        Person nadia = written(newcomer(TestCasApp.at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        String fresh = browser.parameter("ticket");
        assertThat(asks(fresh, agenda.there(), "renew", "true").code()).isEmpty();

        String reused = browser.open(login(agenda.there())).parameter("ticket");
        assertThat(asks(reused, agenda.there(), "renew", "true").code()).isEqualTo("INVALID_TICKET");

        browser.open(login(agenda.there(), "renew", "true"));
        assertThat(browser.arrived()).isFalse();
        browser.send("password", "password", PASSWORD);
        TestCasApp.Answer again = asks(browser.parameter("ticket"), agenda.there(), "renew", "true");
        assertThat(again.one("isFromNewLogin")).isEqualTo("true");
    }

    @Test
    void aTicketSpeaksForTheCapacityThatWasChosenAndForNoOther() {
        Capacity mayor = TestCasApp.at(SIRET);
        Capacity councillor = TestCasApp.at("20004697700019");
        Person nadia = written(newcomer(mayor, councillor));
        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);
        assertThat(browser.title()).startsWith("Au titre de quoi");
        choose(browser, councillor);
        String ticket = browser.parameter("ticket");

        // Another tab of the same browser enters in the other capacity before the application has asked.
        choose(browser.open(login(agenda.there())), mayor);
        String other = browser.parameter("ticket");

        assertThat(asks(ticket, agenda.there()).code()).isEqualTo("INVALID_TICKET");
        TestCasApp.Answer answer = asks(other, agenda.there());
        assertThat(answer.one("siret")).isEqualTo(SIRET);
        assertThat(answer.one("mail")).isEqualTo(mayor.address());
    }

    @Test
    void aDepartureEndsTheTicketsOfThatCapacityAndTellsTheApplication() {
        Capacity mayor = TestCasApp.at(SIRET);
        Capacity councillor = councillor();
        Person nadia = written(newcomer(mayor, councillor));
        Browser browser = signIn(new Browser(), login(agenda.here()), nadia);
        String opened = ticket(browser);
        assertThat(asks(opened, agenda.here()).code()).isEmpty();
        String second = ticket(browser.open(login(agenda.here())));
        assertThat(asks(second, agenda.here()).code()).isEmpty();
        String unused = ticket(browser.open(login(agenda.here())));

        var cut = people.write(List.of(without(nadia, councillor))).getFirst().cut();

        assertThat(cut.clientSessions()).isEqualTo(1);
        assertThat(asks(unused, agenda.here()).code()).isEqualTo("INVALID_TICKET");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(agenda.endedTickets()).contains(opened, second));
        assertThat(agenda.endedTickets()).doesNotContain(unused);
        assertThat(signIn(new Browser(), login(agenda.here()), without(nadia, councillor))
                        .title())
                .contains("Pas d’accès");
    }

    @Test
    void whoHasNoRightToItGetsNoTicket() {
        Person nadia = written(newcomer(mayor()));

        Browser browser = signIn(new Browser(), login(agenda.there()), nadia);

        assertThat(browser.title()).contains("Pas d’accès");
        assertThat(browser.arrived()).isFalse();
    }

    @Test
    void signingOutAnywhereTellsTheApplicationAndLeadsOnlyToAddressesOfOurs() {
        Person nadia = written(newcomer(TestCasApp.at(SIRET)));
        Browser browser = signIn(new Browser(), login(agenda.here()), nadia);
        String ticket = ticket(browser);
        asks(ticket, agenda.here());
        browser.open(login(mediatheque.here()));
        String other = ticket(browser);
        asks(other, mediatheque.here());

        browser.open(TestCasApp.url("logout", "service", agenda.there()));

        assertThat(browser.left()).isEqualTo(agenda.there());
        assertThat(accounts.of(new PersonId(nadia.person()))).isEmpty();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(agenda.endedTickets()).contains(ticket);
            assertThat(mediatheque.endedTickets()).contains(other);
        });
        // Without a session, or to a stranger.
        assertThat(browser.open(TestCasApp.url("logout", "service", agenda.there()))
                        .left())
                .isEqualTo(agenda.there());
        signIn(browser, login(agenda.there()), nadia);
        for (String service : List.of("https://evil.test/", "//evil.test", "https://agenda.test@evil.test/cas")) {
            browser.open(TestCasApp.url("logout", "service", service));
            assertThat(browser.arrived()).isFalse();
            assertThat(browser.title()).isEqualTo("Vous êtes déconnecté");
        }
        assertThat(accounts.of(new PersonId(nadia.person()))).isEmpty();
    }

    @Test
    void theTicketIsPostedWhereTheApplicationAsksForThat() {
        Person nadia = written(newcomer(TestCasApp.at(SIRET)));

        Browser browser = signIn(new Browser(), login(agenda.there(), "method", "POST"), nadia);

        assertThat(browser.action()).isEqualTo(agenda.there());
        assertThat(asks(browser.value("ticket"), agenda.there()).code()).isEmpty();
    }

    @Test
    void whoComesWithoutAnApplicationIsLedToThePortal() {
        assertThat(TestCasApp.redirect(TestCasApp.url("login"))).isEqualTo("http://localhost:8400/");
    }

    private JsonNode json(String ticket) {
        return new JsonMapper()
                .readTree(TestCasApp.text(TestCasApp.url(
                        "p3/serviceValidate", "ticket", ticket, "service", agenda.there(), "format", "JSON")));
    }

    private static void choose(Browser browser, Capacity capacity) {
        browser.send("capacity", "capacity", capacity.id().toString());
    }
}
