package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.session.TestSession;
import org.entente.launcher.engine.Engine;
import org.entente.provisioning.scim.ScimServer;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The platform, Keycloak or PostgreSQL is killed in the middle of a hundred departures: half of them a date that passes, half an
 * admin's clicks. After the restart all are complete, none is half done, and the certificates say what the engines really hold.
 */
class CrashTest {

    private static final int PEOPLE = 100;
    private static final int CLICKED = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final DateTimeFormatter ON_PAPER =
            DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss,SSS").withZone(ZoneId.of("Europe/Paris"));

    static TestTerritory territory;
    static ScimServer chat;
    static JdbcClient jdbc;
    static TestApp app;

    TerritoryPeople people;
    TestSession admin;
    List<TerritoryPeople.Leaver> leavers;
    Map<UUID, TestApp.Answer> tokens;
    TerritoryPeople.Leaver stays;
    TestApp.Answer staysSignedIn;

    @BeforeAll
    static void aTerritory() throws Exception {
        chat = new ScimServer(true);
        territory = new TestTerritory(
                "crash",
                List.of("-XX:TieredStopAtLevel=1"),
                List.of("entente.s3.url=http://127.0.0.1:9", "entente.certificates.poll=500ms"));
        jdbc = territory.jdbc();
        TerritoryPeople.offers(territory, chat, "agent, elu, partner, trainee");
        territory.start();
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT EXISTS (SELECT FROM catalog.service WHERE id = 'chat')")
                        .query(Boolean.class)
                        .single());
    }

    @AfterAll
    static void stop() throws Exception {
        chat.close();
        territory.stop();
    }

    @BeforeEach
    void aHundredPeopleWithAllThatCanBeCut() {
        chat.beforeEach = () -> {};
        people = new TerritoryPeople(territory);
        admin = people.session(people.arrive(1, "agent").getFirst(), "member_admin");
        leavers = people.arrive(PEOPLE, "agent").stream().map(people::leaver).toList();
        // The realm is whole: Keycloak has people.
        app = TestApp.register(territory.keycloakUrl(), "crash-app", "chat", "");
        tokens = leavers.stream()
                .filter(leaver -> leavers.indexOf(leaver) % 25 == 0)
                .collect(Collectors.toMap(TerritoryPeople.Leaver::person, leaver -> people.tokens(app, leaver)));
        assertThat(tokens.values().stream().filter(app::active)).hasSameSizeAs(tokens.values());
        stays = people.leaver(people.arrive(1, "agent").getFirst());
        staysSignedIn = people.tokens(app, stays);
    }

    @Test
    void afterTheDeathOfThePlatformEveryDepartureIsComplete() throws Exception {
        killedInTheMiddle(territory.platform());
    }

    @Test
    void afterTheDeathOfPostgresqlEveryDepartureIsComplete() throws Exception {
        killedInTheMiddle(territory.postgres());
    }

    @Test
    void afterTheDeathOfKeycloakEveryDepartureIsComplete() throws Exception {
        killedInTheMiddle(territory.keycloak());
    }

    private void killedInTheMiddle(Engine engine) throws Exception {
        // Slow enough that some acts are done, some under way and some to come.
        chat.beforeEach = () -> LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        List<TerritoryPeople.Leaver> clicked = leavers.subList(0, CLICKED);
        jdbc.sql("UPDATE directory.affiliation SET valid_until = now() WHERE id = ANY (?::uuid[])")
                .param(posts(leavers.subList(CLICKED, PEOPLE)))
                .update();
        Set<UUID> answered = ConcurrentHashMap.newKeySet();
        try (ExecutorService clicks = Executors.newFixedThreadPool(2)) {
            clicked.forEach(leaver -> clicks.execute(() -> {
                if (people.click(leaver, admin) == 200) {
                    answered.add(leaver.post());
                }
            }));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answered.size() >= CLICKED / 3);
            TestTerritory.kill(engine);
            if (engine != territory.keycloak()) {
                clicks.shutdownNow();
            }
        }
        if (engine == territory.keycloak()) {
            // Keycloak is away: everything else is cut all the same.
            assertThat(answered).hasSize(CLICKED);
        } else if (engine == territory.postgres()) {
            assertThat(people.status(people.signed("/api/me", admin)))
                    .as("told plainly, to be tried again")
                    .isEqualTo(503);
        }
        chat.beforeEach = () -> {};
        territory.again(engine);

        // An admin whose click was not answered clicks again; what was done all the same says so.
        assertThat(clicked.stream().filter(leaver -> !answered.contains(leaver.post())))
                .allSatisfy(leaver -> await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(people.click(leaver, admin)).isIn(200, 409)));
        everythingIsCutOnceAndTheCertificatesTellTheTruth();
    }

    private void everythingIsCutOnceAndTheCertificatesTellTheTruth() throws IOException, InterruptedException {
        await().atMost(PATIENCE)
                .until(() -> of(
                                "SELECT count(*) FROM provisioning.certificate c "
                                        + "JOIN provisioning.departure d ON d.id = c.departure WHERE d.affiliation = ANY (?::uuid[])")
                        == PEOPLE);
        assertThat(of("SELECT count(*) FROM provisioning.departure WHERE affiliation = ANY (?::uuid[])"))
                .as("one departure each")
                .isEqualTo(PEOPLE);
        assertThat(
                        of(
                                "SELECT count(*) FROM provisioning.departure WHERE state = 'complete' AND affiliation = ANY (?::uuid[])"))
                .isEqualTo(PEOPLE);
        assertThat(of("SELECT count(*) FROM access.entitlement WHERE affiliation = ANY (?::uuid[])"))
                .isZero();
        whatIsOursIsRefused();
        whatIsKeycloaksIsRefused();
        Map<String, Instant> cutInChat = cutInChat();
        for (TerritoryPeople.Leaver leaver : leavers) {
            certificateTellsTheTruth(leaver, cutInChat);
        }
        theLedgerIsIntactAndTellsEachActOnce();
        whoStaysIsStillSignedIn();
    }

    /** A restart of any engine asks nobody to sign in again. */
    private void whoStaysIsStillSignedIn() {
        assertThat(people.portal(stays, "/api/me")).isEqualTo(200);
        assertThat(people.device(stays)).isEqualTo(200);
        assertThat(app.refresh(staysSignedIn).status()).isEqualTo(200);
    }

    private void whatIsOursIsRefused() {
        for (TerritoryPeople.Leaver leaver : leavers) {
            assertThat(people.portal(leaver, "/api/me")).isEqualTo(401);
            assertThat(people.device(leaver)).isIn(401, 429);
        }
        assertThat(
                        of(
                                "SELECT count(*) FROM identity.app_password WHERE revoked_at IS NULL AND capacity = ANY (?::uuid[])"))
                .isZero();
    }

    private void whatIsKeycloaksIsRefused() {
        Map<String, JsonNode> users = StreamSupport.stream(
                        TestApp.users(territory.keycloakUrl()).spliterator(), false)
                .collect(Collectors.toMap(user -> user.path("username").asString(), user -> user));
        assertThat(leavers).allSatisfy(leaver -> {
            JsonNode user = users.get(leaver.person().toString());
            assertThat(user.path("enabled").asBoolean(true)).isFalse();
            assertThat(user.path("attributes").path("capacity").size()).isZero();
        });
        assertThat(tokens.values()).allSatisfy(held -> {
            assertThat(app.active(held)).isFalse();
            assertThat(app.userinfo(held)).isNotEqualTo(200);
            assertThat(app.refresh(held).status()).isEqualTo(400);
        });
    }

    /** When each leaver's user was last touched there; each has one, and it is not active. */
    private Map<String, Instant> cutInChat() {
        Map<String, String> accounts = new LinkedHashMap<>();
        jdbc.sql(
                        "SELECT id, affiliation FROM provisioning.account WHERE service = 'chat' AND affiliation = ANY (?::uuid[])")
                .param(posts(leavers))
                .query((row, n) -> accounts.put(row.getString(1), row.getString(2)))
                .list();
        Map<String, Instant> cut = new LinkedHashMap<>();
        chat.users.values().stream()
                .filter(user -> accounts.containsKey(user.path("externalId").asText()))
                .forEach(user -> {
                    assertThat(user.path("active").asBoolean()).isFalse();
                    Instant at =
                            Instant.parse(user.path("meta").path("lastModified").asText());
                    assertThat(cut.put(accounts.get(user.path("externalId").asText()), at))
                            .as("one user each")
                            .isNull();
                });
        assertThat(cut).hasSize(PEOPLE);
        return cut;
    }

    private void certificateTellsTheTruth(TerritoryPeople.Leaver leaver, Map<String, Instant> cutInChat)
            throws IOException, InterruptedException {
        UUID departure = jdbc.sql("SELECT id FROM provisioning.departure WHERE affiliation = ?")
                .param(leaver.post())
                .query(UUID.class)
                .single();
        byte[] pdf = people.send(people.signed(
                        "/api/members/" + people.member + "/departures/" + departure + "/certificate.pdf", admin))
                .body();
        String text;
        try (PDDocument document = Loader.loadPDF(pdf)) {
            text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
        assertThat(text)
                .contains("Certificat de départ", departure.toString())
                .doesNotContain("provisoire", "En attente", "Pas encore fait");
        Map<String, Instant> acts = new LinkedHashMap<>();
        jdbc.sql("SELECT system, at FROM provisioning.departure_act WHERE departure = ? AND state = 'done'")
                .param(departure)
                .query((row, n) -> acts.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
        assertThat(acts)
                .containsOnlyKeys("entitlements", "portal-sessions", "app-passwords", "sign-in", "chat")
                .allSatisfy((system, at) -> assertThat(text).contains(ON_PAPER.format(at)));
        assertThat(acts.get("chat"))
                .as("not said before it was done")
                .isAfterOrEqualTo(cutInChat.get(leaver.post().toString()).minusMillis(1));
        if (leavers.indexOf(leaver) % 10 == 0) {
            assertThat(verified(pdf)).contains("\"genuine\":true", "\"unchanged\":true");
        }
    }

    private void theLedgerIsIntactAndTellsEachActOnce() throws IOException, InterruptedException {
        for (String act : List.of("departure.cut", "departure.completed", "certificate.signed")) {
            assertThat(of("SELECT count(*) FROM audit.entry e JOIN provisioning.departure d ON d.id::text = e.subject "
                            + "WHERE e.act = '" + act + "' AND d.affiliation = ANY (?::uuid[])"))
                    .as(act)
                    .isEqualTo(PEOPLE);
        }
        assertThat(of("SELECT count(*) FROM audit.entry e JOIN provisioning.departure d ON d.id::text = e.subject "
                        + "WHERE e.act = 'account.suspended' AND d.affiliation = ANY (?::uuid[])"))
                .isEqualTo(2 * PEOPLE);
        assertThat(territory.console("audit-verify")).endsWith("exit: 0\n");
    }

    private String verified(byte[] pdf) throws IOException, InterruptedException {
        String boundary = UUID.randomUUID().toString();
        List<byte[]> parts = List.of(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"pdf\"; filename=\"c.pdf\"\r\n"
                                + "Content-Type: application/pdf\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                pdf,
                ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return new String(
                people.send(people.signed("/api/certificates/verify", admin)
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(HttpRequest.BodyPublishers.ofByteArrays(parts)))
                        .body(),
                StandardCharsets.UTF_8);
    }

    private long of(String sql) {
        return jdbc.sql(sql).param(posts(leavers)).query(Long.class).single();
    }

    private static String[] posts(List<TerritoryPeople.Leaver> leavers) {
        return leavers.stream().map(leaver -> leaver.post().toString()).toArray(String[]::new);
    }
}
