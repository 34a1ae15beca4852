package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.base.Secret;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What opens nothing: other tokens, other files, other places. */
@ExtendWith(OutputCaptureExtension.class)
class WopiAccessTest extends WopiTown {

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

    @Test
    void everybodySeesWhatItOpens() throws Exception {
        String offer = api(signIn(agent("Nadia")), "GET", "/api/office-server").body();
        assertThat(JsonPath.<String>read(offer, "$.name")).isEqualTo("Collabora");
        assertThat(JsonPath.<List<String>>read(offer, "$.edits")).containsExactly("docx", "odt", "xlsx");
        assertThat(JsonPath.<List<String>>read(offer, "$.views")).containsExactly("sxw");
    }

    private static String policy(HttpResponse<?> answer) {
        List<String> all = answer.headers().allValues("Content-Security-Policy");
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
