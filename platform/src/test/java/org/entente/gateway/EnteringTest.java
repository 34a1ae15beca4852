package org.entente.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the portal into an application and out of it again. */
class EnteringTest extends GatewayTown {

    @Test
    void theTileLeadsIntoTheApplicationWhichIsToldWhoComesInWhichCapacity() throws Exception {
        MemberId member = member("Givors", "journal");
        AffiliationId capacity = agent(town.person("Éloïse", "Garçon-Œuvré"), member);
        try (Visitor eloise = visitor(capacity)) {
            Visitor.Answer page = eloise.open(PORTAL + "/go/journal");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.uri()).hasToString(at("journal") + "/accueil");
            assertThat(page.body()).isEqualTo("legacy /accueil");
            LegacyApp.Received request = LEGACY.last();
            assertThat(request.all("Remote-User")).containsExactly(address(capacity));
            assertThat(request.all("X-Nom")).containsExactly("Garçon-Œuvré");
            assertThat(request.all("X-Roles")).containsExactly("user");
            assertThat(request.all("X-Siren")).isEmpty();
            assertThat(request.all("Host")).containsExactly("journal.localhost:" + PORT);
            assertThat(jdbc.sql("SELECT count FROM portal.v_opening WHERE member = ? AND service = 'journal'")
                            .param(member.value())
                            .query(Long.class)
                            .list())
                    .containsExactly(1L);
        }
    }

    @Test
    void whoeverIsNotSignedInDoesSoAndComesBackToThePageTheyWanted() throws Exception {
        AffiliationId capacity = agent(town.person("Ali", "Petit"), member("Corbas", "journal"));
        try (Visitor ali = new Visitor()) {
            Visitor.Answer signIn = ali.get(at("journal") + "/dossier?n=1&m=%2F", "Accept: text/html");
            assertThat(signIn.status()).isEqualTo(303);
            assertThat(signIn.header("Location")).startsWith(PORTAL + "/go/journal/enter?state=");
            signIn = ali.get(signIn.header("Location"));
            assertThat(signIn.header("Location")).startsWith("/sign-in?to=%2Fgo%2Fjournal%2Fenter%3Fstate%3D");
            String then = URLDecoder.decode(
                    signIn.header("Location").substring("/sign-in?to=".length()), StandardCharsets.UTF_8);

            ali.holds("entente_session", actors.signIn(capacity).secret(), "localhost");
            Visitor.Answer page = ali.open(PORTAL + then);

            assertThat(page.uri()).hasToString(at("journal") + "/dossier?n=1&m=%2F");
            assertThat(page.status()).isEqualTo(200);
        }
    }

    @Test
    void aScriptOrAFormWithoutSessionIsToldSoAndNotLedAway() throws Exception {
        int before = LEGACY.received().size();
        try (Visitor nobody = new Visitor()) {
            Visitor.Answer script = nobody.get(at("journal") + "/data", "Accept: application/json");
            assertThat(script.status()).isEqualTo(401);
            assertThat(script.header("Content-Type")).startsWith("application/problem+json");
            assertThat(script.body()).contains("gateway.signed-out");
            assertThat(nobody.send("POST", at("journal") + "/save", "a=b", "Accept: text/html")
                            .status())
                    .isEqualTo(401);
            assertThat(nobody.get(at("journal") + "/a", "Accept: text/html", "X-Requested-With: XMLHttpRequest")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(LEGACY.received()).hasSize(before);
    }

    @Test
    void withoutTheRightThereIsAPageThatSaysSo() throws Exception {
        AffiliationId capacity = agent(town.person("Léa", "Sans"), member("Grigny"));
        try (Visitor lea = visitor(capacity)) {
            Visitor.Answer page = lea.open(at("journal") + "/");
            assertThat(page.status()).isEqualTo(403);
            assertThat(page.uri().getHost()).isEqualTo("localhost");
            assertThat(page.body())
                    .contains("Le journal ne vous est pas ouvert")
                    .contains("administrateur");
            Visitor.Answer english = lea.get(
                    PORTAL + "/go/journal/enter?state=" + Secret.text(Secret.kept("x")) + "&to=%2F",
                    "Accept-Language: en");
            assertThat(english.status()).isEqualTo(403);
        }
    }

    @Test
    void theActingCapacityCountsElseTheOnlyOneElseThePersonSaysWhich() throws Exception {
        PersonId nadia = town.person("Nadia", "Benali");
        MemberId plain = member("Vénissieux");
        AffiliationId without = agent(nadia, plain);
        AffiliationId first = agent(nadia, member("Lyon <1>", "registre"));
        try (Visitor visitor = visitor(without)) {
            visitor.open(at("registre") + "/only");
            assertThat(LEGACY.last().all("Remote-User")).containsExactly(address(first));
        }
        AffiliationId second = agent(nadia, member("Bron", "registre"));
        try (Visitor visitor = visitor(without)) {
            Visitor.Answer choice = visitor.open(at("registre") + "/several");
            assertThat(choice.status()).isEqualTo(200);
            assertThat(choice.body()).contains("Lyon &lt;1&gt;").contains("capacity=" + second);
            String link = choice.body().replaceFirst("(?s).*href=\"([^\"]*capacity=" + second + "[^\"]*)\".*", "$1");
            visitor.open(PORTAL + link.replace("&amp;", "&"));
            assertThat(LEGACY.last().all("Remote-User")).containsExactly(address(second));
            assertThat(LEGACY.last().uri()).isEqualTo("/several");
        }
        try (Visitor visitor = visitor(first)) {
            visitor.open(at("registre") + "/acting");
            assertThat(LEGACY.last().all("Remote-User")).containsExactly(address(first));
        }
    }

    @Test
    void whoCameByOneMembersProviderEntersForThatMemberOnly() throws Exception {
        PersonId rose = town.person("Rose", "Ailleurs");
        MemberId plain = member("Mions");
        AffiliationId here = agent(rose, plain);
        AffiliationId elsewhere = agent(rose, member("Feyzin", "registre"));
        try (Visitor visitor = visitor(here)) {
            jdbc.sql("UPDATE identity.session SET by_source = true, only_members = ARRAY[?]::uuid[] WHERE person = ?")
                    .params(plain.value(), rose.value())
                    .update();
            int before = LEGACY.received().size();

            Visitor.Answer page = visitor.open(at("registre") + "/dossier");

            assertThat(page.status()).isEqualTo(403);
            String enter =
                    visitor.get(at("registre") + "/", "Accept: text/html").header("Location");
            assertThat(visitor.open(enter + "&capacity=" + elsewhere).status()).isEqualTo(403);
            assertThat(LEGACY.received()).hasSize(before);
        }
        try (Visitor visitor = visitor(here)) {
            assertThat(visitor.open(at("registre") + "/dossier").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "@evil.example",
                ".evil.example/",
                "/a b",
                "/.entente/start",
                "javascript:alert(1)"
            })
    void nobodyIsSentElsewhereOnTheWayIn(String to) throws Exception {
        AffiliationId capacity = agent(town.person("Zoé", "Grand"), member("Oullins", "journal"));
        try (Visitor zoe = visitor(capacity)) {
            String enter = zoe.get(at("journal") + "/", "Accept: text/html")
                    .header("Location")
                    .replaceFirst("&to=.*", "");
            Visitor.Answer page = zoe.open(enter + "&to=" + java.net.URLEncoder.encode(to, StandardCharsets.UTF_8));
            assertThat(page.uri()).hasToString(at("journal") + "/accueil");
        }
    }

    @Test
    void anAddressTooLongForTheWayBackLeadsToTheFirstPage() throws Exception {
        try (Visitor nobody = new Visitor()) {
            String to = nobody.get(at("journal") + "/a?" + "%C3%A9".repeat(130), "Accept: text/html")
                    .header("Location");
            assertThat(to).endsWith("&to=%2Faccueil");
        }
    }

    @Test
    void theNextRequestAfterADepartureIsRefused() throws Exception {
        AffiliationId capacity = agent(town.person("Paul", "Parti"), member("Feyzin", "journal"));
        try (Visitor paul = visitor(capacity)) {
            assertThat(paul.open(at("journal") + "/a").status()).isEqualTo(200);
            int before = LEGACY.received().size();

            town.ends(capacity, "manual");

            assertThat(paul.get(at("journal") + "/a", "Accept: application/json")
                            .status())
                    .isEqualTo(401);
            assertThat(paul.send("POST", at("journal") + "/a", "x", "Accept: text/html")
                            .status())
                    .isEqualTo(401);
            assertThat(LEGACY.received()).hasSize(before);
        }
    }

    @Test
    void whenTheMemberGivesTheServiceUpItsPeopleAreOutWithTheNextRequest() throws Exception {
        MemberId member = member("Irigny", "journal");
        AffiliationId capacity = agent(town.person("Eva", "Tard"), member);
        try (Visitor eva = visitor(capacity)) {
            assertThat(eva.open(at("journal") + "/a").status()).isEqualTo(200);
            subscriptions.unsubscribe(member, "journal", org.entente.audit.Author.system("test"));
            assertThat(eva.open(at("journal") + "/a").status()).isEqualTo(403);
        }
    }

    @Test
    void signingOutOfThePortalEndsEveryApplication() throws Exception {
        AffiliationId capacity = agent(town.person("Max", "Fin"), member("Mions", "journal"));
        try (Visitor max = visitor(capacity)) {
            assertThat(max.open(at("journal") + "/a").status()).isEqualTo(200);
            max.get(PORTAL + "/api/me");
            String csrf = max.cookie("XSRF-TOKEN", "localhost").orElseThrow();
            assertThat(max.send("POST", PORTAL + "/sign-out", "", "X-XSRF-TOKEN: " + csrf)
                            .status())
                    .isEqualTo(200);
            assertThat(max.get(at("journal") + "/a", "Accept: */*").status()).isEqualTo(401);
        }
    }

    @Test
    void theApplicationsOwnSignOutEndsBothSessionsAndDoesNotLeadStraightBackIn() throws Exception {
        AffiliationId capacity = agent(town.person("Ida", "Sort"), member("Solaize", "journal"));
        try (Visitor ida = visitor(capacity)) {
            ida.open(at("journal") + "/cookies");
            assertThat(ida.cookie("sid", "journal.localhost")).contains("1");

            Visitor.Answer bye = ida.get(at("journal") + "/bye", "Accept: text/html");

            assertThat(LEGACY.last().uri()).isEqualTo("/bye");
            assertThat(bye.status()).isEqualTo(303);
            assertThat(bye.header("Location")).isEqualTo(PORTAL + "/");
            assertThat(ida.cookie("sid", "journal.localhost")).isEmpty();
            assertThat(ida.cookie("entente_gateway", "journal.localhost")).isEmpty();
            assertThat(ida.get(at("journal") + "/a", "Accept: */*").status()).isEqualTo(401);
        }
    }

    @Test
    void whatOneLeftInTheBrowserIsNotShownToTheApplicationWhenAnotherEnters() throws Exception {
        MemberId member = member("Chaponnay", "journal");
        try (Visitor shared = visitor(agent(town.person("Un", "Premier"), member))) {
            shared.open(at("journal") + "/cookies");
            assertThat(shared.cookie("sid", "journal.localhost")).contains("1");
            shared.holds(
                    "entente_session",
                    actors.signIn(agent(town.person("Deux", "Second"), member)).secret(),
                    "localhost");

            shared.open(PORTAL + "/go/journal");

            assertThat(LEGACY.last().uri()).isEqualTo("/accueil");
            assertThat(LEGACY.last().all("X-Nom")).containsExactly("Second");
            assertThat(LEGACY.last().all("Cookie")).isEmpty();
        }
    }
}
