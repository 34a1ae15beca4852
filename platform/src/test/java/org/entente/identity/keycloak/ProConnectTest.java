package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.ToldToApps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applications built for ProConnect, by a library that is not ours, at the real Keycloak with clients made from descriptors. */
class ProConnectTest extends KeycloakTest {

    private static final String SCOPES = "given_name usual_name email uid siret siren idp_id organizational_unit "
            + "belonging_population phone custom chorusdt is_service_public";
    private static final String TWO_FACTORS = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";
    private static final String ONE_FACTOR = "https://proconnect.gouv.fr/assurance/consistency-checked";

    @Autowired
    private KeycloakTold told;

    private RelyingParty parapheur;
    private RelyingParty visio;

    @BeforeEach
    void applicationsRun() {
        parapheur = new RelyingParty("parapheur", "RS256");
        visio = new RelyingParty("visio", "ES256");
    }

    @AfterEach
    void applicationsEnd() {
        parapheur.close();
        visio.close();
    }

    @Test
    void aPersonSignsInAndTheSignedAnswersAreInProConnectsWords() {
        Capacity mayor = at("21690259300013");
        Person nadia = written(newcomer(mayor));

        JsonNode token = signedIn(new Browser(), parapheur, SCOPES, Map.of(), nadia);
        JsonNode userinfo = parapheur.act("userinfo");

        assertThat(userinfo.path("type").asString()).isEqualTo("application/jwt");
        JsonNode told = userinfo.path("claims");
        assertThat(told.path("sub").asString())
                .isEqualTo(token.path("claims").path("sub").asString())
                .isNotEqualTo(nadia.person().toString());
        assertThat(told.path("given_name").asString()).isEqualTo("Nadia");
        assertThat(told.path("usual_name").asString()).isEqualTo("Benali");
        assertThat(told.path("email").asString()).isEqualTo(mayor.address());
        assertThat(told.path("uid").asString()).isEqualTo(nadia.person().toString());
        assertThat(told.path("siret").asString()).isEqualTo("21690259300013");
        assertThat(told.path("siren").asString()).isEqualTo("216902593");
        assertThat(told.path("organizational_unit").asString()).isEqualTo("Cabinet");
        assertThat(told.path("belonging_population").asString()).isEqualTo("elu");
        assertThat(told.path("phone_number").asString()).isEqualTo("04 72 00 00 00");
        assertThat(UUID.fromString(told.path("idp_id").asString())).isNotNull();
        assertThat(told.path("custom").path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(told.path("custom").path("capacity").path("function").asString())
                .isEqualTo("Adjointe au maire");
        assertThat(told.path("aud").asString()).isEqualTo("parapheur");
        assertThat(token.path("claims").path("acr").asString()).isEqualTo(ONE_FACTOR);
        assertThat(token.path("claims").has("amr")).isFalse();
        assertThat(told.has("amr")).isFalse();
        assertThat(told.has("acr")).isFalse();
    }

    @Test
    void aSubjectIsTheSameAtEachSignInAndAnotherInEachApplication() {
        Person nadia = written(newcomer(at("21690259300013")));

        String first = subject(signedIn(new Browser(), parapheur, "siret", Map.of(), nadia));
        assertThat(subject(parapheur.act("refresh"))).isEqualTo(first);
        assertThat(subject(parapheur.act("introspect"))).isEqualTo(first);
        String second = subject(signedIn(new Browser(), parapheur, "siret", Map.of(), nadia));
        String elsewhere = subject(signedIn(new Browser(), visio, "siret idp_id", Map.of(), nadia));
        String idp = visio.act("userinfo").path("claims").path("idp_id").asString();
        Person other = written(newcomer(at("21690259300013")));
        String ofAnother = subject(signedIn(new Browser(), parapheur, "siret idp_id", Map.of(), other));

        assertThat(second).isEqualTo(first);
        assertThat(List.of(elsewhere, ofAnother)).doesNotContain(first).doesNotHaveDuplicates();
        assertThat(parapheur.act("userinfo").path("claims").path("idp_id").asString())
                .isEqualTo(idp);
    }

    @Test
    void whatDoesNotBelongToTheSignInUnderWayIsRefused() {
        Person nadia = written(newcomer(at("21690259300013")));

        Browser browser = signIn(new Browser(), parapheur.begin("siret", Map.of()), nadia);
        assertThat(parapheur
                        .finish(browser, Map.of("expectedState", "x".repeat(43)))
                        .path("because")
                        .asString())
                .contains("state");
        browser.open(parapheur.begin("siret", Map.of()));
        assertThat(parapheur
                        .finish(browser, Map.of("expectedNonce", "x".repeat(43)))
                        .path("because")
                        .asString())
                .contains("nonce");
        // A code is good once.
        browser.open(parapheur.begin("siret", Map.of()));
        assertThat(parapheur.finish(browser).has("claims")).isTrue();
        assertThat(parapheur.finish(browser).path("failure").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void aRequestWithoutStateOrNonceIsRefused() {
        for (String missing : List.of("state", "nonce")) {
            Browser browser = new Browser().open(without(missing, parapheur.begin("siret", Map.of())));

            assertThat(browser.parameter("error")).isEqualTo("invalid_request");
            assertThat(browser.parameter("error_description").replace('+', ' ')).contains(missing);
        }
    }

    @Test
    void aSecondFactorThatIsAskedForIsSetUpThenAskedForAndTold() {
        Person nadia = written(newcomer(at("21690259300013")));
        Map<String, String> insists = Map.of(
                "claims",
                "{\"id_token\":{\"amr\":null,\"acr\":{\"essential\":true,\"values\":[\"eidas3\",\"" + TWO_FACTORS
                        + "\"]}}}");

        Browser browser = new Browser();
        // Signed in with a password alone, which is enough elsewhere.
        JsonNode plain = signedIn(browser, visio, "siret", Map.of(), nadia);
        assertThat(plain.path("claims").path("acr").asString()).isEqualTo(ONE_FACTOR);

        browser.open(parapheur.begin("siret", insists));
        assertThat(browser.title()).isEqualTo("Protéger votre compte");
        browser.send("factor", "factor", "code");
        String secret = browser.value("totpSecret");
        browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
        assertTwoFactors(parapheur.finish(browser));

        // A new browser: the password and the code; the session that has both opens the application without a question.
        Browser another = signIn(new Browser(), parapheur.begin("siret", insists), nadia);
        assertThat(another.title()).isEqualTo("Votre code");
        another.send("otp", "otp", Totp.code(secret, 1));
        assertTwoFactors(parapheur.finish(another));
        another.open(parapheur.begin("siret", insists));
        assertTwoFactors(parapheur.finish(another));
    }

    @Test
    void whoIsSignedInByPasswordGivesTheSecondFactorWhenAnApplicationAsksForIt() {
        Person nadia = written(newcomer(at("21690259300013")));
        Browser browser = new Browser();
        signedIn(browser, visio, "siret", Map.of(), nadia);
        String secret = codeSetUp(nadia);

        // The old session still stands for the password alone.
        browser.open(parapheur.begin("siret", Map.of("acr_values", TWO_FACTORS)));
        assertThat(browser.title()).isEqualTo("Votre code");
        browser.send("otp", "otp", Totp.code(secret, 1));

        assertThat(parapheur.finish(browser).path("claims").path("acr").asString())
                .isEqualTo(TWO_FACTORS);
    }

    @Test
    void aLevelThatIsNeverGivenIsRefusedWhereItIsEssentialAndPassedOverWhereItIsNot() {
        Person nadia = written(newcomer(at("21690259300013")));
        Browser browser = new Browser();
        JsonNode voluntary = signedIn(browser, parapheur, "siret", Map.of("acr_values", "eidas1"), nadia);
        assertThat(voluntary.path("claims").path("acr").asString()).isEqualTo(ONE_FACTOR);

        browser.open(parapheur.begin(
                "siret", Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"eidas3\"}}}")));

        assertThat(browser.parameter("error")).isEqualTo("access_denied");
    }

    @Test
    void onePersonOfSeveralEstablishmentsChoosesAndAHintChoosesForThem() {
        Capacity town = at("21690259300013");
        Capacity other = at("20004697700019");
        Person nadia = written(newcomer(town, other));

        Browser browser = signIn(new Browser(), parapheur.begin("siret", Map.of()), nadia);
        assertThat(browser.page()).contains("Adjointe au maire");
        browser.send("capacity", "capacity", other.id().toString());
        String subject = subject(parapheur.finish(browser));
        assertThat(siret(parapheur)).isEqualTo("20004697700019");

        browser.open(parapheur.begin("siret", Map.of("siret_hint", "21690259300013")));
        assertThat(subject(parapheur.finish(browser))).isEqualTo(subject);
        assertThat(siret(parapheur)).isEqualTo("21690259300013");
    }

    @Test
    void aCapacityThatEndedIsTakenBackFromTheApplicationToo() {
        Capacity town = at("21690259300013");
        Capacity other = at("20004697700019");
        Person nadia = written(newcomer(town, other));
        signedIn(new Browser(), parapheur, "siret", Map.of("siret_hint", "21690259300013"), nadia);

        people.write(List.of(without(nadia, other)));

        assertThat(parapheur.act("refresh").path("failure").asString()).isEqualTo("invalid_grant");
        assertThat(parapheur.act("introspect").path("claims").path("active").asBoolean())
                .isFalse();
        assertThat(parapheur.act("userinfo").has("failure")).isTrue();
    }

    @Test
    void whatTheOperatorIsShownIsWhatTheApplicationReceives() {
        Capacity town = at("21690259300013");
        Person nadia = written(newcomer(town, at("20004697700019")));

        ToldToApps.Told shown = told.ask(
                "parapheur",
                new PersonId(nadia.person()),
                AffiliationId.of(town.id().toString()));
        JsonNode token = signedIn(new Browser(), parapheur, SCOPES, Map.of("siret_hint", "21690259300013"), nadia);
        JsonNode userinfo = parapheur.act("userinfo").path("claims");

        JsonNode shownUserinfo = new JsonMapper().valueToTree(shown.userinfo());
        // What is only put around it when it is signed.
        Set<String> received = new TreeSet<>(userinfo.propertyNames());
        received.removeAll(Set.of("iss", "aud"));
        received.forEach(word -> assertThat(shownUserinfo.path(word)).as(word).isEqualTo(userinfo.path(word)));
        assertThat(shown.idToken())
                .containsEntry("sub", token.path("claims").path("sub").asString())
                .containsEntry("acr", ONE_FACTOR);
        assertThat(accounts.of(new PersonId(nadia.person()))).hasSize(1);
    }

    @Test
    void signingOutEndsTheSessionAndLeadsBackToTheApplication() {
        Person nadia = written(newcomer(at("21690259300013")));
        Browser browser = new Browser();
        signedIn(browser, parapheur, "siret", Map.of(), nadia);

        JsonNode logout = parapheur.logout("https://parapheur.test/bye");
        browser.open(logout.path("url").asString());

        assertThat(browser.left()).startsWith("https://parapheur.test/bye?");
        assertThat(browser.parameter("state")).isEqualTo(logout.path("state").asString());
        assertThat(browser.open(parapheur.begin("siret", Map.of())).title()).isEqualTo("Connexion");
        assertThat(accounts.of(new PersonId(nadia.person()))).isEmpty();
    }

    private JsonNode signedIn(
            Browser browser, RelyingParty app, String scope, Map<String, String> parameters, Person person) {
        return app.finish(signIn(browser, app.begin(scope, parameters), person));
    }

    /** Gives the person a code, in a browser of its own. */
    private String codeSetUp(Person person) {
        Browser browser = signIn(new Browser(), visio.begin("siret", Map.of("acr_values", TWO_FACTORS)), person)
                .send("factor", "factor", "code");
        String secret = browser.value("totpSecret");
        browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
        assertThat(visio.finish(browser).has("claims")).isTrue();
        return secret;
    }

    private static void assertTwoFactors(JsonNode answer) {
        assertThat(answer.path("claims").path("acr").asString()).isEqualTo(TWO_FACTORS);
        assertThat(answer.path("claims").path("amr").toString()).isEqualTo("[\"pwd\",\"totp\",\"mfa\"]");
    }

    private static String subject(JsonNode answer) {
        assertThat(answer.path("claims").path("sub").asString(""))
                .as(answer.toString())
                .isNotEmpty();
        return answer.path("claims").path("sub").asString();
    }

    private static String siret(RelyingParty app) {
        return app.act("userinfo").path("claims").path("siret").asString();
    }

    private static String without(String parameter, String url) {
        return url.replaceFirst("([?&])" + parameter + "=[^&]*&?", "$1");
    }

    private static Capacity at(String siret) {
        return TestPeople.at(siret, "parapheur", "visio");
    }
}
