package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** ProConnect's federation is a client of the territory, played by a library that is not ours: an identity provider as its documentation wants one. */
class ProConnectFederationTest extends KeycloakTest {

    /** What ProConnect asks of every identity provider. */
    private static final String SCOPES =
            "given_name usual_name email uid siren siret organizational_unit belonging_population phone chorusdt";

    private static final String SEVERAL_FACTORS =
            "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"eidas0-mfa\",\"eidas1-mfa\",\"eidas2\",\"eidas3\"]}}}";

    private static final String TWO_FACTORS = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

    private RelyingParty federation;

    @BeforeEach
    void theFederationRuns() {
        federation = new RelyingParty("federation", "ES256");
    }

    @AfterEach
    void theFederationEnds() {
        federation.close();
    }

    @Test
    void itIsToldWhatIsMandatorySignedAndNothingThatIsNotKnown() {
        Person nadia = written(newcomer(bare("21690259300013")));

        JsonNode token = signedIn(Map.of("acr_values", "eidas1"), nadia);
        JsonNode userinfo = federation.act("userinfo");

        assertThat(userinfo.path("type").asString()).isEqualTo("application/jwt");
        JsonNode told = userinfo.path("claims");
        for (String mandatory : List.of("sub", "uid", "given_name", "usual_name", "email", "siret")) {
            assertThat(told.path(mandatory).asString()).as(mandatory).isNotBlank();
        }
        assertThat(told.path("siret").asString()).isEqualTo("21690259300013");
        for (String unknown : List.of("organizational_unit", "phone", "phone_number", "chorusdt", "idp_id", "custom")) {
            assertThat(told.has(unknown)).as(unknown).isFalse();
        }
        assertThat(token.path("claims").path("acr").asString()).isEqualTo("eidas1");
        assertThat(token.path("claims").path("amr").toString()).isEqualTo("[\"pwd\"]");
        assertThat(told.path("sub").asString())
                .isEqualTo(token.path("claims").path("sub").asString());
    }

    @Test
    void whereNoLevelIsAskedForTheOneThatEveryServiceTakesIsTold() {
        Person nadia = written(newcomer(bare("21690259300013")));

        assertThat(signedIn(Map.of(), nadia).path("claims").path("acr").asString())
                .isEqualTo("eidas1");
    }

    @Test
    void severalFactorsAreAskedForWhereAServiceInsistsAndToldAsTheWeakestThatHolds() {
        Person nadia = written(newcomer(bare("21690259300013")));

        Browser browser = signIn(new Browser(), begin(Map.of("claims", SEVERAL_FACTORS)), nadia);
        assertThat(browser.title()).isEqualTo("Protéger votre compte");
        browser.send("factor", "factor", "code");
        String secret = browser.value("totpSecret");
        browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");

        JsonNode told = federation.finish(browser).path("claims");
        assertThat(told.path("acr").asString()).isEqualTo("eidas1-mfa");
        assertThat(told.path("amr").toString()).isEqualTo("[\"pwd\",\"totp\",\"mfa\"]");
    }

    @Test
    void severalFactorsThatNobodyAskedForAreToldByTheMethodsOnly() {
        Person nadia = written(newcomer(bare("21690259300013")));
        try (RelyingParty visio = new RelyingParty("visio", "ES256")) {
            Browser browser = signIn(new Browser(), visio.begin("siret", Map.of("acr_values", TWO_FACTORS)), nadia)
                    .send("factor", "factor", "code");
            String secret = browser.value("totpSecret");
            browser.send("totp", "totp", Totp.code(secret, 0), "totpSecret", secret, "userLabel", "Mon téléphone");
            assertThat(visio.finish(browser).has("claims")).isTrue();

            browser.open(begin(Map.of()));

            JsonNode told = federation.finish(browser).path("claims");
            assertThat(told.path("acr").asString()).isEqualTo("eidas1");
            assertThat(told.path("amr").toString()).isEqualTo("[\"pwd\",\"totp\",\"mfa\"]");
        }
    }

    @Test
    void aLevelThatIsNeverGivenEndsTheSignIn() {
        Person nadia = written(newcomer(bare("21690259300013")));

        Browser browser = signIn(
                new Browser(),
                begin(Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"eidas3\"}}}")),
                nadia);

        assertThat(browser.parameter("error")).isEqualTo("access_denied");
    }

    @Test
    void theAddressIsFilledInAndTheEstablishmentHintChooses() {
        Person nadia = written(newcomer(bare("21690259300013"), bare("20004697700019")));
        String address = String.valueOf(nadia.email());

        Browser browser = new Browser().open(begin(Map.of("login_hint", address, "siret_hint", "20004697700019")));
        assertThat(browser.page()).contains("value=\"" + address + "\"");
        browser.send("username", "username", address).send("password", "password", PASSWORD);

        assertThat(federation.finish(browser).has("claims")).isTrue();
        assertThat(federation.act("userinfo").path("claims").path("siret").asString())
                .isEqualTo("20004697700019");
    }

    private JsonNode signedIn(Map<String, String> parameters, Person person) {
        return federation.finish(signIn(new Browser(), begin(parameters), person));
    }

    private String begin(Map<String, String> parameters) {
        return federation.begin(SCOPES, parameters);
    }

    /** Of whom nothing is known that is not mandatory. */
    private static Capacity bare(String siret) {
        Capacity one = TestPeople.at(siret, "federation", "visio");
        return new Capacity(
                one.id(),
                one.member(),
                one.siren(),
                one.siret(),
                one.memberName(),
                one.kind(),
                one.function(),
                null,
                one.address(),
                null,
                null,
                one.services());
    }
}
