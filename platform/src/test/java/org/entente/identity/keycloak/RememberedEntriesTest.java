package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.LogoutNotices;
import org.entente.identity.LogoutNotices.Means;
import org.entente.identity.LogoutNotices.Notice;
import org.entente.identity.LogoutNotices.Outcome;
import org.entente.identity.LogoutNotices.Told;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody leaves whose sessions at the real Keycloak have ended before: their own ones in applications may last, and are told of it. */
class RememberedEntriesTest extends KeycloakTest {

    private static final String SIRET = "21690259300013";

    @Autowired
    LogoutNotices engine;

    @Autowired
    AppSessions sessions;

    @AfterEach
    void theApplicationsAnswerAgain() {
        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);
    }

    @Test
    void aSamlApplicationThatWasSilentAtTheSignOutIsToldOfTheDepartureByTheSessionItKnows() {
        Capacity mayor = TestPeople.at(SIRET, "dossier");
        Person nadia = written(newcomer(mayor));
        TestSamlApp dossier = ToldApps.dossier();
        TestSamlApp.Assertion entered =
                dossier.received(signIn(new Browser(), dossier.url(dossier.request(TestSamlApp.newId())), nadia));
        ToldApps.answerWith(ToldApps.Answer.FAULT, 200);
        signedOut(nadia);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !ToldApps.soap(entered.about()).isEmpty());
        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);

        List<Notice> notices = leaves(nadia);

        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.means()).isEqualTo(Means.SAML_SOAP);
            assertThat(notice.service()).isEqualTo("dossier");
            assertThat(notice.capacity()).isEqualTo(mayor.id());
        });
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(ToldApps.soap(entered.about()))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.session()).isEqualTo(entered.session()));
    }

    @Test
    void anApplicationOfOpenIdConnectIsToldByTheSidAndSubItKnowsHoweverTheSessionEnded() {
        Person nadia = written(newcomer(TestPeople.at(SIRET, "registre")));
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        TestApp.Answer tokens = registre.tokens(signIn(new Browser(), registre.signInUrl("uid"), nadia));
        String session = tokens.claims("id_token").path("sid").asString();
        // As when it expires: nobody is told anything.
        TestKeycloak.rows()
                .sql("DELETE FROM offline_client_session WHERE user_session_id = ?")
                .param(session)
                .update();
        TestKeycloak.rows()
                .sql("DELETE FROM offline_user_session WHERE user_session_id = ?")
                .param(session)
                .update();
        assertThat(session).isNotEmpty();
        assertThat(told(nadia)).isEmpty();
        assertThat(sessions.of(new PersonId(nadia.person()))).isEmpty();
        assertThat(sessions.entered(new PersonId(nadia.person()))).hasSize(1).allMatch(app -> app.contains("egistre"));

        List<Notice> notices = leaves(nadia);

        assertThat(sessions.entered(new PersonId(nadia.person()))).isEmpty();
        assertThat(notices).extracting(Notice::means).containsExactly(Means.OIDC_BACK_CHANNEL);
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(told(nadia))
                .singleElement()
                .satisfies(claims -> assertThat(claims).contains("\"sid\":\"" + session + "\""));
    }

    @Test
    void aCasApplicationIsToldByItsTicket() {
        TestCasApp agenda = new TestCasApp("agenda");
        Person nadia = written(newcomer(TestCasApp.at(SIRET)));
        String ticket = TestCasApp.ticket(signIn(new Browser(), TestCasApp.login(agenda.here()), nadia));
        assertThat(TestCasApp.asks(ticket, agenda.here()).code()).isEmpty();
        signedOut(nadia);
        await().atMost(Duration.ofSeconds(10)).until(() -> times(ticket) == 1);

        List<Notice> notices = leaves(nadia);

        assertThat(notices).extracting(Notice::means).containsExactly(Means.CAS_LOGOUT);
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(times(ticket)).isEqualTo(2);
    }

    @Test
    void oneThatNobodyCanTellIsNamedAndNobodyIsToldTwiceOfASessionThatEndsNow() {
        Capacity mayor = TestPeople.at(SIRET, "kiosque", "registre");
        Person nadia = written(newcomer(mayor));
        TestApp kiosque = new TestApp(TestKeycloak.url(), "kiosque");
        kiosque.tokens(signIn(new Browser(), kiosque.signInUrl("uid"), nadia));
        signedOut(nadia);
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        registre.tokens(signIn(new Browser(), registre.signInUrl("uid"), nadia));

        List<Notice> notices = leaves(nadia);

        assertThat(notices)
                .extracting(Notice::service, Notice::means)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("kiosque", Means.NONE),
                        org.assertj.core.groups.Tuple.tuple("registre", Means.OIDC_BACK_CHANNEL));
    }

    @Test
    void nobodyIsToldOfWhatACapacityStillGivesNorOfWhatIsLongOver() {
        Capacity mayor = TestPeople.at(SIRET, "registre", "kiosque");
        Person nadia = written(newcomer(mayor));
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        TestApp kiosque = new TestApp(TestKeycloak.url(), "kiosque");
        Browser browser = signIn(new Browser(), registre.signInUrl("uid"), nadia);
        registre.tokens(browser);
        kiosque.tokens(browser.open(kiosque.signInUrl("uid")));
        signedOut(nadia);

        List<Notice> lost = people.write(List.of(TestPeople.with(nadia, 2, TestPeople.giving(mayor, "kiosque"))))
                .getFirst()
                .notices();
        engine.heard(lost.stream().map(Notice::id).toList());
        TestKeycloak.rows()
                .sql("UPDATE entente_entered SET kept_until = kept_until - 24 * 3600 - 1 WHERE person = ?")
                .param(nadia.person().toString())
                .update();

        assertThat(lost).extracting(Notice::service).containsExactly("registre");
        assertThat(leaves(nadia)).isEmpty();
    }

    @Test
    void whatThePlatformHasNotHeardIsSaidAgainUntilItHasAlsoWhatNobodyIsTold() {
        Person nadia = written(newcomer(TestPeople.at(SIRET, "kiosque")));
        TestApp kiosque = new TestApp(TestKeycloak.url(), "kiosque");
        kiosque.tokens(signIn(new Browser(), kiosque.signInUrl("uid"), nadia));
        List<Notice> notices = leaves(nadia);
        assertThat(notices).extracting(Notice::means).containsExactly(Means.NONE);
        // A day later, hence not from the memory of a node.
        TestKeycloak.rows()
                .sql("UPDATE entente_notice SET made_at = made_at - 24 * 3600 WHERE person = ?")
                .param(nadia.person().toString())
                .update();

        assertThat(leaves(nadia)).isEqualTo(notices);
        engine.heard(notices.stream().map(Notice::id).toList());

        assertThat(leaves(nadia)).isEmpty();
    }

    @Test
    void whatWasNotSentBecauseItsNodeDiedIsSentWhenThePlatformHasHeardOfIt() {
        Person nadia = written(newcomer(TestPeople.at(SIRET, "registre")));
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        registre.tokens(signIn(new Browser(), registre.signInUrl("uid"), nadia));
        List<Notice> notices = leaves(nadia);
        await().atMost(Duration.ofSeconds(10)).until(() -> told(nadia).size() == 1);
        // The same as a node left it that died before it sent: in the table, under an id that nobody has sent.
        java.util.UUID unsent = java.util.UUID.randomUUID();
        TestKeycloak.rows()
                .sql("UPDATE entente_notice SET id = :new, notice = replace(notice, id, :new) WHERE id = :old")
                .param("new", unsent.toString())
                .param("old", notices.getFirst().id().toString())
                .update();

        List<Notice> again = leaves(nadia);
        assertThat(again).extracting(Notice::id).containsExactly(unsent);
        engine.heard(List.of(unsent));

        await().atMost(Duration.ofSeconds(10)).until(() -> told(nadia).size() == 2);
    }

    private List<Notice> leaves(Person person) {
        return people.write(List.of(TestPeople.with(person, 3))).getFirst().notices();
    }

    private void signedOut(Person person) {
        PersonId id = new PersonId(person.person());
        accounts.of(id).stream()
                .map(session -> session.session())
                .distinct()
                .forEach(session -> accounts.end(id, session));
        assertThat(accounts.of(id)).isEmpty();
    }

    private static long times(String ticket) {
        return TestCasApp.received().stream()
                .filter(told -> told.contains(ticket))
                .count();
    }

    /** What {@code registre} was told of them. */
    private static List<String> told(Person person) {
        return ToldApps.tokens().stream()
                .map(told -> URLDecoder.decode(told.substring(told.indexOf('=') + 1), StandardCharsets.UTF_8))
                .map(token -> new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
                .filter(claims -> claims.contains(person.person().toString()))
                .toList();
    }
}
