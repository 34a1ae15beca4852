package org.entente.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who is not who they say, or not where they should be, may try; and what the application may try. */
class GatewayAttacksTest extends GatewayTown {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Remote-User",
                "remote-user",
                "REMOTE_USER",
                "Remote_User",
                "Remote.User",
                "Remote~User",
                "X_Nom",
                "x-nom",
                "X-Siren", // of which nothing is known here: no header rather than the sender's
                "X_Siren",
                "X-Roles",
                "Entente-Identity",
                "entente_identity",
                "X-Forwarded-User",
                "X-Forwarded-For",
                "X_Forwarded_For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "Forwarded",
                "X-Real-IP",
                "Proxy",
                "X-Original-URL",
                "Remote-Groups",
                "X-WEBAUTH-ROLE",
                "X_Auth_Request_Groups",
                "X-Authentik-Groups",
                "SSL_Client_Verify"
            })
    void nobodySaysWhoTheyAreByAHeader(String header) throws Exception {
        AffiliationId capacity = agent(town.person("Eve", "Menteuse"), member("Ternay", "journal"));
        try (Visitor eve = visitor(capacity)) {
            eve.open(at("journal") + "/in");

            eve.get(at("journal") + "/spoof", header + ": evil", header.toLowerCase() + ": evil");

            LegacyApp.Received request = LEGACY.last();
            assertThat(request.uri()).isEqualTo("/spoof");
            assertThat(request.headers()).noneMatch(line -> line.contains("evil"));
            assertThat(request.all("Remote-User")).containsExactly(address(capacity));
            assertThat(request.all("X-Nom")).containsExactly("Menteuse");
            assertThat(request.all("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(request.all("X-Forwarded-Host")).containsExactly("journal.localhost:" + PORT);
            assertThat(request.all("X-Forwarded-Proto")).containsExactly("http");
        }
    }

    @Test
    void aHeaderCannotBeTakenAwayByNamingItAsOneOfTheConnection() throws Exception {
        AffiliationId capacity = agent(town.person("Eve", "Voleuse"), member("Sérézin", "journal"));
        try (Visitor eve = visitor(capacity)) {
            eve.open(at("journal") + "/in");
            eve.get(at("journal") + "/x", "Connection: keep-alive, Remote-User, X-Forwarded-For, X-Own", "X-Own: 1");
            assertThat(LEGACY.last().all("Remote-User")).containsExactly(address(capacity));
            assertThat(LEGACY.last().all("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(LEGACY.last().all("X-Own")).isEmpty();
        }
    }

    @Test
    void aNameIsOneLineOfTextWhateverIsInIt() throws Exception {
        AffiliationId capacity =
                agent(town.person("Jo", "A\r\nX-Roles: admin\n\u0085\u2028Z"), member("Ampuis", "journal"));
        try (Visitor jo = visitor(capacity)) {
            jo.open(at("journal") + "/in");
            assertThat(LEGACY.last().all("X-Nom")).containsExactly("A  X-Roles: admin   Z");
            assertThat(LEGACY.last().all("X-Roles")).containsExactly("user");
        }
    }

    @Test
    void thePortalsCookiesNeverReachTheApplicationNorAreTheyPlantedByIt() throws Exception {
        AffiliationId capacity = agent(town.person("Ana", "Sûre"), member("Loire", "journal"));
        try (Visitor ana = visitor(capacity)) {
            ana.open(at("journal") + "/in");
            ana.holds("entente_session", "s", "journal.localhost");
            ana.holds("__Host-entente_session", "t", "journal.localhost");
            ana.holds("ENTENTE_GATEWAY", "u", "journal.localhost");
            ana.holds("a", "b", "journal.localhost");
            assertThat(ana.get(at("journal") + "/x").status()).isEqualTo(200);
            assertThat(LEGACY.last().all("Cookie")).containsExactly("a=b");

            String own = ana.cookie("entente_gateway", "journal.localhost").orElseThrow();
            Visitor.Answer answer = ana.get(at("journal") + "/cookies");
            assertThat(answer.all("Set-Cookie")).containsExactly("sid=1; Path=/; HttpOnly");
            assertThat(answer.header("Clear-Site-Data")).isEmpty();
            assertThat(answer.all("Content-Security-Policy")).containsExactly("default-src 'unsafe-inline'");
            assertThat(ana.cookie("entente_gateway", "journal.localhost")).contains(own);
        }
        assertThat(LEGACY.received())
                .noneMatch(request -> request.headers().stream()
                        .anyMatch(line -> line.startsWith("Cookie: ") && line.contains("entente")));
    }

    @Test
    void aCodeOpensOnceForTheBrowserItWasMadeForOnTheHostItWasMadeFor() throws Exception {
        MemberId member = member("Condrieu", "journal", "registre");
        try (Visitor good = visitor(agent(town.person("Bon", "Droit"), member));
                Visitor thief = visitor(agent(town.person("Vol", "Heur"), member))) {
            thief.get(at("journal") + "/", "Accept: text/html"); // holds a browser's secret of its own
            String enter = code(good, "journal");

            assertThat(thief.get(enter).status()).isEqualTo(403);
            assertThat(thief.cookie("entente_gateway", "journal.localhost")).isEmpty();
            assertThat(good.get(enter).status())
                    .as("shown by a thief: worth nothing any more")
                    .isEqualTo(403);

            String again = code(good, "journal");
            assertThat(good.get(again).status()).isEqualTo(303);
            assertThat(good.get(again).status()).as("a second time").isEqualTo(403);

            good.get(at("registre") + "/", "Accept: text/html");
            String other = code(good, "journal").replace("//journal.", "//registre.");
            assertThat(good.get(other).status()).as("on another host").isEqualTo(403);
            assertThat(good.cookie("entente_gateway", "registre.localhost")).isEmpty();

            String late = code(good, "journal");
            jdbc.sql("UPDATE gateway.code SET expires_at = now() - interval '1 second'")
                    .update();
            assertThat(good.get(late).status()).as("too late").isEqualTo(403);
            assertThat(good.get(at("journal") + "/.entente/enter?code=made-up").status())
                    .isEqualTo(403);
            assertThat(good.get(at("journal") + "/.entente/enter").status()).isEqualTo(403);
        }
    }

    /** Signing somebody in as oneself, to read later what they entered. */
    @Test
    void nobodyIsBroughtInByTheCodeOfAnother() throws Exception {
        MemberId member = member("Vernaison", "journal");
        try (Visitor attacker = visitor(agent(town.person("Atta", "Quant"), member));
                Visitor victim = new Visitor()) {
            assertThat(victim.get(code(attacker, "journal")).status()).isEqualTo(403);
            assertThat(victim.cookie("entente_gateway", "journal.localhost")).isEmpty();
        }
    }

    @Test
    void aVisitOfOneApplicationOpensNoOther() throws Exception {
        MemberId member = member("Charly", "journal", "registre");
        try (Visitor visitor = visitor(agent(town.person("Ugo", "Curieux"), member))) {
            visitor.open(at("journal") + "/in");
            String secret =
                    visitor.cookie("entente_gateway", "journal.localhost").orElseThrow();
            assertThat(visitor.get(at("registre") + "/x", "Cookie: entente_gateway=" + secret)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void thePlatformIsNotOnAnApplicationsHostAndTheApplicationNotOnThePortals() throws Exception {
        AffiliationId capacity = agent(town.person("Rex", "Deux"), member("Millery", "journal"));
        String session = "Cookie: entente_session=" + actors.signIn(capacity).secret();
        try (Visitor rex = new Visitor()) {
            for (String path :
                    new String[] {"/api/me", "/api/territory", "/actuator/health", "/sign-in", "/console/x"}) {
                assertThat(rex.get(at("journal") + path, session, "X-Forwarded-Host: localhost:" + PORT)
                                .status())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(rex.get(PORTAL + "/api/me", session, "X-Forwarded-Host: journal.localhost")
                            .status())
                    .isEqualTo(200);
            assertThat(rex.get(PORTAL + "/api/territory", "Host: LOCALHOST:" + PORT)
                            .body())
                    .as("a descriptor that names the portal's host takes nothing")
                    .contains("\"name\"");
            assertThat(rex.get(PORTAL + "/.entente/enter?code=x", session).body())
                    .doesNotContain("gateway");
        }
        try (Visitor rex = visitor(capacity)) {
            rex.open(at("journal") + "/in");
            assertThat(rex.get(at("journal") + "/api/territory").body()).isEqualTo("legacy /api/territory");
        }
    }

    /** Two readings of where a request ends are one request too many (RFC 9112 11.2). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 44\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Content-Length: 5, 44\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Transfer-Encoding: xchunked\r\nContent-Length: 44\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 44\r\n\r\n"
                        + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Transfer-Encoding : chunked\r\nContent-Length: 44\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "Content-Length: 36\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: aaaa\r\n\r\n"
            })
    void noSecondRequestHidesInOne(String rest) throws Exception {
        AffiliationId capacity = agent(town.person("Sam", "Passeur"), member("Vourles", "journal"));
        try (Visitor sam = visitor(capacity)) {
            sam.open(at("journal") + "/in");
            String answer = raw("POST /carrier HTTP/1.1\r\nHost: journal.localhost:" + PORT
                    + "\r\nConnection: close\r\nCookie: entente_gateway="
                    + sam.cookie("entente_gateway", "journal.localhost").orElseThrow() + "\r\n" + rest);
            assertThat(answer).startsWith("HTTP/1.1 ");
        }
        assertThat(LEGACY.received()).noneMatch(request -> request.uri().contains("smuggled"));
        assertThat(LEGACY.received())
                .filteredOn(request -> request.uri().equals("/carrier"))
                .allMatch(request -> request.all("Transfer-Encoding").isEmpty()
                        || request.all("Content-Length").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../../secret", "/a/%2e%2e/secret", "/a/..;x/secret"})
    void pathsDoNotClimb(String path) throws Exception {
        AffiliationId capacity = agent(town.person("Tom", "Grimpe"), member("Brignais", "journal"));
        try (Visitor tom = visitor(capacity)) {
            tom.open(at("journal") + "/in");
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: journal.localhost:" + PORT
                    + "\r\nConnection: close\r\nCookie: entente_gateway="
                    + tom.cookie("entente_gateway", "journal.localhost").orElseThrow() + "\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
        assertThat(LEGACY.received()).noneMatch(request -> request.uri().contains("secret"));
    }

    /** Else whoever enters would be told, with who they are, to any host that an application names. */
    @Test
    void aWebSocketIsNotLedToAnotherHost() throws Exception {
        AffiliationId capacity = agent(town.person("Lou", "Détour"), member("Millery", "journal"));
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Visitor lou = visitor(capacity)) {
            elsewhere.setSoTimeout(2_000);
            LEGACY.leadTo("http://127.0.0.1:" + elsewhere.getLocalPort() + "/ws");
            lou.open(at("journal") + "/in");

            String answer = raw("GET /led HTTP/1.1\r\nHost: journal.localhost:" + PORT + "\r\nOrigin: " + at("journal")
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: entente_gateway="
                    + lou.cookie("entente_gateway", "journal.localhost").orElseThrow() + "\r\n\r\n");

            assertThat(LEGACY.last().uri()).isEqualTo("/led");
            assertThat(answer).startsWith("HTTP/1.1 502");
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aFormOfANeighbouringApplicationIsNotSent() throws Exception {
        AffiliationId capacity = agent(town.person("Ida", "Voisine"), member("Orliénas", "journal", "registre"));
        try (Visitor ida = visitor(capacity)) {
            ida.open(at("journal") + "/in");

            assertThat(ida.send("POST", at("journal") + "/pay", "to=me", "Origin: " + at("registre"))
                            .status())
                    .isEqualTo(403);
            assertThat(ida.send("POST", at("journal") + "/pay", "to=me", "Origin: null")
                            .status())
                    .isEqualTo(403);
            assertThat(LEGACY.received()).noneMatch(request -> request.uri().equals("/pay"));
            assertThat(ida.send("POST", at("journal") + "/pay", "to=us", "Origin: " + at("journal"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestThatNamesTwoHostsIsNone() throws Exception {
        assertThat(raw("GET " + PORTAL + "/api/territory HTTP/1.1\r\nHost: journal.localhost:" + PORT
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/territory HTTP/1.1\r\nHost: journal.localhost:" + PORT + "\r\nHost: localhost:" + PORT
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/territory HTTP/1.1\r\nHost: JOURNAL.LOCALHOST.:" + PORT
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    /** Through the portal with this browser, as far as the way back to the application. */
    private static String code(Visitor visitor, String app) throws IOException {
        Visitor.Answer portal = visitor.get(at(app) + "/.entente/start");
        String back = visitor.get(portal.header("Location")).header("Location");
        assertThat(back).startsWith(at(app) + "/.entente/enter?code=");
        return back;
    }
}
