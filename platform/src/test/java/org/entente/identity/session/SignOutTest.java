package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.entente.testing.TestKeycloak;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.context.WebApplicationContext;

/** Signing out of the portal with an application open that only the browser can tell: where the browser is led, and what it is told afterwards. */
class SignOutTest extends KeycloakTest {

    private static final String PASSWORD = "correct horse battery staple";

    @Autowired
    WebApplicationContext web;

    @Autowired
    SessionStore store;

    @Autowired
    AppSessions apps;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionOperations transaction;

    private MockMvc mvc;
    private PersonId person;
    private String secret;

    @BeforeEach
    void somebodyIsSignedInToThePortalAndToAnApplication() {
        mvc = MockMvcBuilders.webAppContextSetup(web).apply(springSecurity()).build();
        Town town = new Town(jdbc, events, transaction);
        person = town.person("Nadia", "Benali");
        AffiliationId post = town.joins(person, town.member("Corbas"), "agent", null);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT state FROM provisioning.account WHERE affiliation = ? AND connector = 'keycloak'")
                                .param(post.value())
                                .query(String.class)
                                .list())
                        .containsExactly("active"));
        TestApp.setPassword(TestKeycloak.url(), person.value(), PASSWORD);
        String address = jdbc.sql("SELECT address FROM directory.affiliation WHERE id = ?")
                .param(post.value())
                .query(String.class)
                .single();
        TestApp vitrine = new TestApp(TestKeycloak.url(), "vitrine");
        vitrine.tokens(new Browser()
                .open(vitrine.signInUrl("uid"))
                .send("username", "username", address)
                .send("password", "password", PASSWORD));
        String keycloak = apps.of(person).getFirst().session();
        secret = store.start(
                        person,
                        post,
                        new SessionStore.Origin(keycloak, person.toString(), "Firefox", "127.0.0.1", Reach.EVERYWHERE))
                .secret();
    }

    @Test
    void theBrowserIsLedToTellTheApplicationAndThePageSaysWhatWasEnded() throws Exception {
        Cookie page = mvc.perform(post("/sign-out")
                        .cookie(new Cookie("entente_session", secret), new Cookie("XSRF-TOKEN", SessionCsrf.of(secret)))
                        .header("X-XSRF-TOKEN", SessionCsrf.of(secret)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.to").value(containsString("/realms/entente/entente-sign-out/")))
                .andExpect(cookie().httpOnly("entente_signed_out", true))
                .andReturn()
                .getResponse()
                .getCookie("entente_signed_out");

        assertThat(apps.of(person)).isEmpty();
        assertThat(page).isNotNull();
        mvc.perform(get("/api/signed-out?apps=Evil&source=Evil").cookie(page))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.apps.length()").value(1))
                .andExpect(jsonPath("$.apps[0].name").value("App vitrine"))
                .andExpect(jsonPath("$.apps[0].means").value("browser"))
                .andExpect(jsonPath("$.apps[0].outcome").value("waiting"))
                .andExpect(jsonPath("$.source").doesNotExist());
        for (Cookie other : new Cookie[] {new Cookie("a", "b"), new Cookie("entente_signed_out", "x".repeat(40))}) {
            mvc.perform(get("/api/signed-out").cookie(other))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.apps.length()").value(0));
        }
    }

    @Test
    void anotherSiteSignsNobodyOut() throws Exception {
        mvc.perform(post("/sign-out").cookie(new Cookie("entente_session", secret)))
                .andExpect(status().isForbidden());
        mvc.perform(post("/sign-out")
                        .cookie(new Cookie("entente_session", secret), new Cookie("XSRF-TOKEN", "planted"))
                        .header("X-XSRF-TOKEN", "planted"))
                .andExpect(status().isForbidden());

        assertThat(apps.of(person)).isNotEmpty();
    }
}
