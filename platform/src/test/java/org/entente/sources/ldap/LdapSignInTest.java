package org.entente.sources.ldap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.directory.PersonId;
import org.entente.identity.PasswordsElsewhere;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.TestApp;
import org.entente.testing.TestSlapd;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** People of a town sign in with the password of its OpenLDAP, a real one, through a real Keycloak. */
class LdapSignInTest extends BoundTown {

    private static final String AWAY = "ne répond pas pour l’instant";
    private static final String WRONG = "mot de passe incorrect";
    private static final String SECOND_FACTOR = "Protéger votre compte";
    private static final String TWO = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

    @LocalServerPort
    int port;

    @Autowired
    PasswordsElsewhere elsewhere;

    @Test
    void thePasswordOfTheDirectoryOpensAndOnlyThat() {
        signInBy("on");
        Person rose = written(false, bound("rose"));
        password(rose);

        Browser browser = at(address("rose"));
        assertThat(browser.page()).contains("celui de l’annuaire de Ville " + domain);
        for (String wrong : new String[] {"faux", OURS, " "}) {
            assertThat(type(browser, wrong).page()).contains(WRONG);
        }
        assertThat(type(browser, "").page()).contains("Saisissez votre mot de passe");
        TestApp.forgive(rose.person());
        type(browser, THEIRS);

        var claims = app.tokens(browser).claims("id_token");
        assertThat(claims.path("uid").asString()).isEqualTo(rose.person().toString());
        assertThat(claims.path("acr").asString()).endsWith("consistency-checked");
        assertThat(card("rose")).contains("\"keptBy\": \"ldap\"");
    }

    @Test
    void anEmptyPasswordNeverReachesTheDirectory() {
        signInBy("on");

        assertThat(signIn.ask(town, affiliation("rose"), "", null)).isEqualTo(LdapSaid.WRONG);
        assertThat(signIn.ask(town, affiliation("rose"), null, null)).isEqualTo(LdapSaid.WRONG);
        // What slapd itself would say to it, were it asked.
        assertThat(signIn.ask(town, affiliation("rose"), THEIRS, null)).isEqualTo(LdapSaid.RIGHT);
    }

    @Test
    void whoHasNoSuchAddressIsAnsweredTheSame() {
        signInBy("on");
        written(false, bound("rose"));

        String known = type(at(address("rose")), "faux").page();
        String unknown = type(at(address("personne")), "faux").page();
        assertThat(unknown).contains(WRONG);
        assertThat(bare(unknown, "personne")).isEqualTo(bare(known, "rose"));

        slapd.kill();
        known = type(at(address("rose")), THEIRS).page();
        unknown = type(at(address("personne")), "faux").page();
        assertThat(unknown).contains(AWAY);
        assertThat(bare(unknown, "personne")).isEqualTo(bare(known, "rose"));
    }

