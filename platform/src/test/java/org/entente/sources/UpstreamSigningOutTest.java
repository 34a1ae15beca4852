package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInSources;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.NodePackages;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.keycloak.ToldApps;
import org.entente.testing.LemonLdap;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

/** Who signs out at the provider of their member is signed out here and in the applications; and nobody but that provider can say so. */
class UpstreamSigningOutTest extends SourcedTown {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    @Autowired
    AppSessions sessions;

    private Process provider;
    private PersonId person;

    @AfterEach
    void itEnds() {
        if (provider != null) {
            provider.destroy();
        }
    }

    @Test
    void byOpenIdConnect() throws Exception {
        IdentitySource source = sources.make(town, "oidc", "Connexion de la ville", admin);
        SignInSources.Ours ours = engine.ours(source.id().toString());
        String issuer = started(ours);
        sources.change(town, source.id(), described(issuer), admin);
        Person rose = rose();
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        Browser browser = new Browser().open(registre.signInUrl("uid")).send("username", "username", rose.email());
        browser.submit("login", "login", "rtyler", "password", "whatever");
        if (browser.page().contains("value=\"consent\"")) {
            browser.submit("prompt");
        }
        TestApp.Answer tokens = registre.tokens(browser);
        assertThat(tokens.status()).isEqualTo(200);

        // What others could send in its place: nothing of it ends anything.
        RSAKey key = new RSAKeyGenerator(2048).keyID("theirs").generate();
        for (JWT forged :
                List.of(new PlainJWT(says(issuer, LemonLdap.CLIENT)), signed(key, says(issuer, LemonLdap.CLIENT)))) {
            assertThat(new Browser()
                            .post(ours.backChannelSignOutUri(), "logout_token", forged.serialize())
                            .status())
                    .isEqualTo(400);
        }
        String idToken = tokens.text("id_token");
        assertThat(new Browser()
                        .post(ours.backChannelSignOutUri(), "logout_token", idToken)
                        .status())
                .isEqualTo(400);
        assertThat(sessions.of(person)).isNotEmpty();

        int told = ToldApps.tokens().size();
        browser.open(issuer + "/session/end").submit("xsrf", "logout", "yes");

        await().atMost(Duration.ofSeconds(20)).until(() -> sessions.of(person).isEmpty());
        await().atMost(Duration.ofSeconds(20)).until(() -> ToldApps.tokens().size() > told);
        assertThat(browser.open(registre.signInUrl("uid")).page()).contains("name=\"username\"");
    }

    /** A provider of one town has no say about who came through another's, whoever it names. */
    @Test
    void theProviderOfAnotherTownEndsNothing() throws Exception {
        inService(oidc());
        Person rose = rose();
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        atTheTown(browser, "rtyler");
        assertThat(app.tokens(browser).status()).isEqualTo(200);
        Other other = anotherTown();
        IdentitySource theirs = sources.make(other.town(), "oidc", "Connexion d’ailleurs", other.admin());
        RSAKey key = new RSAKeyGenerator(2048).keyID("theirs").generate();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        try {
            String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
            engine.put(theirs.id().toString(), of(other, issuer));

            Browser told = new Browser()
                    .post(
                            engine.ours(theirs.id().toString()).backChannelSignOutUri(),
                            "logout_token",
                            signed(key, says(issuer, LemonLdap.CLIENT)).serialize());

            // It is heard, and it is about nobody.
            assertThat(told.status()).isEqualTo(200);
            assertThat(sessions.of(person)).isNotEmpty();
        } finally {
            server.stop(0);
            sources.remove(other.town(), theirs.id(), other.admin());
        }
    }

