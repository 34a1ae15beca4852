package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.keycloak.TestCatalog;
import org.entente.identity.keycloak.TestSamlApp;
import org.entente.testing.LemonLdap;
import org.entente.testing.TestKeycloak;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

/** Who signs out of the portal signs out at the provider of their member, and in applications that only the browser can tell; and is never left on the way. */
class SigningOutTest extends SourcedTown {

    private static final String PORTAL = "https://portal.test/signed-out";

    @Autowired
    AppSessions sessions;

    @Test
    void theBrowserIsLedToTheTownsProviderAndBack() throws Exception {
        IdentitySource source = inService(oidc());
        assertThat(source.oidc()).isNotNull();
        Browser browser = throughTheTown();

        String to = signOut().orElseThrow();
        // Ended before the browser goes anywhere.
        assertThat(sessions.of(person)).isEmpty();
        assertThat(source()).isEqualTo("waiting");
        browser.open(to);

        assertThat(browser.left()).isEqualTo(PORTAL);
        assertThat(source()).isEqualTo("returned");
        assertThat(browser.open(provider().url()).page()).contains("name=\"password\"");
        assertThat(sessions.of(person)).isEmpty();
    }

    @Test
    void bySamlToo() throws Exception {
        inService(saml());
        Person rose = rose();
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        passedOn(atTheTown(browser, "rtyler"));
        assertThat(app.tokens(browser).status()).isEqualTo(200);

        browser.open(signOut().orElseThrow());
        if (browser.page().contains("name=\"SAMLRequest\"")) {
            browser.submit("SAMLRequest");
        }
        if (browser.page().contains("name=\"SAMLResponse\"")) {
            passedOn(browser);
        }

        assertThat(browser.left()).isEqualTo(PORTAL);
        assertThat(source()).isEqualTo("returned");
        assertThat(browser.open(provider().url()).page()).contains("name=\"password\"");
    }

