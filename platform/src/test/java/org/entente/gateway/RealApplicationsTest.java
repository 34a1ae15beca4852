package org.entente.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.websocket.Constants;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.testing.DebianApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Applications that are not ours and know nothing of us: Radicale (CalDAV) and websocketd (WebSocket, CGI). */
@EnabledIf("installed")
class RealApplicationsTest extends GatewayTown {

    static boolean installed() {
        return DebianApp.installed();
    }

    @BeforeAll
    static void applications() throws Exception {
        DebianApp.radicale(CALENDAR);
        DebianApp.websocketd(LINES);
    }

    @Test
    void aCalendarIsOnesOwnAndNobodyElses() throws Exception {
        MemberId member = member("Rive-de-Gier", "agenda");
        AffiliationId nadia = agent(town.person("Nadia", "Benali"), member);
        AffiliationId eve = agent(town.person("Eve", "Menteuse"), member);
        String hers = at("agenda") + "/" + address(nadia) + "/conseil/";
        try (Visitor visitor = visitor(nadia)) {
            assertThat(visitor.open(at("agenda") + "/").body()).containsIgnoringCase("radicale");
            assertThat(visitor.send("MKCALENDAR", hers, null).status()).isEqualTo(201);
            assertThat(visitor.send("PUT", hers + "a.ics", """
                            BEGIN:VCALENDAR
                            VERSION:2.0
                            PRODID:-//essai//
                            BEGIN:VEVENT
                            UID:a
                            DTSTAMP:20261124T080000Z
                            DTSTART:20261124T180000Z
                            SUMMARY:Conseil à l’hôtel de ville
                            END:VEVENT
                            END:VCALENDAR
                            """.replace("\n", "\r\n"), "Content-Type: text/calendar")
                            .status())
                    .isEqualTo(201);
            Visitor.Answer list = visitor.send("PROPFIND", hers, null, "Depth: 1");
            assertThat(list.status()).isEqualTo(207);
            assertThat(list.body()).contains("a.ics");
            assertThat(visitor.get(hers + "a.ics").body()).contains("Conseil à l’hôtel de ville");
        }
        try (Visitor visitor = visitor(eve)) {
            visitor.open(at("agenda") + "/");
            for (String header : List.of("X-Remote-User", "X_Remote_User", "x.remote.user", "Remote-User")) {
                Visitor.Answer refused = visitor.get(hers + "a.ics", header + ": " + address(nadia));
                assertThat(refused.status()).as(header).isEqualTo(403);
            }
        }
        try (Visitor nobody = new Visitor()) {
            assertThat(nobody.send("PROPFIND", hers, null, "X-Remote-User: " + address(nadia))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aCgiSeesOneRemoteUser() throws Exception {
        AffiliationId capacity = agent(town.person("Cléo", "Script"), member("St-Chamond", "lignes"));
        try (Visitor cleo = visitor(capacity)) {
            cleo.open(at("lignes") + "/env");
            String environment = cleo.get(
                            at("lignes") + "/env", "Remote_User: evil", "remote.user: evil", "Proxy: evil")
                    .body();
            assertThat(environment)
                    .contains("HTTP_REMOTE_USER=" + address(capacity))
                    .contains("HTTP_HOST=lignes.localhost:" + PORT)
                    .doesNotContain("evil")
                    .doesNotContain("entente_");
        }
    }

    /** Browsers leave some characters as they are, whatever RFC 3986 says. */
    @Test
    void anAddressPassesAsItIs() throws Exception {
        try (Visitor visitor = visitor(agent(town.person("Uri", "Brut"), member("Farnay", "lignes")))) {
            visitor.open(at("lignes") + "/env");
            assertThat(raw("GET /env?x=%C3%A9|[1]{2}^&x=+ HTTP/1.1\r\nHost: lignes.localhost:" + PORT
                            + "\r\nConnection: close\r\nCookie: entente_gateway="
                            + visitor.cookie("entente_gateway", "lignes.localhost")
                                    .orElseThrow() + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("QUERY_STRING=x=%C3%A9|[1]{2}^&x=+\n");
        }
    }

    @Test
    void aWebSocketPassesBothWaysAndEndsWithTheRight() throws Exception {
        AffiliationId capacity = agent(town.person("Wil", "Fil"), member("Tartaras", "lignes"));
        try (Visitor wil = visitor(capacity)) {
            wil.open(at("lignes") + "/env");
            Line line = line(wil, at("lignes"), "Remote-User", "evil");
            assertThat(line.next()).isEqualTo(address(capacity) + " as user");
            line.session.getBasicRemote().sendText("aller et retour, où qu’on soit");
            assertThat(line.next()).isEqualTo("aller et retour, où qu’on soit");
            String long100k = "x".repeat(100_000);
            line.session.getBasicRemote().sendText(long100k);
            assertThat(line.next()).isEqualTo(long100k);

            town.ends(capacity, "manual");

            CloseReason reason = line.closed.get(30, TimeUnit.SECONDS);
            assertThat(reason.getCloseCode()).isEqualTo(CloseReason.CloseCodes.VIOLATED_POLICY);
        }
    }

    @Test
    void aWebSocketNeedsASessionAndAPageOfTheApplication() throws Exception {
        AffiliationId capacity = agent(town.person("Axe", "Croisé"), member("Dargoire", "lignes"));
        try (Visitor axe = visitor(capacity);
                Visitor nobody = new Visitor()) {
            axe.open(at("lignes") + "/env");
            assertThatThrownBy(() -> line(nobody, at("lignes"), "X-A", "b"))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("401");
            for (String origin : List.of(
                    "https://evil.example",
                    PORTAL,
                    at("agenda"),
                    "null",
                    "http://lignes.localhost.evil.example:" + PORT)) {
                assertThatThrownBy(() -> line(axe, origin, "X-A", "b"))
                        .as(origin)
                        .isInstanceOf(DeploymentException.class)
                        .hasMessageContaining("403");
            }
        }
    }

    /** One end of a WebSocket. */
    private static final class Line extends Endpoint {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        private Session session;

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            opened.setMaxTextMessageBufferSize(200_000);
            opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            closed.complete(reason);
        }

        String next() throws InterruptedException {
            return received.poll(30, TimeUnit.SECONDS);
        }
    }

    private static Line line(Visitor visitor, String origin, String header, String value) throws Exception {
        Line line = new Line();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        headers.put("Host", List.of("lignes.localhost:" + PORT));
                        headers.put("Origin", List.of(origin));
                        headers.put(header, List.of(value));
                        visitor.cookie("entente_gateway", "lignes.localhost")
                                .ifPresent(secret -> headers.put("Cookie", List.of("entente_gateway=" + secret)));
                    }
                })
                .build();
        // A slow machine is no answer to what is asked here.
        config.getUserProperties().put(Constants.IO_TIMEOUT_MS_PROPERTY, "60000");
        line.session = ContainerProvider.getWebSocketContainer()
                .connectToServer(line, config, URI.create("ws://127.0.0.1:" + PORT + "/ws"));
        return line;
    }
}
