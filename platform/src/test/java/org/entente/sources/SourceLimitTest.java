package org.entente.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.keycloak.TestCatalog;
import org.entente.identity.keycloak.TestSamlApp;
import org.entente.testing.TestKeycloak;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Who is with another member too comes in through the town's provider for the town alone, until they confirm by a password of their own: nobody is shut
 * out by having been taken in elsewhere, and the town's provider opens nothing that others gave.
 */
class SourceLimitTest extends SourcedTown {

    private static final String FIRST = "Confirmez que c’est vous";
    private static final String CONFIRM = "C’est bien vous\u00a0?";

    @LocalServerPort
    int port;

    private TestApp theirs;
    private String cookie = "";

    @BeforeEach
    void anApplicationOfTheOtherMember() {
        theirs = TestApp.register("theirs", "theirs", "");
    }

    @Test
    void whoOnlyKnowsTheTownsProviderActsForTheTownAndNothingElse() throws Exception {
        inService(oidc());
        Capacity post = post("rtyler");
        Capacity mandate = mandate("sourced", "theirs", "agenda", "courrier");
        written(person(post, mandate));

        Browser browser = atTheTown(signIn(app.signInUrl("capacity", "capacity_hint", mandate.id() + "")), "rtyler");
        TestApp.Answer tokens = app.tokens(browser);

        assertThat(capacity(tokens)).isEqualTo(post.id().toString());
        assertThat(app.refresh(tokens).status()).isEqualTo(200);
        // Whatever is asked for, of whoever is signed in already.
        for (String[] asked : new String[][] {
            {"capacity_hint", mandate.id().toString()}, {"prompt", "select_account"}, {"siret_hint", "20004697700019"}
        }) {
            assertThat(capacity(app.tokens(browser.open(app.signInUrl("capacity", asked)))))
                    .isEqualTo(post.id().toString());
        }
        // What only the other member gave, by every protocol.
        for (String way : List.of(
                theirs.signInUrl("uid"),
                theirs.signInUrl("uid", "capacity_hint", mandate.id().toString()),
                TestKeycloak.url() + "/realms/entente/protocol/cas/login?service="
                        + URLEncoder.encode("https://agenda.test/cas", UTF_8),
                courrier())) {
            assertThat(browser.open(way).title()).as(way).isEqualTo(FIRST);
            assertThat(browser.arrived()).isFalse();
        }
        // Nor from the start.
        assertThat(atTheTown(signIn(theirs.signInUrl("uid")), "rtyler").title()).isEqualTo(FIRST);
    }

    @Test
    void aChoiceRememberedFromASignInByPasswordDoesNotCountHere() throws Exception {
        inService(oidc());
        Capacity post = post("rtyler");
        Capacity mandate = mandate("sourced");
        Person rose = written(person(post, mandate));
        password(rose);
        Browser own = byPassword(app.signInUrl("capacity"));
        own.send("capacity", "capacity", mandate.id().toString(), "remember", "on");
        assertThat(capacity(app.tokens(own))).isEqualTo(mandate.id().toString());

        Browser browser = atTheTown(signIn(app.signInUrl("capacity")), "rtyler");
        assertThat(browser.title()).isEqualTo(CONFIRM);
        assertThat(browser.page()).contains("Continuer seulement au titre de Ville");

        assertThat(capacity(app.tokens(browser.send("only", "only", "1"))))
                .isEqualTo(post.id().toString());
        assertThat(browser.open(app.signInUrl("uid")).arrived()).isTrue();
        // Nothing was confirmed by going on: the next sign-in asks again.
        assertThat(atTheTown(signIn(app.signInUrl("capacity")), "rtyler").title())
                .isEqualTo(CONFIRM);
    }