    @Test
    void aProviderThatIsAwayOrWouldNotLeadBackKeepsNobody() throws Exception {
        IdentitySource source = inService(oidc());
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            // The address to lead back to is not one it knows.
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        refusing.start();
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int port : List.of(9, refusing.getAddress().getPort(), hanging.getLocalPort())) {
                Browser browser = throughTheTown();
                engine.put(
                        source.id().toString(), ending(source, source.label(), "http://127.0.0.1:" + port + "/logout"));

                browser.open(signOut().orElseThrow());

                assertThat(browser.left()).isEqualTo(PORTAL);
                assertThat(source()).isEqualTo("unreached");
                assertThat(sessions.of(person)).isEmpty();
                people.write(List.of(new Person(
                        person.value(), 500, false, "Rose", "Tyler", "fr", null, List.of(), false, List.of())));
            }
        } finally {
            refusing.stop(0);
        }
    }

    @Test
    void aMemberWhoDoesNotWantItIsNotLedThere() throws Exception {
        IdentitySource source = inService(oidc());
        sources.change(
                town,
                source.id(),
                new IdentitySources.Asked(null, null, null, null, null, null, null, null, null, null, null, false),
                admin);
        throughTheTown();

        assertThat(signOut()).isEmpty();
        assertThat(sessions.of(person)).isEmpty();
    }

    @Test
    void applicationsThatOnlyTheBrowserCanTellAreToldInFrames() throws Exception {
        TestApp vitrine = new TestApp(TestKeycloak.url(), "vitrine");
        TestSamlApp courrier = TestCatalog.saml("courrier");
        Person rose = written(person(gives("rose.vitrine", "vitrine", "courrier", "registre", "kiosque")));
        person = new PersonId(rose.person());
        password(rose);
        Browser browser = new Browser()
                .open(vitrine.signInUrl("uid"))
                .send("username", "username", rose.email())
                .send("password", "password", PASSWORD);
        assertThat(vitrine.tokens(browser).status()).isEqualTo(200);
        courrier.received(browser.open(courrier.url(courrier.request(TestSamlApp.newId()))));
        for (String other : List.of("registre", "kiosque")) {
            TestApp one = new TestApp(TestKeycloak.url(), other);
            assertThat(one.tokens(browser.open(one.signInUrl("uid"))).status()).isEqualTo(200);
        }

        String to = signOut().orElseThrow();
        assertThat(outcomes())
                .containsEntry("App vitrine", "browser waiting")
                .containsEntry("App registre", "oidc_back_channel answered")
                .containsEntry("App kiosque", "none untold");
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(to)).build(), HttpResponse.BodyHandlers.ofString());

        String html = HtmlUtils.htmlUnescape(page.body());
        assertThat(html)
                .contains("Déconnexion en cours")
                .contains("src=\"https://vitrine.test/bye?from=entente&iss=")
                .contains("&sid=")
                .contains("action=\"https://courrier.test/slo\"")
                .contains("name=\"SAMLRequest\"")
                .contains("sandbox=\"allow-scripts allow-same-origin allow-forms\"")
                .contains("href=\"" + PORTAL + "\"");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .containsPattern("frame-src [^;]*https://vitrine.test")
                .containsPattern("frame-src [^;]*https://courrier.test")
                .contains("default-src 'none'");
        // Who it was is told to the applications of the session alone: not to what their pages load, nor to where one
        // goes next.
        assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(outcomes())
                .containsEntry("App vitrine", "browser shown")
                .containsEntry("App courrier", "browser shown");
        // The same address says nothing a second time, and leads home.
        browser.open(to + "?next=https://evil.example/");
        assertThat(browser.left()).endsWith("/signed-out").doesNotContain("evil");
        assertThat(sessions.of(person)).isEmpty();
    }

    @Test
    void nobodyElseIsToldWhatASignOutHasEnded() throws Exception {
        inService(oidc());
        throughTheTown();
        signOut();

        assertThat(sessions.ended(page)).isPresent();
        assertThat(sessions.ended("somebody-elses")).isEmpty();
        assertThat(sessions.ended("../people")).isEmpty();
    }

    @Test
    void whoHasTwoSourcesIsLedToTheOneTheyCameThrough() throws Exception {
        IdentitySource source = inService(oidc());
        Other other = anotherTown();
        IdentitySource elsewhere = sources.make(other.town(), "oidc", "Connexion d’ailleurs", other.admin());
        engine.put(elsewhere.id().toString(), ending(source, "Connexion d’ailleurs", "http://127.0.0.1:9/logout"));
        try {
            Person rose = written(person(post("rtyler"), elsewhere("rose@ailleurs.example")));
            person = new PersonId(rose.person());
            password(rose);
            Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
            atTheTown(browser, "rtyler").send("password", "password", PASSWORD);
            chooseFirst(browser);
            assertThat(app.tokens(browser).status()).isEqualTo(200);

            browser.open(signOut().orElseThrow());

            assertThat(browser.left()).isEqualTo(PORTAL);
            assertThat(sessions.ended(page).orElseThrow().source())
                    .isEqualTo(new AppSessions.EndedSource("Connexion de la ville", "returned"));
        } finally {
            sources.remove(other.town(), elsewhere.id(), other.admin());
        }
    }

    /** The address by which a provider leads back is known to everybody, and a session's name to every application of it. */
    @Test
    void anAddressOfOursThatSomebodyIsLuredToSignsNobodyOut() throws Exception {
        IdentitySource source = inService(oidc());
        Browser browser = throughTheTown();
        String session = sessions.of(person).getFirst().session();

        browser.open(engine.ours(source.id().toString()).afterSignOutUri() + "?state=" + session);
        assertThat(browser.status()).isEqualTo(400);
        browser.open(TestKeycloak.url()
                + "/realms/entente/protocol/openid-connect/logout?post_logout_redirect_uri=https://evil.example/");
        assertThat(browser.arrived()).isFalse();
        browser.open(
                TestKeycloak.url() + "/realms/entente/entente-sign-out/" + session + "?next=https://evil.example/");
        assertThat(browser.left()).doesNotContain("evil");

        assertThat(sessions.of(person)).isNotEmpty();
    }

    /** Keycloak's own way would go to the provider first, with everything still open here. */
    @Test
    void whoSignsOutAtAnApplicationIsSignedOutHereWhateverTheProviderDoes() throws Exception {
        inService(saml());
        Person rose = rose();
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        passedOn(atTheTown(browser, "rtyler"));
        String idToken = app.tokens(browser).text("id_token");

        browser.open(TestKeycloak.url() + "/realms/entente/protocol/openid-connect/logout?id_token_hint=" + idToken);

        assertThat(browser.page())
                .doesNotContain("SAMLRequest")
                .doesNotContain(provider().url());
        assertThat(sessions.of(person)).isEmpty();
    }

    @Test
    void whoUsedNothingOfThatKindGoesNowhere() {
        Person rose = rose();
        password(rose);
        app.tokens(new Browser()
                .open(app.signInUrl("uid"))
                .send("username", "username", rose.email())
                .send("password", "password", PASSWORD));

        assertThat(signOut()).isEmpty();
        assertThat(sessions.of(person)).isEmpty();
    }

    private PersonId person;

    private Person rose() {
        Person rose = written(person(post("rtyler")));
        person = new PersonId(rose.person());
        return rose;
    }

    private Browser throughTheTown() {
        Person rose = rose();
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        atTheTown(browser, "rtyler");
        assertThat(app.tokens(browser).status()).isEqualTo(200);
        return browser;
    }

    private Optional<String> signOut() {
        String session = sessions.of(person).getFirst().session();
        AppSessions.SigningOut out = sessions.signOut(person, session, PORTAL).orElseThrow();
        page = out.page();
        return Optional.of(out.to()).filter(to -> !to.isEmpty());
    }

    /** What became of the applications. */
    private Map<String, String> outcomes() {
        return sessions.ended(page).orElseThrow().apps().stream()
                .collect(Collectors.toMap(AppSessions.EndedApp::name, one -> one.means() + " " + one.outcome()));
    }

    /** What became of the provider, as the page after signing out says. */
    private @Nullable String source() {
        AppSessions.EndedSource source = sessions.ended(page).orElseThrow().source();
        return source == null ? null : source.outcome();
    }

    private String page = "";

    private static org.entente.identity.SignInSources.Source ending(
            IdentitySource source, String label, String endSession) {
        IdentitySource.Oidc oidc = source.oidc();
        assertThat(oidc).isNotNull();
        return new org.entente.identity.SignInSources.Source(
                source.member(),
                label,
                label.equals(source.label()) ? source.domains() : List.of("ailleurs.example"),
                "on",
                false,
                true,
                true,
                true,
                new org.entente.identity.SignInSources.Oidc(
                        oidc.issuer(),
                        oidc.authorizationUrl(),
                        oidc.tokenUrl(),
                        oidc.userInfoUrl(),
                        oidc.jwksUrl(),
                        oidc.clientId(),
                        LemonLdap.SECRET,
                        oidc.clientAuthentication(),
                        "openid profile email",
                        endSession),
                null);
    }
}
