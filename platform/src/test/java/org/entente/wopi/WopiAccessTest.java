package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.Role;
import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What opens nothing: other tokens, other files, other servers, what is over. */
@ExtendWith(OutputCaptureExtension.class)
class WopiAccessTest extends WopiTown {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Test
    void aTokenOpensItsOwnFileOnly() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        FileNode other = write(nadia, "B.docx", "b");
        String token = open(nadia, file);

        assertThat(info(other, token).statusCode()).isEqualTo(401);
        assertThat(put(other, token, "x").to(port).statusCode()).isEqualTo(401);
        assertThat(info(file, token).statusCode()).isEqualTo(200);
        assertThat(info(file, null).statusCode()).isEqualTo(401);
        assertThat(info(file, "x").statusCode()).isEqualTo(401);
        assertThat(info(file, token + "&access_token=" + token).statusCode()).isEqualTo(401);
        assertThat(office.call("GET", "/wopi/files/nothing", token).to(port).statusCode())
                .isEqualTo(404);
        assertThat(office.call("GET", "/wopi/files/" + UUID.randomUUID(), token)
                        .to(port)
                        .statusCode())
                .isEqualTo(401);
        assertThat(office.call("GET", "/wopi", token).to(port).statusCode()).isEqualTo(404);
        assertThat(office.call("GET", at(file) + "/ancestry", token).to(port).statusCode())
                .isEqualTo(404);
    }

    @Test
    void neitherAnotherMemberNorAPersonWithoutRightsOpensIt() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor stranger = town.agent(town.member("Grigny"), "Gaël", null);
        FileNode file = write(nadia, "A.docx", "a");

        assertThat(api(signIn(stranger), "POST", "/api/office-server/files/" + file.id())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatStrangersInventShutsNobodyOut() throws Exception {
        // given an office server that passes on whatever a browser gives it; from an address of its own, for the bound
        // is the address's
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        try (HttpClient through = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName("127.0.0.77"))
                .build()) {
            // when
            Set<Integer> answers = new TreeSet<>();
            int invented = 0;
            while (invented++ < 700 || (!answers.contains(503) && invented < 20_000)) {
                answers.add(office.call("GET", at(file), Secret.random())
                        .unsigned()
                        .through(through)
                        .to(port)
                        .statusCode());
            }

            // then these are bounded, and who has a good one works on
            assertThat(answers).containsExactly(401, 503);
            assertThat(office.call("GET", at(file), token)
                            .through(through)
                            .to(port)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
            assertThat(put(file, token, "b")
                            .with("X-WOPI-Lock", "un")
                            .through(through)
                            .to(port)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatTheServerDoesNotOpenIsNotOpened() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "archive.zip", "a");
        for (var node : List.of(file.id(), town.home(nadia))) {
            HttpResponse<String> answer = api(signIn(nadia), "POST", "/api/office-server/files/" + node);
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("wopi.kind");
        }
    }

    @Test
    void signingOutEndsWhatWasOpened() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        TestSession first = signIn(nadia);
        TestSession second = signIn(nadia);
        String ended = open(first, file.id()).token();
        String live = open(second, file.id()).token();

        assertThat(api(first, "POST", "/sign-out").statusCode()).isBetween(200, 303);

        assertThat(info(file, ended).statusCode()).isEqualTo(401);
        assertThat(info(file, live).statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionThatRanOutEndsWhatWasOpenedAndOnlyWorkKeepsItAlive() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        jdbc.sql("UPDATE identity.session SET seen_at = now() - interval '119 minutes' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        // what the office server does by itself for a document that was left open
        assertThat(info(file, token).statusCode()).isEqualTo(200);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(locking(file, token, "REFRESH_LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(usedThisMinute(nadia)).isFalse();
        // what somebody does
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(200);
        assertThat(usedThisMinute(nadia)).isTrue();

        jdbc.sql("UPDATE identity.session SET seen_at = now() - interval '121 minutes' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(401);
    }

    private boolean usedThisMinute(Visitor visitor) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM identity.session WHERE person = ? AND seen_at > now() - interval '1 minute')")
                .param(visitor.person().value())
                .query(Boolean.class)
                .single();
    }

    @Test
    void aTokenRunsOut() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        jdbc.sql("UPDATE wopi.token SET expires_at = now() - interval '1 second' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(401);
    }

    @Test
    void aDepartureEndsItInTheMiddle() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor also = town.also(nadia, town.member("Grigny"));
        FileNode file = write(nadia, "A.docx", "a");
        FileNode elsewhere = write(also, "B.docx", "b");
        String token = open(nadia, file);
        String other = open(also, elsewhere);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);

        town.ends(nadia);

        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(401);
        assertThat(info(elsewhere, other).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoLongerSharedIsGoneAndWhatIsOnlyToBeReadNowIsOnlyRead() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "A.docx", "a");
        String key = "c:" + karim.capacity();
        town.share(file.id(), key, SpaceRole.EDIT);
        String token = open(karim, file);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);

        jdbc.sql("UPDATE files.share SET role = 'read' WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(403);
        assertThat(WopiTest.<Boolean>read(info(file, token), "$.UserCanWrite")).isFalse();

        jdbc.sql("DELETE FROM files.share WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenGivenToReadDoesNotWriteWhenMoreIsAllowedLater() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "A.docx", "a");
        String key = "c:" + karim.capacity();
        town.share(file.id(), key, SpaceRole.READ);
        String token = open(karim, file);
        jdbc.sql("UPDATE files.share SET role = 'edit' WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(403);
    }

    @Test
    void aCallThatTheServerDidNotSignIsNotBelieved() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        KeyPair forged = FakeOffice.keys();

        assertThat(office.call("GET", at(file), token).unsigned().to(port).statusCode())
                .isEqualTo(500);
        HttpResponse<String> refused =
                office.call("GET", at(file), token).by(forged, forged).to(port);
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("wopi.proof");
        assertThat(office.call("GET", at(file), token)
                        .meantFor(at(file) + "/contents?access_token=" + token)
                        .to(port)
                        .statusCode())
                .isEqualTo(500);
        assertThat(office.call("GET", at(file), token)
                        .at(Instant.now().minus(Duration.ofMinutes(21)))
                        .to(port)
                        .statusCode())
                .isEqualTo(500);
        assertThat(office.call("GET", at(file), token)
                        .at(Instant.now().minus(Duration.ofMinutes(18)))
                        .to(port)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aServerMayChangeItsKeys() throws Exception {
        // given a description that is kept
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        KeyPair before = office.current;

        // when it changed its key: it signs with both, and the former is the one we know
        office.changeKeys();
        office.status = 503;
        assertThat(info(file, token).statusCode()).isEqualTo(200);
        // when it changed it twice, we ask again
        office.status = 200;
        office.changeKeys();
        assertThat(info(file, token).statusCode()).isEqualTo(200);
        // when a part of it still signs with the key before, that is known as the former one
        assertThat(office.call("GET", at(file), token)
                        .by(office.old, before)
                        .to(port)
                        .statusCode())
                .isEqualTo(200);
        // and the one before that is nobody's any more
        assertThat(office.call("GET", at(file), token)
                        .by(before, before)
                        .to(port)
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void whatItSaysOfItselfIsReadAnewBeforeItIsOld() throws Exception {
        // given what it said yesterday
        Visitor nadia = agent("Nadia");
        open(nadia, write(nadia, "A.docx", "a"));
        jdbc.sql("UPDATE wopi.server SET fetched_at = now() - interval '13 hours' WHERE url = ?")
                .param(office.url())
                .update();
        WopiServer fresh =
                (WopiServer) beans.autowire(WopiServer.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);

        // when
        fresh.tend();

        // then
        assertThat(fresh.state().fetchedAt())
                .isAfter(java.time.OffsetDateTime.now().minusHours(1));
    }

    @Test
    void noAddressThatOpensSomethingIsWrittenDown(CapturedOutput output) throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        info(file, token);
        locking(file, token, "LOCK", "un");
        put(file, token, "b").to(port);
        operation(file, token, "DELETE").to(port);
        office.call("GET", at(file), token).unsigned().to(port);
        office.call("PATCH", at(file), token).to(port);

        assertThat(output.getAll()).doesNotContain(token);
        for (String table : List.of("audit.entry", "wopi.token", "wopi.lock", "wopi.server")) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%' || ? || '%'")
                            .param(token)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void thatPageAloneFramesThatServerAlone() throws Exception {
        TestSession session = signIn(agent("Nadia"));
        String page = policy(api(session, "GET", "/office-server/" + UUID.randomUUID()));
        assertThat(page)
                .contains("form-action 'self' " + office.url() + ";", "; frame-src " + office.url())
                .contains("frame-ancestors 'none'", "script-src 'self'");
        for (String path : List.of("/", "/files", "/office-server", "/office-server/x", "/api/me")) {
            assertThat(policy(api(session, "GET", path)))
                    .as(path)
                    .doesNotContain("frame-src", office.url())
                    .contains("form-action 'self';");
        }
    }

    private static String policy(HttpResponse<?> answer) {
        List<String> all = answer.headers().allValues("Content-Security-Policy");
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void theOperatorIsToldPreciselyWhatIsWrong() throws Exception {
        AffiliationId capacity = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
        TestSession operator = actors.signIn(capacity);

        assertThat(findings(operator))
                .contains("right: Le serveur signe ses appels ; un appel sans sa signature est refusé.");
        assertThat(findings(operator).toString()).contains("Modifie : docx, odt, xlsx. Montre seulement : sxw.");

        office.signs = false;
        assertThat(findings(operator).toString()).contains("doubtful: Le serveur ne signe pas ses appels");
        office.announced = "https://ailleurs.example";
        assertThat(findings(operator).toString())
                .contains("wrong: Le serveur annonce ses documents à https://ailleurs.example, pas à " + office.url());
        office.said = "<html/>";
        assertThat(findings(operator).toString()).contains("wrong: ", "ne donne pas une description WOPI");
        office.status = 404;
        assertThat(findings(operator).toString()).contains("répond 404", "WOPI_ENABLED");

        office.status = 200;
        office.said = null;
        office.signs = true;
        office.announced = office.url();
        findings(operator);
        String overview = api(operator, "GET", "/api/operator/office-server").body();
        assertThat(JsonPath.<String>read(overview, "$.url")).isEqualTo(office.url());
        assertThat(JsonPath.<Boolean>read(overview, "$.signs")).isTrue();
    }

    private List<String> findings(TestSession operator) throws Exception {
        HttpResponse<String> answer = api(operator, "POST", "/api/operator/office-server/check");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> levels = JsonPath.read(answer.body(), "$[*].level");
        List<String> texts = JsonPath.read(answer.body(), "$[*].text");
        return java.util.stream.IntStream.range(0, levels.size())
                .mapToObj(n -> levels.get(n) + ": " + texts.get(n))
                .toList();
    }

    @Test
    void everybodySeesWhatItOpens() throws Exception {
        String offer = api(signIn(agent("Nadia")), "GET", "/api/office-server").body();
        assertThat(JsonPath.<String>read(offer, "$.name")).isEqualTo("Collabora");
        assertThat(JsonPath.<List<String>>read(offer, "$.edits")).containsExactly("docx", "odt", "xlsx");
        assertThat(JsonPath.<List<String>>read(offer, "$.views")).containsExactly("sxw");
    }
}