    @Test
    void onceAPasswordConfirmsBothAreThere() throws Exception {
        inService(oidc());
        Capacity mandate = mandate("sourced", "theirs");
        Person rose = written(person(post("rtyler"), mandate));
        Browser browser = atTheTown(signIn(app.signInUrl("uid")), "rtyler");
        TestApp.Answer before = app.tokens(browser);
        password(rose);
        assertThat(browser.open(theirs.signInUrl("uid")).title()).isEqualTo(FIRST);

        // As the portal does it: signed in anew, and asked.
        browser.open(app.signInUrl("capacity", "prompt", "login", "entente_confirm", "true"));
        if (!browser.title().equals(CONFIRM)) {
            atTheTown(browser, "rtyler");
        }
        assertThat(browser.title()).isEqualTo(CONFIRM);
        browser.send("password", "password", PASSWORD);
        assertThat(browser.page()).contains(mandate.id().toString());
        browser.send("capacity", "capacity", mandate.id().toString());
        assertThat(capacity(app.tokens(browser))).isEqualTo(mandate.id().toString());
        assertThat(theirs.tokens(browser.open(theirs.signInUrl("uid"))).status())
                .isEqualTo(200);
        assertThat(before.status()).isEqualTo(200);
    }

    @Test
    void withoutAPasswordWhoAsksToConfirmIsToldHowToGetOne() throws Exception {
        inService(oidc());
        written(person(post("rtyler"), mandate("theirs")));

        Browser browser = atTheTown(signIn(app.signInUrl("uid", "entente_confirm", "true")), "rtyler");

        assertThat(browser.title()).isEqualTo(CONFIRM);
        assertThat(browser.page())
                .contains("Choisir un mot de passe du territoire")
                .doesNotContain("type=\"password\"");
        assertThat(browser.send("only", "only", "1", "password", "").arrived()).isTrue();
    }

    @Test
    void whatAProviderOpenedBeforeSomebodyJoinedAnotherMemberOpensNoMoreThanBefore() throws Exception {
        inService(oidc());
        Capacity post = post("rtyler");
        Person rose = written(person(post));
        Browser browser = atTheTown(signIn(app.signInUrl("capacity")), "rtyler");
        TestApp.Answer tokens = app.tokens(browser);
        Capacity mandate = mandate("sourced", "theirs");

        people.write(List.of(with(rose, post, mandate)));

        assertThat(browser.open(theirs.signInUrl("uid")).title()).isEqualTo(FIRST);
        assertThat(capacity(app.tokens(browser.open(
                        app.signInUrl("capacity", "capacity_hint", mandate.id().toString())))))
                .isEqualTo(post.id().toString());
        assertThat(tokens.status()).isEqualTo(200);
    }

    @Test
    void whatWasConfirmedForOneMemberIsNotForTheNext() throws Exception {
        inService(oidc());
        Capacity post = post("rtyler");
        Capacity mandate = mandate("theirs");
        Person rose = written(person(post, mandate));
        password(rose);
        Browser browser = atTheTown(signIn(theirs.signInUrl("uid")), "rtyler");
        TestApp.Answer tokens = theirs.tokens(browser.send("password", "password", PASSWORD));
        assertThat(tokens.status()).isEqualTo(200);

        people.write(List.of(with(rose, post, mandate, mandate("theirs"))));

        assertThat(theirs.refresh(tokens).status()).isEqualTo(400);
        assertThat(browser.open(theirs.signInUrl("uid")).title()).isEqualTo(FIRST);
    }

    @Test
    void theKeysToTheAccountAreNotForATownsProviderToCut() throws Exception {
        inService(oidc());
        written(person(post("rtyler"), mandate("theirs")));
        for (String action : List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP", "webauthn-register-passwordless")) {
            Browser browser = atTheTown(signIn(begin("/sign-in?to=/&action=" + action)), "rtyler");
            assertThat(browser.title()).as(action).isEqualTo(FIRST);
        }
        // Nor does a passkey, which opens everything by itself, come from there when a second factor is asked for.
        Person chief = written(person(true, post("dwho"), mandate("theirs")));
        Browser browser = atTheTown(signIn(app.signInUrl("uid")), "dwho");
        assertThat(browser.title()).isEqualTo("Protéger votre compte");
        assertThat(browser.page()).doesNotContain("value=\"passkey\"");
        assertThat(browser.send("factor", "factor", "passkey").title()).isEqualTo("Protéger votre compte");
        password(chief);
        assertThat(browser.send("factor", "factor", "code").title()).isEqualTo(FIRST);
    }