    @Test
    void aDirectoryThatIsAwayCountsAgainstNobodyAndComesBack() throws Exception {
        signInBy("on");
        Person rose = written(false, bound("rose"));
        slapd.kill();

        Browser browser = at(address("rose"));
        // More than Keycloak, and more than the directory, would forgive.
        for (int i = 0; i < 10; i++) {
            assertThat(type(browser, "faux " + i).page()).contains(AWAY);
        }
        assertThat(book.get(town).signIn().trouble()).startsWith("ldap.");
        assertThat(TestApp.failures(rose.person())).isZero();

        slapd.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> signIn.ask(town, affiliation("rose"), THEIRS, null) == LdapSaid.RIGHT);
        assertThat(uid(type(browser, THEIRS))).isEqualTo(rose.person().toString());
    }

    @Test
    void afterFourFailuresTheDirectoryIsLeftAloneForAWhile() {
        signInBy("on");
        Person rose = written(false, bound("rose"));
        Browser browser = at(address("rose"));
        for (int i = 0; i < 4; i++) {
            assertThat(type(browser, "faux " + i).page()).contains(WRONG);
            counted(rose, 1);
            TestApp.forgive(rose.person());
        }

        assertThat(type(browser, THEIRS).page()).contains(WRONG).contains("attendez une demi-heure");
        TestApp.forgive(rose.person());

        jdbc.sql("UPDATE sources.ldap_try SET last_at = last_at - interval '31 minutes' WHERE affiliation = ?")
                .param(affiliation("rose"))
                .update();
        assertThat(uid(type(browser, THEIRS))).isEqualTo(rose.person().toString());
    }

    @Test
    void aStrangerWhoTriesInVainShutsNobodyOutOfWhereTheyWork() {
        signInBy("on");
        written(false, bound("rose"));
        UUID rose = affiliation("rose");
        assertThat(signIn.ask(town, rose, THEIRS, "192.0.2.10")).isEqualTo(LdapSaid.RIGHT);

        for (String place : new String[] {"198.51.100.1", "198.51.100.2", "2001:db8::1", "nowhere", null}) {
            signIn.ask(town, rose, "faux", place);
        }

        assertThat(jdbc.sql("SELECT failures FROM sources.ldap_try WHERE affiliation = ?")
                        .param(rose)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(signIn.ask(town, rose, THEIRS, "198.51.100.1")).isEqualTo(LdapSaid.WRONG);
        assertThat(signIn.ask(town, rose, "faux", "192.0.2.10")).isEqualTo(LdapSaid.WRONG);
        assertThat(signIn.ask(town, rose, THEIRS, "192.0.2.10")).isEqualTo(LdapSaid.RIGHT);
        for (int i = 0; i < 4; i++) {
            signIn.ask(town, rose, "faux", "192.0.2.10");
        }
        assertThat(signIn.ask(town, rose, THEIRS, "192.0.2.10")).isEqualTo(LdapSaid.WRONG);
    }

    @Test
    void emergencyAdminsComeInWhileTheDirectoryIsAway() {
        signInBy("on");
        Person rose = written(true, bound("rose"));
        password(rose);
        slapd.kill();

        Browser browser = type(at(address("rose")), OURS);
        assertThat(browser.page()).doesNotContain(AWAY).doesNotContain(WRONG);
        assertThat(browser.title()).isEqualTo(SECOND_FACTOR);
        // The same by the link that names no directory.
        assertThat(type(at(address("rose"), "idp_hint", "entente"), OURS).title())
                .isEqualTo(SECOND_FACTOR);
        // Which is no way in for others.
        Person nadia = written(false, bound("nadia"));
        password(nadia);
        assertThat(type(at(address("nadia"), "idp_hint", "entente"), OURS).arrived())
                .isFalse();
    }

    @Test
    void whoIsInTheDirectoryStillProvesTwiceWhereThatIsAsked() {
        signInBy("on");
        written(false, bound("rose"));

        Browser browser = at(address("rose"), "acr_values", URLEncoder.encode(TWO, UTF_8));
        type(browser, THEIRS);

        assertThat(browser.arrived()).isFalse();
        assertThat(browser.title()).isEqualTo(SECOND_FACTOR);
    }

    @Test
    void whoeverIsNotInTheDirectoryUsesTheirOwnPassword() {
        signInBy("on");
        Person elected = written(false, free(town.value(), address("elue")));
        password(elected);

        assertThat(uid(type(at(address("elue")), OURS)))
                .isEqualTo(elected.person().toString());
        slapd.kill();
        assertThat(uid(type(at(address("elue")), OURS)))
                .isEqualTo(elected.person().toString());
        // Guessing it while the directory is away is counted all the same.
        Browser guessing = at(address("elue"));
        for (int i = 0; i < 8; i++) {
            type(guessing, "faux " + i);
        }
        counted(elected, 8);
        assertThat(type(guessing, OURS).arrived()).isFalse();
    }

    @Test
    void aKeyIsNeverReadAsAFilter() {
        signInBy("on");
        for (String key : new String[] {"*", "*)(uid=rose", "x)(|(uid=rose)", "\\2a", "rose"}) {
            jdbc.sql("UPDATE directory.affiliation SET source_key = ?, address = 'x*)(mail=*' WHERE id = ?")
                    .params(key, affiliation("nadia"))
                    .update();
            UUID nadia = jdbc.sql("SELECT id FROM directory.affiliation WHERE member = ? AND source_key = ?")
                    .params(town.value(), key)
                    .query(UUID.class)
                    .single();
            assertThat(signIn.ask(town, nadia, THEIRS, null)).isEqualTo(LdapSaid.WRONG);
            jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                    .params(address("nadia"), nadia)
                    .update();
            jdbc.sql("DELETE FROM sources.ldap_try").update();
        }
    }

    @Test
    void anotherMembersDirectorySaysNothingOfThem() {
        signInBy("on");
        UUID rose = affiliation("rose");
        UUID elsewhere = jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                .param("Ville " + UUID.randomUUID())
                .query(UUID.class)
                .single();

        // The same key and address, of an affiliation with another member.
        jdbc.sql("UPDATE directory.affiliation SET member = ?, unit = NULL WHERE id = ?")
                .params(elsewhere, rose)
                .update();
        assertThat(signIn.ask(town, rose, THEIRS, null)).isEqualTo(LdapSaid.WRONG);
        jdbc.sql("UPDATE directory.affiliation SET member = ? WHERE id = ?")
                .params(town.value(), rose)
                .update();
        assertThat(signIn.ask(town, rose, THEIRS, null)).isEqualTo(LdapSaid.RIGHT);
    }

    @Test
    void twoEntriesOfOneKeyOpenNothingAndAreShownToTheAdmins() throws Exception {
        signInBy("on");
        UUID rose = affiliation("rose");
        keyedBy("employeeNumber");
        for (String uid : new String[] {"rose", "nadia"}) {
            modify(uid, new Modification(ModificationType.REPLACE, "employeeNumber", "42"));
        }
        jdbc.sql("UPDATE directory.affiliation SET source_key = '42' WHERE id = ?")
                .param(rose)
                .update();

        assertThat(signIn.ask(town, rose, THEIRS, null)).isEqualTo(LdapSaid.WRONG);
        assertThat(book.get(town).signIn().trouble()).isEqualTo("ldap.keys");
    }

    @Test
    void aClosedAccountIsToldToWhoeverKnowsItsPassword() throws Exception {
        signInBy("on");
        written(false, bound("rose"));
        modify("rose", new Modification(ModificationType.REPLACE, "description", "TRUE"));

        Browser browser = at(address("rose"));
        assertThat(type(browser, "faux").page()).contains(WRONG);
        assertThat(type(browser, THEIRS).page()).contains("Votre compte est désactivé");
    }

    @Test
    void whoForgotIsSentToTheirTownAndGetsNoMail() {
        signInBy("on");
        written(false, bound("rose"));

        Browser rose = forgotten("rose");
        assertThat(rose.page()).contains("demandez à votre service informatique");
        String answer = rose.submit("ours", "ours", "1").page();
        assertThat(bare(answer, "rose"))
                .isEqualTo(
                        bare(forgotten("personne").submit("ours", "ours", "1").page(), "personne"));
    }

    @Test
    void theAccountPageSaysWhereThePasswordIsToBeChanged() {
        PersonId rose = new PersonId(jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?")
                .param(affiliation("rose"))
                .query(UUID.class)
                .single());
        for (String state : new String[] {"off", "trial"}) {
            signInBy(state);
            assertThat(elsewhere.of(rose)).isEmpty();
        }
        signInBy("on");
        assertThat(elsewhere.of(rose)).containsExactly("Ville " + domain);
        signIn.set(town, "on", true, null, admin);
        assertThat(elsewhere.of(rose)).isEmpty();
    }

    @Test
    void theDoorOpensForTheSignInEngineOnly() throws Exception {
        signInBy("on");
        String body = "{\"member\":\"%s\",\"capacity\":\"%s\",\"password\":\"%s\"}"
                .formatted(town.value(), affiliation("rose"), THEIRS);
        for (String word : new String[] {"", "Bearer ", "Bearer faux", "Basic eDp5"}) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + LdapDoor.PATH))
                                    .header("Content-Type", "application/json")
                                    .header("Authorization", word)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("RIGHT");
        }
    }

    @Test
    void withoutADomainItCannotBeInService() {
        jdbc.sql("UPDATE directory.mail_domain SET verified_at = NULL WHERE member = ?")
                .param(town.value())
                .update();
        assertThatThrownBy(() -> signInBy("on")).hasMessageContaining("source.no-domain");
        assertThatThrownBy(() -> signInBy("peut-être")).hasMessageContaining("ldap.sign-in.state");
        assertThatThrownBy(() -> signIn.own(town, admin, THEIRS)).hasMessageContaining("ldap.sign-in.not-held");
    }

    private void keyedBy(String attribute) {
        LdapSettings now = book.get(town).settings();
        java.util.Map<String, String> attributes = new java.util.HashMap<>(now.attributes());
        attributes.put("key", attribute);
        book.set(
                town,
                new LdapSettings(now.url(), now.bindDn(), now.baseDn(), now.filter(), attributes, now.ca(), null),
                TestSlapd.PASSWORD,
                null,
                admin.author());
    }

    private void modify(String uid, Modification change) throws Exception {
        try (LDAPConnection connection =
                new LDAPConnection("127.0.0.1", slapd.port(), TestSlapd.ADMIN, TestSlapd.PASSWORD)) {
            connection.modify("uid=" + uid + ",ou=personnes," + TestSlapd.SUFFIX, change);
        }
    }

    private String card(String uid) {
        return jdbc.sql("SELECT card::text FROM provisioning.v_capacity WHERE affiliation = ?")
                .param(affiliation(uid))
                .query(String.class)
                .single();
    }

    private Browser forgotten(String uid) {
        Browser browser = at(address(uid));
        Matcher link =
                Pattern.compile("href=\"([^\"]*reset-credentials[^\"]*)\"").matcher(browser.page());
        assertThat(link.find()).isTrue();
        return browser.open(
                        org.entente.testing.TestKeycloak.url() + link.group(1).replace("&amp;", "&"))
                .send("username", "username", address(uid));
    }

    /** What a page says, without the name that was typed. */
    private static String bare(String page, String uid) {
        String main = page.substring(page.indexOf("<main"), page.indexOf("</main>"));
        return main.replaceAll("<[^>]*>", " ").replace(uid, "x");
    }
}
