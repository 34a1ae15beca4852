package org.entente.provisioning;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.session.TestSession;
import org.entente.provisioning.scim.ScimServer;
import org.entente.testing.TestTerritory;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People of a {@link TestTerritory} with everything a departure has to cut, and what they and their admin ask of it. */
final class TerritoryPeople {

    static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PASSWORD = "correct horse battery staple";

    final UUID member;
    private final TestTerritory territory;
    private final JdbcClient jdbc;
    private final HttpClient http = HttpClient.newHttpClient();

    TerritoryPeople(TestTerritory territory) {
        this.territory = territory;
        this.jdbc = territory.jdbc();
        this.member = jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', 'Givors') RETURNING id")
                .query(UUID.class)
                .single();
    }

    /** Somebody who leaves, with all that is to be cut. */
    record Leaver(UUID person, UUID post, String address, TestSession session, String device) {

        String basic() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((address + ":" + device).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Has the territory offer an app whose accounts are kept by SCIM. */
    static void offers(TestTerritory territory, ScimServer server, String suits) throws IOException {
        Files.writeString(territory.services().resolve("chat.yaml"), """
                id: chat
                name: {fr: Discussion, en: Chat}
                summary: {fr: Pour les essais, en: For tests}
                icon: hammer
                category: test
                signIn: {kind: built-in}
                roles: [user]
                suits: [%s]
                everyone: true
                connector: {kind: scim, settings: {url: "%s", token: "${secret:TEST_SERVICE_TOKEN}"}}
                """.formatted(suits, server.url()));
    }

    /** People whose first day the clock sees; comes back when the engines have them. */
    List<UUID> arrive(int people, String kind) {
        List<UUID> posts =
                jdbc.sql("""
                        WITH p AS (INSERT INTO directory.person (given_name, usual_name) SELECT 'P', 'N' || n FROM generate_series(1, ?) n RETURNING id)
                        INSERT INTO directory.affiliation (person, member, kind, function, address, valid_from, phase)
                        SELECT p.id, ?, ?, 'Agent', 'p.' || p.id || '@givors.example', now() - interval '1 day', 'planned' FROM p
                        RETURNING id""").params(people, member, kind).query(UUID.class).list();
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("""
                        SELECT NOT EXISTS (SELECT FROM directory.affiliation WHERE member = :member AND phase = 'planned')
                            AND NOT EXISTS (SELECT FROM provisioning.account WHERE member = :member AND revision > applied)""")
                        .param("member", member)
                        .query(Boolean.class)
                        .single());
        return posts;
    }

    Leaver leaver(UUID post) {
        UUID person = personOf(post);
        String device = UUID.randomUUID().toString().replace("-", "");
        jdbc.sql(
                        "INSERT INTO identity.app_password (person, capacity, label, doors, secret, made_at) VALUES (?, ?, 'x', '{mail}', ?, now())")
                .params(person, post, sha256(device))
                .update();
        return new Leaver(person, post, "p." + person + "@givors.example", session(post), device);
    }

    TestSession session(UUID post, String... roles) {
        for (String role : roles) {
            jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, ?)")
                    .params(post, role)
                    .update();
        }
        return TestSession.start(jdbc, new PersonId(personOf(post)), new AffiliationId(post));
    }

    /** Signs somebody in to an app, as a browser does. */
    TestApp.Answer tokens(TestApp app, Leaver leaver) {
        TestApp.setPassword(territory.keycloakUrl(), leaver.person(), PASSWORD);
        return app.tokens(new Browser()
                .open(app.signInUrl(""))
                .send("username", "username", leaver.address())
                .send("password", "password", PASSWORD));
    }

    /** The admin's click; 0 when nobody answered. */
    int click(Leaver leaver, TestSession admin) {
        return status(signed("/api/members/" + member + "/affiliations/" + leaver.post() + "/departure", admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"Fin de contrat\"}")));
    }

    int portal(Leaver leaver, String path) {
        return status(signed(path, leaver.session()));
    }

    int device(Leaver leaver) {
        return status(
                HttpRequest.newBuilder(territory.url("/basic/me?door=mail")).header("Authorization", leaver.basic()));
    }

    int status(HttpRequest.Builder request) {
        try {
            return send(request).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder signed(String path, TestSession session) {
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        String csrf = String.valueOf(headers.getFirst("X-XSRF-TOKEN"));
        return HttpRequest.newBuilder(territory.url(path))
                .header("X-XSRF-TOKEN", csrf)
                .header("Cookie", headers.getFirst(HttpHeaders.COOKIE) + "; XSRF-TOKEN=" + csrf);
    }

    private UUID personOf(UUID post) {
        return jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?")
                .param(post)
                .query(UUID.class)
                .single();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