    @Test
    void thePortalKnowsForWhomASessionCounts() throws Exception {
        inService(oidc());
        Capacity post = post("rtyler");
        Capacity mandate = mandate("theirs");
        Person rose = written(person(post, mandate));
        inTheDirectory(rose);
        jdbc.sql("INSERT INTO identity.preference (person, last_capacity) VALUES (?, ?)")
                .params(rose.person(), mandate.id())
                .update();

        Browser browser = atTheTown(signIn(begin("/sign-in?to=/")), "rtyler");
        HttpResponse<String> arrived = get(
                URI.create(browser.left()).getRawPath() + "?"
                        + URI.create(browser.left()).getRawQuery(),
                cookie);

        String session = arrived.headers().allValues("set-cookie").stream()
                .map(one -> one.split(";", 2)[0])
                .filter(one -> one.startsWith("entente_session"))
                .findFirst()
                .orElseThrow();
        String me = get("/api/me", session).body();
        assertThat(me)
                .contains("\"acting\":{\"id\":\"" + post.id())
                .contains("\"unconfirmed\":[\"" + mandate.id() + "\"]");
        // Confirmed, with a session of its own.
        password(rose);
        browser.open(begin("/sign-in?to=/&level=confirmed"));
        if (!browser.title().equals(CONFIRM)) {
            atTheTown(browser, "rtyler");
        }
        browser.send("password", "password", PASSWORD);
        get(
                URI.create(browser.left()).getRawPath() + "?"
                        + URI.create(browser.left()).getRawQuery(),
                cookie);
        assertThat(jdbc.sql("SELECT only_members IS NULL AND by_source FROM identity.session WHERE person = ?"
                                + " ORDER BY started_at DESC LIMIT 1")
                        .param(rose.person())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /** To the town's own page. */
    private static Browser signIn(String url) {
        return new Browser().open(url).send("username", "username", address("rtyler"));
    }

    private static Browser byPassword(String url) {
        return new Browser()
                .open(url)
                .send("username", "username", "rose@ailleurs.example")
                .send("password", "password", PASSWORD);
    }

    private static String courrier() {
        TestSamlApp courrier = TestCatalog.saml("courrier");
        return courrier.url(courrier.request(TestSamlApp.newId()));
    }

    private static String capacity(TestApp.Answer tokens) {
        assertThat(tokens.status()).as("%s", tokens.body()).isEqualTo(200);
        return tokens.claims("id_token").path("capacity").path("id").asString();
    }

    private static Capacity mandate(String... services) {
        TreeMap<String, SortedSet<String>> gives = new TreeMap<>();
        for (String service : services) {
            gives.put(service, new TreeSet<>(List.of("user")));
        }
        return new Capacity(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "200046977",
                "20004697700019",
                "Métropole",
                "elu",
                "Mandat",
                null,
                "rose@ailleurs.example",
                null,
                null,
                gives);
    }

    private void inTheDirectory(Person person) {
        jdbc.sql("INSERT INTO directory.person (id, given_name, usual_name) VALUES (?, 'Rose', 'Tyler')")
                .param(person.person())
                .update();
        List<UUID> members = new ArrayList<>();
        for (Capacity capacity : person.capacities()) {
            if (!capacity.member().equals(town.value())) {
                jdbc.sql("INSERT INTO directory.member (id, kind, name) VALUES (?, 'commune', ?)")
                        .params(capacity.member(), "Ville " + capacity.member())
                        .update();
            }
            members.add(capacity.member());
            jdbc.sql("""
                            INSERT INTO directory.affiliation (id, person, member, kind, function, valid_from, phase)
                            VALUES (?, ?, ?, 'agent', 'Agent', '2020-01-01', 'current')""")
                    .params(capacity.id(), person.person(), capacity.member())
                    .update();
        }
        assertThat(members).hasSize(2);
    }

    private String begin(String path) throws Exception {
        HttpResponse<String> answer = get(path, "");
        cookie = answer.headers().allValues("set-cookie").stream()
                .filter(one -> one.contains("sign_in"))
                .map(one -> one.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
        return answer.headers().firstValue("location").orElseThrow();
    }

    private HttpResponse<String> get(String path, String cookies) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Cookie", cookies)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