    @Test
    void bySaml() throws Exception {
        IdentitySource source = saml();
        // Whether its people are led there when they sign out here, is another question.
        sources.change(
                town,
                inService(source).id(),
                new IdentitySources.Asked(null, null, null, null, null, null, null, null, null, null, null, false),
                admin);
        Person rose = rose();
        TestApp registre = new TestApp(TestKeycloak.url(), "registre");
        Browser browser = new Browser().open(registre.signInUrl("uid")).send("username", "username", rose.email());
        atTheTown(browser, "rtyler");
        String assertion = text(hidden(browser, "SAMLResponse"));
        passedOn(browser);
        assertThat(registre.tokens(browser).status()).isEqualTo(200);

        String endpoint = engine.ours(source.id().toString()).redirectUri();
        Browser forger = new Browser().post(endpoint, "SAMLRequest", base64(unsigned(endpoint, assertion)));
        assertThat(forger.status()).isEqualTo(400);
        assertThat(sessions.of(person)).isNotEmpty();

        int told = ToldApps.tokens().size();
        browser.open(provider().url() + "?logout=1");
        Matcher frame = Pattern.compile("<iframe[^>]*src=\"([^\"]+)\"").matcher(browser.page());
        assertThat(frame.find()).as(browser.page()).isTrue();
        browser.open(java.net
                .URI
                .create(provider().url())
                .resolve(HtmlUtils.htmlUnescape(frame.group(1)))
                .toString());
        if (browser.page().contains("name=\"SAMLRequest\"")) {
            browser.submit("SAMLRequest");
        }

        assertThat(sessions.of(person)).as(browser.page()).isEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> ToldApps.tokens().size() > told);
        // And the provider is answered, so that its own page can say so.
        assertThat(browser.page()).doesNotContain("Internal Server Error");
        assertThat(browser.status()).isLessThan(400);
    }

    private Person rose() {
        Person rose = written(person(gives("rtyler", "registre")));
        person = new PersonId(rose.person());
        return rose;
    }

    private static String unsigned(String endpoint, String assertion) {
        Matcher name =
                Pattern.compile("<saml:NameID.*?</saml:NameID>", Pattern.DOTALL).matcher(assertion);
        Matcher index = Pattern.compile("SessionIndex=\"([^\"]+)\"").matcher(assertion);
        assertThat(name.find() && index.find()).as(assertion).isTrue();
        return """
                <samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
                 ID="_%s" Version="2.0" IssueInstant="%s" Destination="%s"><saml:Issuer>%ssaml/metadata</saml:Issuer>%s<samlp:SessionIndex>%s</samlp:SessionIndex></samlp:LogoutRequest>""".formatted(
                        UUID.randomUUID(), Instant.now(), endpoint, provider().url(), name.group(), index.group(1));
    }

    private static JWTClaimsSet says(String issuer, String client) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(client)
                .subject("rtyler")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of(EVENT, Map.of()))
                .build();
    }

    private static SignedJWT signed(RSAKey key, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(key));
        return jwt;
    }

    private static SignInSources.Source of(Other other, String issuer) {
        return new SignInSources.Source(
                other.town(),
                "Connexion d’ailleurs",
                List.of("ailleurs.example"),
                "on",
                false,
                true,
                true,
                true,
                new SignInSources.Oidc(
                        issuer,
                        issuer + "/auth",
                        issuer + "/token",
                        null,
                        issuer + "/jwks",
                        LemonLdap.CLIENT,
                        LemonLdap.SECRET,
                        "client_secret_basic",
                        "openid",
                        null),
                null);
    }

    private String started(SignInSources.Ours ours) throws IOException {
        ProcessBuilder node = new ProcessBuilder("node", "scripts/identity-provider.mjs")
                .directory(NodePackages.installed().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .putAll(Map.of(
                        "CLIENT_ID", LemonLdap.CLIENT,
                        "CLIENT_SECRET", LemonLdap.SECRET,
                        "REDIRECT_URI", ours.redirectUri(),
                        "BACK_CHANNEL", ours.backChannelSignOutUri(),
                        "DOMAIN", LemonLdap.DOMAIN));
        provider = node.start();
        return provider.inputReader(StandardCharsets.UTF_8).readLine();
    }

    private static IdentitySources.Asked described(String issuer) {
        return new IdentitySources.Asked(
                null,
                "on",
                List.of(LemonLdap.DOMAIN),
                false,
                false,
                true,
                issuer,
                LemonLdap.CLIENT,
                LemonLdap.SECRET,
                null,
                null,
                null);
    }
}
