package org.entente.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.testing.Scratch;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A town with applications behind the gateway, on a platform that listens: what is tested here happens on the wire. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "entente.notices.every=1h",
            "server.tomcat.remoteip.internal-proxies=192\\.0\\.2\\.1" // this machine is a stranger, not a proxy of ours
        })
@Import({TestPostgres.class, TestActors.class, Town.class})
abstract class GatewayTown {

    static final LegacyApp LEGACY = legacy();
    static final int PORT = port();
    static final int CALENDAR = port();
    static final int LINES = port();

    static final String PORTAL = "http://localhost:" + PORT;

    @DynamicPropertySource
    static void applications(DynamicPropertyRegistry registry) throws IOException {
        Path folder = Files.createTempDirectory("entente-catalog");
        String said = "headers: {Remote-User: mail, X-Nom: sn, X-Roles: roles, X-Siren: siren}";
        app(folder, "journal", LEGACY.port(), said + "\n  start: /accueil\n  signOut: /bye\n  signed: true");
        app(folder, "coffre", LEGACY.port(), said + "\nsecondFactor: true");
        app(folder, "registre", LEGACY.port(), said + "\n  answer: 1");
        app(folder, "a-portal", LEGACY.port(), said); // of the portal's own host: never served
        Path portal = folder.resolve("a-portal.yaml");
        Files.writeString(portal, Files.readString(portal).replace("a-portal.localhost", "localhost"));
        app(folder, "panne", port(), said);
        app(folder, "agenda", CALENDAR, "headers: {X-Remote-User: mail}");
        app(folder, "lignes", LINES, said);
        registry.add("entente.catalog.folder", folder::toString);
        registry.add("server.port", () -> PORT);
        registry.add("entente.public-url", () -> PORTAL);
    }

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    JdbcClient jdbc;

    static String at(String app) {
        return "http://" + app + ".localhost:" + PORT;
    }

    MemberId member(String name, String... services) {
        MemberId member = town.member(name);
        for (String service : services) {
            subscriptions.subscribe(member, service, Population.everyone("user"), Author.system("test"));
        }
        return member;
    }

    AffiliationId agent(PersonId person, MemberId member) {
        return town.joins(person, member, "agent", null);
    }

    String address(AffiliationId capacity) {
        return jdbc.sql("SELECT address FROM directory.v_affiliation WHERE id = ?")
                .param(capacity.value())
                .query(String.class)
                .single();
    }

    /** A browser in which this person is signed in at the portal. */
    Visitor visitor(AffiliationId capacity) {
        Visitor visitor = new Visitor();
        visitor.holds("entente_session", actors.signIn(capacity).secret(), "localhost");
        return visitor;
    }

    /** A request byte for byte, as no client would send it. */
    static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", PORT)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void app(Path folder, String id, int port, String rest) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                id: %1$s
                name: {fr: "Le %1$s", en: "The %1$s"}
                summary: {fr: "Essai", en: "Trial"}
                icon: book
                category: work
                roles: [user]
                suits: [agent, elu]
                signIn:
                  kind: gateway
                  url: http://%1$s.localhost:%2$d
                  upstream: http://127.0.0.1:%3$d
                  %4$s
                """.formatted(id, PORT, port, rest));
    }

    private static LegacyApp legacy() {
        try {
            return new LegacyApp();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port() {
        try {
            return Scratch.freePort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
