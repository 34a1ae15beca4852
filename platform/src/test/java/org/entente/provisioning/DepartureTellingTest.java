package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.ThrowingConsumer;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.keycloak.TestSamlApp;
import org.entente.identity.keycloak.ToldApps;
import org.entente.testing.TestKeycloak;
import org.entente.testing.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Somebody with sessions in real applications leaves: what each was told by the real Keycloak, and what the departure says of it. */
class DepartureTellingTest extends KeycloakTest {

    private static final String PASSWORD = "correct horse battery staple";

    @Autowired
    DepartureStore departures;

    @Autowired
    DepartureDesk desk;

    @Autowired
    DepartureAppViews views;

    @Autowired
    Certificates certificates;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionOperations transaction;

    Town town;
    MemberId member;
    PersonId person;
    AffiliationId post;

    @BeforeEach
    void somebodyWithAPost() {
        town = new Town(jdbc, events, transaction);
        member = town.member("Corbas");
        person = town.person("Nadia", "Benali");
        post = town.joins(person, member, "agent", null);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT state FROM provisioning.account WHERE affiliation = ? AND connector = 'keycloak'")
                                .param(post.value())
                                .query(String.class)
                                .list())
                        .containsExactly("active"));
        TestApp.setPassword(TestKeycloak.url(), person.value(), PASSWORD);
    }

    @AfterEach
    void theApplicationsAnswerAgain() {
        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);
    }

    @Test
    void theDepartureSaysOfEachApplicationByWhichMeansItWasToldAndWhetherItAnswered() throws Exception {
        Browser browser = signedIn();
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        registre.tokens(browser.open(registre.signInUrl("uid")));
        TestApp kiosque = new TestApp(TestKeycloak.url(), "kiosque");
        kiosque.tokens(browser.open(kiosque.signInUrl("uid")));
        TestApp vitrine = new TestApp(TestKeycloak.url(), "vitrine");
        vitrine.tokens(browser.open(vitrine.signInUrl("uid")));

        town.ends(post, "manual");
        UUID departure = complete();

        assertThat(app(departure, "dossier")).satisfies(is("saml_soap", "done", "SOAP", "a confirmé"));
        assertThat(app(departure, "registre")).satisfies(is("oidc_back_channel", "done", "a confirmé"));
        assertThat(app(departure, "kiosque")).satisfies(is("none", "unsure", "pas de moyen d’être prévenue"));
        // Nobody was seen there, which is not to know that nobody is.
        assertThat(app(departure, "agora")).satisfies(is("unknown", "unsure", "aucune session", "ce qu’elle décide"));
        // A departure has no browser of the person to do it with.
        assertThat(app(departure, "vitrine")).satisfies(is("none", "unsure", "par le navigateur de la personne"));
        assertThat(app(departure, "directory")).satisfies(is("ours", "done", "à chaque requête"));
        assertThat(views.of(List.of(departure), Locale.ENGLISH).get(departure))
                .filteredOn(one -> one.service().equals("dossier"))
                .singleElement()
                .satisfies(one -> assertThat(one.means().getFirst().detail()).contains("it confirmed"));
        String paper = text(certificates.of(member, departure));
        assertThat(paper)
                .contains("Comment chaque application a été prévenue", "App dossier", "App kiosque", "Non confirmé")
                .contains("2 applications n’ont pas confirmé la fin de leur propre session");
        assertThat(acts(departure)).contains("departure.told", "departure.completed");
    }

    @Test
    void anApplicationWhoseSessionHereEndedBeforeIsToldAllTheSame() {
        ToldApps.answerWith(ToldApps.Answer.FAULT, 200);
        String about = dossier(signedIn());
        TestApp.signOut(TestKeycloak.url(), person.value());
        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);

        town.ends(post, "manual");

        assertThat(app(complete(), "dossier")).satisfies(is("saml_soap", "done", "a confirmé"));
        assertThat(ToldApps.soap(about)).isNotEmpty();
        // The platform has it: there is nothing left to say again.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestKeycloak.rows()
                                .sql("SELECT count(*) FROM entente_notice WHERE person = ?")
                                .param(person.toString())
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    @Test
    void aCasApplicationIsToldByItsTicket() throws Exception {
        Browser browser = signedIn();
        String ticket = browser.open(TestKeycloak.url() + "/realms/entente/protocol/cas/login?service="
                        + java.net.URLEncoder.encode(ToldApps.url("/agora"), java.nio.charset.StandardCharsets.UTF_8))
                .parameter("ticket");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(TestKeycloak.url()
                                        + "/realms/entente/protocol/cas/serviceValidate?ticket=" + ticket + "&service="
                                        + java.net.URLEncoder.encode(
                                                ToldApps.url("/agora"), java.nio.charset.StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        town.ends(post, "manual");

        assertThat(app(complete(), "agora")).satisfies(is("cas_logout", "done", "a confirmé"));
        assertThat(ToldApps.tickets()).anyMatch(told -> told.startsWith("logoutRequest=") && told.contains(ticket));
    }

    @Test
    void anApplicationThatDoesNotAnswerIsShownAndTriedUntilItDoesAndTheDepartureWaitsForIt() {
        ToldApps.answerWith(ToldApps.Answer.FAULT, 200);
        signedIn();

        town.ends(post, "manual");
        UUID departure = departure();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(app(departure, "dossier"))
                        .satisfies(is("saml_soap", "failed", "nouvel essai", "500"))
                        .satisfies(one -> assertThat(one.nextAttemptAt()).isNotNull()));
        assertThat(departures.find(departure).orElseThrow().state()).isEqualTo("cutting");

        ToldApps.answerWith(ToldApps.Answer.SUCCESS, 200);

        assertThat(complete()).isEqualTo(departure);
        assertThat(app(departure, "dossier")).satisfies(is("saml_soap", "done", "a confirmé"));
    }

    @Test
    void anApplicationThatNeverAnswersKeepsNobodyFromBeingCertifiedAndIsNamed() throws Exception {
        ToldApps.answerWith(ToldApps.Answer.FAULT, 200);
        signedIn();
        town.ends(post, "manual");
        UUID departure = departure();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(app(departure, "dossier").state()).isEqualTo("failed"));

        jdbc.sql("UPDATE provisioning.departure_notice SET made_at = made_at - interval '1 day' WHERE departure = ?")
                .param(departure)
                .update();

        assertThat(complete()).isEqualTo(departure);
        assertThat(app(departure, "dossier")).satisfies(is("saml_soap", "unsure", "n’a pas répondu"));
        assertThat(text(certificates.of(member, departure))).contains("Une application n’a pas confirmé");
        assertThat(acts(departure)).contains("departure.not-told");
        // What would be needed to say it again is kept no longer than it is.
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM provisioning.departure_notice WHERE departure = ? AND notice IS NOT NULL")
                        .param(departure)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anApplicationThatSaysNoIsAskedThreeTimes() {
        ToldApps.answerWith(ToldApps.Answer.CANNOT, 200);
        String about = dossier(signedIn());

        town.ends(post, "manual");

        assertThat(app(complete(), "dossier")).satisfies(is("saml_soap", "unsure", "ne pas pouvoir", "Responder"));
        assertThat(ToldApps.soap(about)).hasSize(3);
    }

    @Test
    void nobodyIsToldAnyMoreAboutSomebodyWhoIsBack() {
        ToldApps.answerWith(ToldApps.Answer.FAULT, 200);
        signedIn();
        town.ends(post, "manual");
        UUID departure = departure();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(app(departure, "dossier").state()).isEqualTo("failed"));

        desk.undo(
                member,
                departure,
                new Actor(person, "Nadia Benali", post, member, false, Set.of(Role.MEMBER_ADMIN), null));

        assertThat(jdbc.sql(
                                "SELECT count(*) FROM provisioning.departure_notice WHERE departure = ? AND state = 'waiting'")
                        .param(departure)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private Browser signedIn() {
        String address = jdbc.sql("SELECT address FROM directory.affiliation WHERE id = ?")
                .param(post.value())
                .query(String.class)
                .single();
        TestSamlApp dossier = ToldApps.dossier();
        Browser browser = new Browser()
                .open(dossier.url(dossier.request(TestSamlApp.newId())))
                .send("username", "username", address)
                .send("password", "password", PASSWORD);
        dossier(browser);
        return browser;
    }

    private static String dossier(Browser browser) {
        return ToldApps.dossier().received(browser).about();
    }

    private UUID departure() {
        return jdbc.sql("SELECT id FROM provisioning.departure WHERE affiliation = ?")
                .param(post.value())
                .query(UUID.class)
                .single();
    }

    private UUID complete() {
        UUID departure = departure();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                departures.find(departure).orElseThrow().state())
                        .isEqualTo("complete"));
        return departure;
    }

    private DepartureAppViews.MeansView app(UUID departure, String service) {
        return views.of(List.of(departure), Locale.FRENCH).getOrDefault(departure, List.of()).stream()
                .filter(one -> one.service().equals(service))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is said of " + service))
                .means()
                .getFirst();
    }

    private static ThrowingConsumer<DepartureAppViews.MeansView> is(String means, String state, String... words) {
        return view -> {
            assertThat(view.means()).isEqualTo(means);
            assertThat(view.state()).as(view.detail()).isEqualTo(state);
            assertThat(view.detail()).contains(words);
        };
    }

    private List<String> acts(UUID departure) {
        return jdbc.sql("SELECT act FROM audit.entry WHERE subject = ?")
                .param(departure.toString())
                .query(String.class)
                .list();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }
}
