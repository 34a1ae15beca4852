package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.NodePackages;
import org.entente.testing.LemonLdap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A town whose provider is made with the npm library {@code oidc-provider}: a second one that is not ours, see {@code web/scripts/identity-provider.mjs}. */
class OidcProviderTest extends SourcedTown {

    private Process provider;

    @AfterEach
    void itEnds() {
        if (provider != null) {
            provider.destroy();
        }
    }

    @Test
    void peopleSignInByIt() throws Exception {
        IdentitySource source = sources.make(town, "oidc", "Connexion de la ville", admin);
        String issuer = started(engine.ours(source.id().toString()).redirectUri());
        assertThat(sources.check(town, source.id(), described(issuer, "trial")))
                .noneMatch(finding -> finding.level() == Finding.Level.WRONG);
        sources.change(town, source.id(), described(issuer, "on"), admin);
        Person rose = written(person(post("rtyler")));

        Browser browser = new Browser().open(app.signInUrl("uid email")).send("username", "username", rose.email());
        assertThat(browser.page()).contains("Enter any login");
        atItsPages(browser, "rtyler");

        var claims = app.tokens(browser).claims("id_token");
        assertThat(claims.path("uid").asString()).isEqualTo(rose.person().toString());
        assertThat(claims.path("email").asString()).isEqualTo(rose.email());
    }

    /** Else whoever administers one town would be its people everywhere, by naming a provider of their own. */
    @Test
    void whoWasLinkedToAnotherProviderConfirmsAnew() throws Exception {
        IdentitySource source = inService(oidc());
        Person rose = written(person(post("rtyler"), elsewhere("rose@ailleurs.example")));
        password(rose);
        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atTheTown(browser, "rtyler").send("password", "password", PASSWORD);
        chooseFirst(browser);
        assertThat(app.tokens(browser).status()).isEqualTo(200);

        String issuer = started(engine.ours(source.id().toString()).redirectUri());
        sources.change(town, source.id(), described(issuer, "on"), admin);
        Browser again = new Browser().open(app.signInUrl("uid")).send("username", "username", address("rtyler"));
        atItsPages(again, "rtyler");

        assertThat(again.title()).isEqualTo("C’est bien vous\u00a0?");
    }

    @Test
    void anAddressThatItSaysIsNotVerifiedOpensNothing() throws Exception {
        IdentitySource source = sources.make(town, "oidc", "Connexion de la ville", admin);
        sources.change(
                town,
                source.id(),
                described(started(engine.ours(source.id().toString()).redirectUri()), "on"),
                admin);
        Person rose = written(person(post("new.rtyler")));

        Browser browser = new Browser().open(app.signInUrl("uid")).send("username", "username", rose.email());
        atItsPages(browser, "new.rtyler");

        assertThat(browser.arrived()).isFalse();
        assertThat(browser.page()).doesNotContain("code=");
    }

    /** Name and password, then whether to tell us who one is. */
    private static void atItsPages(Browser browser, String name) {
        browser.submit("login", "login", name, "password", "whatever");
        if (browser.page().contains("value=\"consent\"")) {
            browser.submit("prompt");
        }
    }

    private String started(String redirectUri) throws IOException {
        Path web = NodePackages.installed();
        ProcessBuilder node = new ProcessBuilder("node", "scripts/identity-provider.mjs")
                .directory(web.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .putAll(Map.of(
                        "CLIENT_ID", LemonLdap.CLIENT,
                        "CLIENT_SECRET", LemonLdap.SECRET,
                        "REDIRECT_URI", redirectUri,
                        "DOMAIN", LemonLdap.DOMAIN));
        provider = node.start();
        return provider.inputReader(StandardCharsets.UTF_8).readLine();
    }

    /** It says itself which addresses are verified. */
    private static IdentitySources.Asked described(String issuer, String state) {
        return new IdentitySources.Asked(
                null,
                state,
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
