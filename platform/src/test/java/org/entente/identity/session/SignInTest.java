package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.entente.EntentePlatform;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.PortalClient;
import org.entente.testing.Browser;
import org.entente.testing.Scratch;
import org.entente.testing.TestActors;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@Import({TestPostgres.class, TestActors.class})
class SignInTest {

    private static final String REALM =
            "sign-in-" + UUID.randomUUID().toString().substring(0, 8);
    private static boolean made;

    /** The port must be known before anything starts: it is in the portal's own address. The realm is kept by this test itself. */
    @DynamicPropertySource
    static void ownRealm(DynamicPropertyRegistry registry) throws IOException {
        int port = Scratch.freePort();
        registry.add("server.port", () -> port);
        registry.add("entente.public-url", () -> "http://localhost:" + port);
        registry.add("entente.keycloak.url", TestKeycloak::url);
        registry.add("entente.keycloak.realm", () -> REALM);
    }

    @Autowired
    PortalClient client;

    @Autowired
    TestActors actors;

    @Autowired
    Environment environment;

    private final Browser browser = new Browser();
    private String portal;
    private TestRealm realm;
    private PersonId nadia;
    private AffiliationId deputy;
    private AffiliationId councillor;
    private String mail;

    @BeforeEach
    void someoneWithTwoMandatesWhoHasAUser() {
        portal = environment.getRequiredProperty("entente.public-url");
        realm = new TestRealm(REALM);
        if (!made) {
            realm.make(client, portal, portal + "/logout/connect/back-channel/keycloak");
            made = true;
        }
        nadia = actors.person("Nadia", "Benali");
        deputy = actors.affiliation(nadia, actors.member("Vénissieux"));
        councillor = actors.affiliation(nadia, actors.member("Métropole"));
        mail = "n" + nadia + "@venissieux.example";
        realm.user(nadia.toString(), mail);
    }

    @Test
    void aPersonSignsInSwitchesCapacityAndSignsOut() throws Exception {
        browser.cookies().put("entente_session", "planted-by-somebody-else");

        Browser.Page home = signIn("/sign-in?to=/annuaire");

        assertThat(home.uri()).isEqualTo(URI.create(portal + "/annuaire"));
        assertThat(browser.cookies().get("entente_session")).isNotEqualTo("planted-by-somebody-else");
        assertThat(browser.cookies().keySet())
                .as("no token among the portal's cookies")
                .contains("entente_session", "XSRF-TOKEN")
                .doesNotContain("entente_sign_in", "JSESSIONID");
        Browser.Page me = browser.open(URI.create(portal + "/api/me"));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.body()).contains("Nadia").contains(deputy.toString()).doesNotContain("eyJ");

        Browser.Page switched =
                browser.call("PUT", URI.create(portal + "/api/me/capacity"), "{\"capacity\":\"" + councillor + "\"}");
        assertThat(switched.status()).isEqualTo(200);

        Browser.Page out = browser.call("POST", URI.create(portal + "/sign-out"), "");
        assertThat(out.body()).contains("\"to\"");
        assertThat(browser.cookies()).doesNotContainKey("entente_session");
        assertThat(browser.open(URI.create(portal + "/api/me")).status()).isEqualTo(401);
    }

    @Test
    void aSignInIsUsedOnceAndOnlyByTheBrowserThatBeganIt() throws Exception {
        signIn("/sign-in");
        URI callback = browser.visited().stream()
                .filter(uri -> uri.getPath().startsWith("/login/oauth2/code/"))
                .findFirst()
                .orElseThrow();

        assertThat(browser.open(callback).status()).isEqualTo(400);
        Browser.Page another = new Browser().open(callback);
        assertThat(another.status()).isEqualTo(400);
        assertThat(another.body()).contains("expiré").contains("href=\"/sign-in\"");
    }

    @Test
    void keycloakEndsASessionOnEveryNodeAndARestartLosesNone() throws Exception {
        signIn("/sign-in");
        int port = Scratch.freePort();
        try (ConfigurableApplicationContext ignored = secondNode(port)) {
            URI there = URI.create("http://localhost:" + port + "/api/me");
            assertThat(browser.open(there).status())
                    .as("a node that started after the sign-in")
                    .isEqualTo(200);

            realm.logOut(nadia.toString());

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(browser.open(there).status()).isEqualTo(401));
        }
        assertThat(browser.open(URI.create(portal + "/api/me")).status()).isEqualTo(401);
    }

    @Test
    void aLogoutTokenThatKeycloakDidNotSignEndsNothing() throws Exception {
        signIn("/sign-in");
        Browser.Page answer = new Browser()
                .submit(
                        URI.create(portal + "/logout/connect/back-channel/keycloak"),
                        Map.of("logout_token", "eyJhbGciOiJub25lIn0.e30."));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(browser.open(URI.create(portal + "/api/me")).status()).isEqualTo(200);
    }

    @Test
    void whoHasNoCapacityLeftIsToldSo() throws Exception {
        actors.ended(deputy);
        actors.ended(councillor);
        Browser.Page page = signIn("/sign-in");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("Aucun rattachement en cours");
        assertThat(browser.cookies()).doesNotContainKey("entente_session");
    }

    private Browser.Page signIn(String start) throws Exception {
        return browser.signIn(URI.create(portal + start), portal, mail, TestRealm.PASSWORD);
    }

    private ConfigurableApplicationContext secondNode(int port) {
        return new SpringApplicationBuilder(EntentePlatform.class)
                .run(
                        "--server.port=" + port,
                        "--entente.public-url=" + portal,
                        "--entente.keycloak.url=" + TestKeycloak.url(),
                        "--entente.keycloak.realm=" + REALM,
                        "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
                        "--spring.datasource.username=" + environment.getProperty("spring.datasource.username"),
                        "--spring.datasource.password=" + environment.getProperty("spring.datasource.password"));
    }
}
