package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.entente.identity.keycloak.Browser;
import org.entente.testing.LemonLdap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How sure a member's SAML provider says it is: carried into {@code acr} and {@code amr}, and never believed of what is not signed. */
class SamlLevelsTest extends SourcedTown {

    private static final String CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

    private final TestSamlProvider provider = new TestSamlProvider();
    private IdentitySource source;

    @BeforeEach
    void aSourceBySaml() throws Exception {
        source = sources.make(town, "saml", "SAML de la ville", admin);
        sources.change(town, source.id(), asked(true), admin);
        written(person(post("rtyler")));
    }

    @Test
    void theClassOfTheContextIsToldInTheWordsOfApplications() throws Exception {
        Map<String, List<String>> known = Map.of(
                CLASSES + "PasswordProtectedTransport", List.of("pwd"),
                CLASSES + "Kerberos", List.of("wia"),
                CLASSES + "TLSClient", List.of("pop"));
        for (var one : known.entrySet()) {
            JsonNode told = told(one.getKey());
            assertThat(methods(told))
                    .as(one.getKey())
                    .containsAll(one.getValue())
                    .doesNotContain("mfa");
            assertThat(told.path("acr").asString()).endsWith("consistency-checked");
        }
        for (String two : List.of(
                CLASSES + "SmartcardPKI",
                CLASSES + "MobileTwoFactorContract",
                "https://refeds.org/profile/mfa",
                "http://eidas.europa.eu/LoA/substantial")) {
            JsonNode told = told(two);
            assertThat(methods(told)).as(two).contains("mfa");
            assertThat(told.path("acr").asString()).as(two).endsWith("consistency-checked-2fa");
        }
    }

    @Test
    void aClassThatNobodyKnowsHereCountsAsTheLowest() throws Exception {
        for (String unknown : List.of(
                CLASSES + "unspecified",
                "urn:example:as-strong-as-can-be",
                CLASSES + "SmartcardPKI2",
                "x" + CLASSES + "SmartcardPKI",
                "mfa")) {
            JsonNode told = told(unknown);
            assertThat(methods(told)).as(unknown).doesNotContain("mfa", "sc");
            assertThat(told.path("acr").asString()).endsWith("consistency-checked");
        }
    }

    @Test
    void aSourceWhoseFactorsAreNotTrustedRaisesNothing() throws Exception {
        sources.change(town, source.id(), asked(false), admin);

        assertThat(methods(told(CLASSES + "SmartcardPKI"))).doesNotContain("mfa", "sc");
    }

    @Test
    void anAssertionThatIsNotSignedOrWasChangedOpensNothing() throws Exception {
        for (TestSamlProvider.Signed signed :
                List.of(TestSamlProvider.Signed.NOTHING, TestSamlProvider.Signed.RESPONSE)) {
            Browser browser = sent();
            assertThat(answered(browser, answer(browser, CLASSES + "SmartcardPKI", signed))
                            .arrived())
                    .as(signed.name())
                    .isFalse();
        }
        Browser browser = sent();
        String raised = base64(text(answer(browser, CLASSES + "Password", TestSamlProvider.Signed.ASSERTION))
                .replace(CLASSES + "Password<", CLASSES + "SmartcardPKI<"));
        assertThat(answered(browser, raised).arrived()).isFalse();
    }

    private JsonNode told(String context) throws Exception {
        Browser browser = sent();
        answered(browser, answer(browser, context, TestSamlProvider.Signed.ASSERTION));
        return app.tokens(browser).claims("id_token");
    }

    private Browser sent() {
        String amr = URLEncoder.encode("{\"id_token\":{\"amr\":{\"essential\":true}}}", StandardCharsets.UTF_8);
        return new Browser().open(app.signInUrl("uid", "idp_hint", source.id().toString(), "claims", amr));
    }

    private String answer(Browser browser, String context, TestSamlProvider.Signed signed) throws Exception {
        SignInOurs ours = ours();
        return provider.answer(browser, ours.consumer(), ours.entity(), address("rtyler"), context, signed);
    }

    private Browser answered(Browser browser, String response) {
        return browser.post(ours().consumer(), "SAMLResponse", response, "RelayState", browser.parameter("RelayState"));
    }

    private record SignInOurs(String consumer, String entity) {}

    private SignInOurs ours() {
        var ours = engine.ours(source.id().toString());
        return new SignInOurs(ours.redirectUri(), ours.entityId());
    }

    private static List<String> methods(JsonNode told) {
        return told.path("amr").valueStream().map(JsonNode::asString).toList();
    }

    private IdentitySources.Asked asked(boolean trustsFactors) throws Exception {
        return new IdentitySources.Asked(
                null,
                "on",
                List.of(LemonLdap.DOMAIN),
                false,
                false,
                trustsFactors,
                null,
                null,
                null,
                provider.metadata(),
                null,
                null);
    }
}
