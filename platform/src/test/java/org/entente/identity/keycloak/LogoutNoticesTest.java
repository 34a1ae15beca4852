package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.entente.directory.PersonId;
import org.entente.identity.LogoutNotices;
import org.entente.identity.LogoutNotices.Notice;
import org.entente.identity.LogoutNotices.Outcome;
import org.entente.identity.LogoutNotices.Told;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A SAML application that takes logout requests by SOAP, at the real Keycloak: told without a browser, whoever ends the session. */
class LogoutNoticesTest extends KeycloakTest {

    @Autowired
    LogoutNotices engine;

    private final TestSamlApp dossier = ToldApps.dossier();

    @AfterEach
    void theApplicationsAnswerAgain() {
        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);
    }

    @Test
    void aDepartureReachesItByTheNameAndTheSessionItKnows() {
        Entered entered = entered();

        List<Notice> notices = leaves(entered);

        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.means()).isEqualTo(LogoutNotices.Means.SAML_SOAP);
            assertThat(notice.service()).isEqualTo("dossier");
            assertThat(notice.capacity()).isEqualTo(entered.capacity().id());
        });
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        // Asking what became of it is not sending it again.
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(ToldApps.soap(entered.assertion().about())).singleElement().satisfies(request -> {
            assertThat(request.session()).isEqualTo(entered.assertion().session());
            assertThat(request.destination()).isEqualTo(ToldApps.url("/dossier/soap"));
            assertThat(request.issuer()).endsWith("/realms/entente");
        });
        assertThat(engine.see(notices, true)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        // A new request each time, signed anew.
        assertThat(ToldApps.soap(entered.assertion().about()))
                .extracting(ToldApps.Request::id)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void itIsToldWhenTheCapacityGivesItNoMoreAndLives() {
        Entered entered = entered();

        people.write(List.of(TestPeople.with(entered.person(), 2, TestPeople.giving(entered.capacity(), "paie"))));

        told(entered);
    }

    @Test
    void aCasApplicationIsToldByItsTicketWhenTheCapacityGivesItNoMoreAndLives() {
        TestCasApp agenda = new TestCasApp("agenda");
        Capacity mayor = TestCasApp.at("21690259300013");
        Person nadia = written(newcomer(mayor));
        String ticket = TestCasApp.ticket(signIn(new Browser(), TestCasApp.login(agenda.here()), nadia));
        assertThat(TestCasApp.asks(ticket, agenda.here()).code()).isEmpty();

        people.write(List.of(TestPeople.with(nadia, 2, TestPeople.giving(mayor, "guichet"))));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestCasApp.received()).anyMatch(told -> told.contains(ticket)));
    }

    @Test
    void whoDidNotHearOfTheNoticesTheFirstTimeDoesTheSecond() {
        Entered entered = entered();
        List<Notice> notices = leaves(entered);

        assertThat(people.write(List.of(gone(entered))).getFirst().notices()).isEqualTo(notices);
    }

    @Test
    void onlyItsOwnAnswerThatAllWentWellIsOne() {
        List<Notice> notices = leaves(entered());

        assertThat(saidTo(notices, ToldApps.Answer.CANNOT)).isEqualTo(new Said(Outcome.REFUSED, "saml Responder"));
        assertThat(saidTo(notices, ToldApps.Answer.FAULT)).isEqualTo(new Said(Outcome.SILENT, "http 500"));
        assertThat(saidTo(notices, ToldApps.Answer.TO_ANOTHER)).isEqualTo(new Said(Outcome.SILENT, "saml none"));
        assertThat(saidTo(notices, ToldApps.Answer.WITH_A_DOCTYPE)).isEqualTo(new Said(Outcome.SILENT, "saml none"));
        assertThat(saidTo(notices, ToldApps.Answer.SUCCESS)).isEqualTo(new Said(Outcome.ANSWERED, "saml Success"));
    }

    @Test
    void oneThatDripsItsAnswerIsSilentAndIsHungUpOn() {
        List<Notice> notices = leaves(entered());
        int before = ToldApps.hungUp();

        assertThat(saidTo(notices, ToldApps.Answer.DRIPS)).isEqualTo(new Said(Outcome.SILENT, "timeout"));

        await().atMost(Duration.ofSeconds(20)).until(() -> ToldApps.hungUp() > before);
    }

    @Test
    void itIsToldWhenThePersonSignsOut() {
        Entered entered = entered();
        PersonId person = new PersonId(entered.person().person());

        accounts.of(person).forEach(session -> accounts.end(person, session.session()));

        told(entered);
    }

    @Test
    void itIsToldWhenThePersonSignsOutInAnotherApplicationAndTheBrowserIsNotLedThere() {
        TestSamlApp paie = TestCatalog.saml("paie");
        Capacity mayor = TestPeople.at("21690259300013", "dossier", "paie");
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), dossier.url(dossier.request(TestSamlApp.newId())), nadia);
        Entered entered = new Entered(nadia, mayor, dossier.received(browser));
        browser.open(paie.signedUrl(paie.request(TestSamlApp.newId()), "paie"));
        TestSamlApp.Assertion there = paie.received(browser);
        String id = TestSamlApp.newId();

        browser.open(paie.signedUrl(paie.logout(id, there), "paie"));

        TestSamlApp.loggedOut(browser, id);
        told(entered);
    }

    @Test
    void anApplicationWithoutSuchAnAddressIsNamedAsOneThatCannotBeTold() {
        TestSamlApp courrier = TestCatalog.saml("courrier");
        Capacity mayor = TestPeople.at("21690259300013", "courrier");
        Person nadia = written(newcomer(mayor));
        courrier.received(signIn(new Browser(), courrier.url(courrier.request(TestSamlApp.newId())), nadia));

        List<Notice> notices =
                people.write(List.of(TestPeople.with(nadia, 2))).getFirst().notices();

        assertThat(notices).extracting(Notice::means).containsExactly(LogoutNotices.Means.NONE);
    }

    private record Entered(Person person, Capacity capacity, TestSamlApp.Assertion assertion) {}

    private record Said(Outcome outcome, String why) {}

    private Entered entered() {
        Capacity mayor = TestPeople.at("21690259300013", "dossier");
        Person nadia = written(newcomer(mayor));
        Browser browser = signIn(new Browser(), dossier.url(dossier.request(TestSamlApp.newId())), nadia);
        return new Entered(nadia, mayor, dossier.received(browser));
    }

    private List<Notice> leaves(Entered entered) {
        return people.write(List.of(gone(entered))).getFirst().notices();
    }

    private static Person gone(Entered entered) {
        return TestPeople.with(entered.person(), 2);
    }

    private Said saidTo(List<Notice> notices, ToldApps.Answer how) {
        ToldApps.answerWith(how, 200);
        Told told = engine.see(notices, true).getFirst();
        return new Said(told.outcome(), told.detail());
    }

    private static void told(Entered entered) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(ToldApps.soap(entered.assertion().about()))
                                .extracting(ToldApps.Request::session)
                                .containsExactly(entered.assertion().session()));
    }
}
