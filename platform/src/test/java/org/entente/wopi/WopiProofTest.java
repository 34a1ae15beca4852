package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.Role;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** What another server says is not believed, and the operator is told what is wrong with theirs. */
class WopiProofTest extends WopiTown {

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
}
