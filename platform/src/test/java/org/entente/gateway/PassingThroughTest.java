package org.entente.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.Date;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.awaitility.Awaitility;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests and answers, whole and in pieces, and applications that do not answer as they should. */
class PassingThroughTest extends GatewayTown {

    @Autowired
    LiveExchanges live;

    @Test
    void anEventArrivesBeforeTheNextOneIsMade() throws Exception {
        AffiliationId capacity = agent(town.person("Ève", "Nement"), member("Tupin", "journal"));
        try (Visitor eve = visitor(capacity)) {
            eve.open(at("journal") + "/in");
            ClassicHttpResponse answer = eve.start("GET", at("journal") + "/events", null);
            BufferedReader events =
                    new BufferedReader(new InputStreamReader(answer.getEntity().getContent(), UTF_8));
            assertThat(events.readLine()).isEqualTo("data: 1");
            LEGACY.nextEvent.release();
            assertThat(events.readLine()).isEmpty();
            assertThat(events.readLine()).isEqualTo("data: 2");

            town.ends(capacity, "manual");

            assertThat(brokenOff(events)).isTrue();
            LEGACY.nextEvent.release(5); // by writing on, the application learns that nobody listens
            LEGACY.broken.acquire();
        }
    }

    @Test
    void anUploadPassesAsItComes() throws Exception {
        AffiliationId capacity = agent(town.person("Luc", "Lourd"), member("Échalas", "journal"));
        long before = LEGACY.firstByte.availablePermits();
        try (Visitor luc = visitor(capacity)) {
            luc.open(at("journal") + "/in");
            HttpEntity slowly = new Written(out -> {
                out.write(new byte[64 * 1024]);
                out.flush();
                LEGACY.firstByte.acquireUninterruptibly(); // the application has some of it already
                for (int i = 0; i < 256; i++) {
                    out.write(new byte[64 * 1024]);
                }
            });
            try (ClassicHttpResponse answer = luc.start("POST", at("journal") + "/upload", slowly)) {
                assertThat(answer.getCode()).isEqualTo(200);
            }
        }
        assertThat(before).isZero();
        assertThat(LEGACY.last().uri()).isEqualTo("/upload");
        assertThat(LEGACY.last().bodyBytes()).isEqualTo(257L * 64 * 1024);
    }

    @Test
    void formsAreLeftToTheApplicationAndUnusualMethodsPass() throws Exception {
        try (Visitor visitor = visitor(agent(town.person("Pat", "Form"), member("Trèves", "journal")))) {
            visitor.open(at("journal") + "/in");
            visitor.send("PUT", at("journal") + "/form", "a=1&b=2", "Content-Type: text/x; charset=odd");
            assertThat(LEGACY.last().method()).isEqualTo("PUT");
            assertThat(LEGACY.last().bodyBytes()).isEqualTo(7);
            assertThat(LEGACY.last().all("Content-Type")).containsExactly("text/x; charset=odd");
            visitor.send("PROPFIND", at("journal") + "/dav", null);
            assertThat(LEGACY.last().method()).isEqualTo("PROPFIND");
            Visitor.Answer head = visitor.send("HEAD", at("journal") + "/cookies", null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(visitor.send("TRACE", at("journal") + "/x", null).status())
                    .isBetween(400, 405);
            assertThat(LEGACY.last().method()).isEqualTo("HEAD");
        }
    }

    @Test
    void whereTheApplicationListensIsNotTold() throws Exception {
        try (Visitor visitor = visitor(agent(town.person("Lou", "Loin"), member("Longes", "journal")))) {
            visitor.open(at("journal") + "/in");
            assertThat(visitor.get(at("journal") + "/moved").header("Location"))
                    .isEqualTo(at("journal") + "/there?a=b");
            assertThat(visitor.get(at("journal") + "/elsewhere").header("Location"))
                    .isEqualTo("https://other.example/there");
        }
    }

    @Test
    void anApplicationThatIsDownOrSilentIsSaidToBe() throws Exception {
        MemberId member = member("Les Haies", "panne", "registre");
        try (Visitor visitor = visitor(agent(town.person("Guy", "Attend"), member))) {
            Visitor.Answer down = visitor.open(at("panne") + "/");
            assertThat(down.status()).isEqualTo(502);
            assertThat(down.body()).contains("Le panne ne répond pas").doesNotContain("127.0.0.1");
            assertThat(visitor.get(at("panne") + "/.entente/style.css").body()).contains("main {");

            visitor.open(at("registre") + "/in");
            Visitor.Answer slow = visitor.get(at("registre") + "/silent", "Accept: text/html", "Accept-Language: en");
            LEGACY.nextEvent.release();
            assertThat(slow.status()).isEqualTo(504);
            assertThat(slow.body()).contains("The registre takes too long");
            assertThat(visitor.send("POST", at("panne") + "/", "x", "Accept: application/json")
                            .body())
                    .contains("gateway.down");
        }
        Awaitility.await().untilAsserted(() -> assertThat(live.count()).isZero());
    }

    @Test
    void theSignedHeaderIsForThisApplicationForAMinute() throws Exception {
        AffiliationId capacity = agent(town.person("Inès", "Signée"), member("Ste-Colombe", "journal"));
        try (Visitor ines = visitor(capacity)) {
            ines.open(at("journal") + "/in");
            SignedJWT token =
                    SignedJWT.parse(LEGACY.last().all("Entente-Identity").getFirst());
            JWKSet keys = JWKSet.parse(ines.get(PORTAL + "/api/gateway/jwks").body());

            assertThat(keys.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
            assertThat(token.verify(new ECDSAVerifier(
                            keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                    .isTrue();
            var claims = token.getJWTClaimsSet();
            assertThat(claims.getIssuer()).isEqualTo(PORTAL);
            assertThat(claims.getAudience()).containsExactly(at("journal"));
            assertThat(claims.getSubject()).isEqualTo(actors.personOf(capacity).toString());
            assertThat(claims.getStringClaim("mail")).isEqualTo(address(capacity));
            assertThat(claims.getStringClaim("sn")).isEqualTo("Signée");
            assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("user"));
            assertThat(claims.getExpirationTime())
                    .isEqualTo(new Date(claims.getIssueTime().getTime() + 60_000));
        }
    }

    @Test
    void theOperatorSeesBeforehandWhatAnApplicationWouldBeTold() throws Exception {
        AffiliationId capacity = agent(town.person("Téo", "Prévu"), member("Semons", "journal"));
        AffiliationId admin = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
        try (Visitor operator = visitor(admin)) {
            Visitor.Answer told = operator.get(PORTAL + "/api/operator/services/journal/claims?person="
                    + actors.personOf(capacity) + "&capacity=" + capacity);
            assertThat(told.status()).as(told.body()).isEqualTo(200);
            assertThat(told.body())
                    .contains("\"protocol\":\"gateway\"")
                    .contains("\"Remote-User\":\"" + address(capacity) + "\"")
                    .contains("\"X-Nom\":\"Prévu\"");
        }
    }

    private static boolean brokenOff(BufferedReader reader) {
        try {
            while (reader.readLine() != null) {
                // what was on its way
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private interface Writer {
        void to(OutputStream out) throws IOException;
    }

    /** A body that is made while it is sent. */
    private static final class Written extends AbstractHttpEntity {
        private final Writer writer;

        Written(Writer writer) {
            super(ContentType.APPLICATION_OCTET_STREAM, null, true);
            this.writer = writer;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            writer.to(out);
        }

        @Override
        public java.io.InputStream getContent() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void close() {}
    }
}
