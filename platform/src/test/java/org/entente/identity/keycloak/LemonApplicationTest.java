package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.directory.PersonId;
import org.entente.identity.LogoutNotices;
import org.entente.identity.LogoutNotices.Outcome;
import org.entente.identity.LogoutNotices.Told;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.testing.LemonApplication;
import org.entente.testing.LemonLdap;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real LemonLDAP::NG as an application of ours: people sign in here, and it knows them by what it was told. */
class LemonApplicationTest extends KeycloakTest {

    @Autowired
    LogoutNotices engine;

    private Person entered;

    private static final class Running {
        static final LemonLdap LEMON = started();

        private static LemonLdap started() {
            try {
                return LemonLdap.start("lemonldap-application", TestCatalog.lemonPort(), Map.of());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void lemonIsInstalled() {
        assumeTrue(LemonLdap.installed(), "LemonLDAP::NG is not installed: .ci/run says which packages");
    }

    @Test
    void peopleSignInByCas() throws Exception {
        Running.LEMON.restart(LemonApplication.cas(realm() + "/protocol/cas"));

        Browser browser = knowsWhoSignedIn("lemon-cas");

        // Its page has the browser call our sign-out, in a frame.
        browser.open(TestCatalog.lemon() + "?logout=1");
        Matcher frame =
                Pattern.compile("src=\"([^\"]+/protocol/cas/logout[^\"]*)\"").matcher(browser.page());
        assertThat(frame.find()).as(browser.page()).isTrue();
        browser.open(HtmlUtils.htmlUnescape(frame.group(1)));
        assertSignedOut(browser);
    }

    @Test
    void peopleSignInByOpenIdConnect() throws Exception {
        Running.LEMON.restart(LemonApplication.oidc(
                TestCasApp.text(realm() + "/.well-known/openid-configuration"),
                TestCasApp.text(realm() + "/protocol/openid-connect/certs")));

        Browser browser = knowsWhoSignedIn("lemon-oidc");

        browser.open(TestCatalog.lemon() + "?logout=1");
        assertSignedOut(browser);
    }

    @Test
    void peopleSignInBySaml() throws Exception {
        Running.LEMON.restart(LemonApplication.saml(TestCasApp.text(realm() + "/protocol/saml/descriptor")));

        Browser browser = knowsWhoSignedIn("lemon-saml");

        // They leave: it is told from server to server, and forgets them.
        var notices =
                people.write(List.of(TestPeople.with(entered, 2))).getFirst().notices();
        assertThat(engine.see(notices, false)).extracting(Told::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(browser.open(TestCatalog.lemon() + "session/my/global").page())
                .doesNotContain(entered.person().toString());
    }

    private static void assertSignedOut(Browser browser) {
        assertThat(browser.open(TestCasApp.login(TestCatalog.lemon())).title()).isEqualTo("Connexion");
    }

    private Browser knowsWhoSignedIn(String service) {
        Capacity mayor = TestPeople.at("21690259300013", service);
        Person nadia = written(newcomer(mayor));
        entered = nadia;

        Browser browser = signIn(new Browser(), TestCatalog.lemon(), nadia);
        if (browser.page().contains("name=\"SAMLResponse\"")) {
            browser.submit("SAMLResponse");
        }

        JsonNode session = new JsonMapper()
                .readTree(
                        browser.open(TestCatalog.lemon() + "session/my/global").page());
        assertThat(session.path("uid").asString()).isEqualTo(nadia.person().toString());
        assertThat(session.path("mail").asString()).isEqualTo(mayor.address());
        assertThat(session.path("siret").asString()).isEqualTo("21690259300013");
        assertThat(session.path("belonging_population").asString()).isEqualTo("elu");
        // A text or a list, as the protocol has it.
        assertThat(session.path("roles").toString()).contains("\"user\"");
        assertThat(accounts.of(new PersonId(nadia.person()))).hasSize(1);

        // Somebody else, whom nothing gives it, does not come in.
        Person stranger = written(newcomer(mayor()));
        Browser refused = signIn(new Browser(), TestCatalog.lemon(), stranger);
        assertThat(refused.title()).contains("Pas d’accès");
        assertThat(refused.open(TestCatalog.lemon() + "session/my/global").page())
                .doesNotContain("elu");
        return browser;
    }

    private static String realm() {
        return TestKeycloak.url() + "/realms/entente";
    }
}
