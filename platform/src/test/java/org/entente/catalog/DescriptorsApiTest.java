package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

/** An application is described on the screen, with secrets that only the screen's descriptions may use. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class DescriptorsApiTest {

    @TempDir
    static Path folder;

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Catalog catalog;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    TestSession operator;

    @DynamicPropertySource
    static void ofTheMachine(DynamicPropertyRegistry registry) throws IOException {
        Files.writeString(folder.resolve("forge.yaml"), described("forge", "forge-client", null));
        registry.add("entente.catalog.folder", folder::toString);
        registry.add("entente.sources.reach", () -> "127.0.0.2/32");
    }

    @BeforeEach
    void anOperatorAndNothingWritten() {
        jdbc.sql("DELETE FROM catalog.written").update();
        jdbc.sql("DELETE FROM catalog.kept_secret").update();
        catalog.reload();
        operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
    }

    @Test
    void whatIsWrittenIsAServiceAtOnceAndCanBeChangedAndTakenAway() throws Exception {
        save("wiki", described("wiki", "wiki", null), null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.revision").value(1));
        assertThat(catalog.find("wiki")).isPresent();

        save("wiki", described("wiki", "wiki2", null), 1)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.revision").value(2));
        assertThat(catalog.find("wiki").orElseThrow().signIn().client()).isEqualTo("wiki2");

        mvc.perform(delete("/api/operator/services/wiki/descriptor").with(operator))
                .andExpect(status().isNoContent());
        assertThat(catalog.find("wiki")).isEmpty();
        mvc.perform(delete("/api/operator/services/wiki/descriptor").with(operator))
                .andExpect(status().isNotFound());
        assertThat(jdbc.sql("SELECT act FROM audit.entry WHERE subject = 'wiki' ORDER BY id")
                        .query(String.class)
                        .list())
                .contains("descriptor.written", "service.added", "service.changed", "descriptor.removed");
    }

    @Test
    void whoWritesOverSomebodyElsesChangeIsToldAndNothingIsLost() throws Exception {
        save("wiki", described("wiki", "wiki", null), null).andExpect(status().isOk());
        save("wiki", described("wiki", "mine", null), 1).andExpect(status().isOk());

        save("wiki", described("wiki", "theirs", null), 1).andExpect(status().isConflict());
        save("wiki", described("wiki", "theirs", null), null).andExpect(status().isConflict());

        assertThat(catalog.find("wiki").orElseThrow().signIn().client()).isEqualTo("mine");
    }

    @Test
    void whatIsWrongIsSaidByLineAndNothingIsTaken() throws Exception {
        String wrong = described("wiki", "wiki", null).replace("suits: [agent]", "suits: [mayor]");

        check(wrong)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.problems[0].line").value(5))
                .andExpect(jsonPath("$.problems[0].text").value(containsString("mayor")));
        save("wiki", wrong, null).andExpect(status().isUnprocessableContent());
        save("other", described("wiki", "wiki", null), null)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.detail").value(containsString("wiki")));
        save("wiki", " ", null).andExpect(status().isUnprocessableContent());
        check("\u0000").andExpect(jsonPath("$.problems").value(not(empty())));

        assertThat(catalog.find("wiki")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entente-portal",
                "entente-platform",
                "entente",
                "account",
                "realm-management",
                "admin-cli",
                "cas:forge"
            })
    void noServiceTakesThePlaceOfOneOfTheRealmsOwnClients(String client) throws Exception {
        check(described("wiki", client, null))
                .andExpect(jsonPath("$.problems[0].text").value(containsString(client)));
    }

    @Test
    void twoServicesAreNotOneApplication() throws Exception {
        check(described("wiki", "forge-client", null))
                .andExpect(jsonPath("$.problems[0].text").value(containsString("forge")));
        save("wiki", described("wiki", "forge-client", null), null).andExpect(status().isUnprocessableContent());
    }

    @Test
    void twoCasApplicationsAreNotOfOneAddress() throws Exception {
        save("agenda", cas("agenda", "https://cas.example/app/*"), null).andExpect(status().isOk());

        for (String url :
                List.of("https://cas.example/app/*", "https://cas.example/app/login", "https://cas.example/*")) {
            check(cas("voleur", url)).andExpect(jsonPath("$.problems[0].text").value(containsString("agenda")));
        }
        check(cas("voisin", "https://cas.example/other"))
                .andExpect(jsonPath("$.problems").value(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8401/x",
                "https://localhost/",
                "https://10.0.0.7/scim",
                "https://[::1]/",
                "https://169.254.169.254/"
            })
    void aConnectorThatIsTypedReachesPublicAddressesOnly(String url) throws Exception {
        check(described("wiki", "wiki", null) + "connector: {kind: scim, settings: {url: \"" + url + "\"}}\n")
                .andExpect(jsonPath("$.problems[0].text").value(containsString(url)));
    }

    @Test
    void aFileOfTheMachineIsShownAndOnlyChangedThere() throws Exception {
        mvc.perform(get("/api/operator/services/forge/descriptor").with(operator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.yaml").value(containsString("forge-client")))
                .andExpect(jsonPath("$.revision").isEmpty());
        save("forge", described("forge", "forge-client", null), null)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail").value(containsString("forge.yaml")));
    }

    @Test
    void whatEntenteShipsIsOverwrittenAndComesBack() throws Exception {
        String shipped = catalog.find("legifrance").orElseThrow().name().fr();
        String mine = described("legifrance", "x", null)
                .replaceAll("(?s)signIn:.*?}", "signIn: {kind: link, url: \"https://droit.example/\"}");

        save("legifrance", mine, null).andExpect(status().isOk());
        assertThat(catalog.find("legifrance").orElseThrow().signIn().opens()).isEqualTo("https://droit.example/");

        mvc.perform(delete("/api/operator/services/legifrance/descriptor").with(operator))
                .andExpect(status().isNoContent());
        assertThat(catalog.find("legifrance").orElseThrow().name().fr()).isEqualTo(shipped);
    }

    @Test
    void aSecretIsMadeToldOnceAndUsed() throws Exception {
        String yaml = described("wiki", "wiki", "kept.wiki");
        check(yaml).andExpect(jsonPath("$.secrets").value(contains("kept.wiki")));
        save("wiki", yaml, null).andExpect(status().isUnprocessableContent());

        String made = json.readTree(
                        mvc.perform(post("/api/operator/secrets/wiki/generate").with(operator))
                                .andExpect(status().isOk())
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                .path("value")
                .asString();
        save("wiki", yaml, null).andExpect(status().isOk());

        assertThat(made).hasSize(43);
        assertThat(catalog.resolve("${secret:kept.wiki}")).isEqualTo(made);
        mvc.perform(get("/api/operator/secrets").with(operator))
                .andExpect(jsonPath("$[0].name").value("wiki"))
                .andExpect(jsonPath("$[0].usedBy").value(hasItem("wiki")))
                .andExpect(jsonPath("$[0].value").doesNotExist());
        mvc.perform(delete("/api/operator/secrets/wiki").with(operator)).andExpect(status().isConflict());
        assertThat(jdbc.sql("SELECT encode(sealed, 'escape') FROM catalog.kept_secret")
                        .query(String.class)
                        .single())
                .doesNotContain(made);
    }

    @Test
    void aKeptSecretGoesElsewhereOnlyByWhomItWasJustTyped() throws Exception {
        keep(operator, "ged", "a-secret-of-the-town").andExpect(status().isNoContent());
        save("ged", connected("ged", "https://1.1.1.1/scim"), null).andExpect(status().isOk());
        TestSession other = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
        String elsewhere = connected("ged", "https://8.8.8.8/scim");

        // Neither somebody else nor whoever typed it, by editing alone; nor from another description, nor as a client's
        // secret.
        for (TestSession who : List.of(other, operator)) {
            check(who, elsewhere)
                    .andExpect(jsonPath("$.secrets").value(contains("kept.ged")))
                    .andExpect(jsonPath("$.problems[0].text").value(containsString("https://8.8.8.8/scim")));
            save(who, "ged", elsewhere, 1).andExpect(status().isUnprocessableContent());
            save(who, "vol", connected("vol", "https://8.8.8.8/scim").replace("kept.vol", "kept.ged"), null)
                    .andExpect(status().isUnprocessableContent());
            save(who, "vol", described("vol", "vol", "kept.ged"), null).andExpect(status().isUnprocessableContent());
        }
        // Another path of the same server is elsewhere, too.
        save(other, "ged", connected("ged", "https://1.1.1.1/other"), 1).andExpect(status().isUnprocessableContent());
        // What does not move it may be changed by anybody.
        save(other, "ged", connected("ged", "https://1.1.1.1/scim").replace("App ged", "La GED"), 1)
                .andExpect(status().isOk());
        // Taken away and written anew, it is still somebody's.
        mvc.perform(delete("/api/operator/services/ged/descriptor").with(other)).andExpect(status().isNoContent());
        save(other, "ged", elsewhere, null).andExpect(status().isUnprocessableContent());

        keep(other, "ged", "another-secret-of-theirs").andExpect(status().isNoContent());
        save(operator, "ged", elsewhere, null).andExpect(status().isUnprocessableContent());
        save(other, "ged", elsewhere, null).andExpect(status().isOk());
        save(other, "ged", connected("ged", "https://9.9.9.9/scim"), 1).andExpect(status().isUnprocessableContent());
    }

    @Test
    void aSecretThatWasKeptBeforeItWasKnownByWhomStaysWhereItIs() throws Exception {
        keep(operator, "ged", "a-secret-of-the-town").andExpect(status().isNoContent());
        save("ged", connected("ged", "https://1.1.1.1/scim"), null).andExpect(status().isOk());
        jdbc.sql("UPDATE catalog.kept_secret SET kept_by = NULL, kept_by_name = NULL, fresh = false")
                .update();

        save("ged", connected("ged", "https://1.1.1.1/scim").replace("App ged", "La GED"), 1)
                .andExpect(status().isOk());
        save("ged", connected("ged", "https://8.8.8.8/scim"), 2).andExpect(status().isUnprocessableContent());
    }

    @Test
    void aSecretThatNoDescriptionUsesIsListedAndForgotten() throws Exception {
        keep(operator, "oubli", "a-secret-of-nobody").andExpect(status().isNoContent());

        mvc.perform(get("/api/operator/secrets").with(operator))
                .andExpect(jsonPath("$[0].name").value("oubli"))
                .andExpect(jsonPath("$[0].keptBy").value("Camille Test"))
                .andExpect(jsonPath("$[0].usedBy").value(empty()));
        mvc.perform(delete("/api/operator/secrets/oubli").with(operator)).andExpect(status().isNoContent());
        mvc.perform(get("/api/operator/secrets").with(operator))
                .andExpect(jsonPath("$").value(empty()));
    }

    private ResultActions keep(TestSession who, String name, String value) throws Exception {
        return mvc.perform(put("/api/operator/secrets/{name}", name)
                .with(who)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(Map.of("value", value))));
    }

    private static String connected(String id, String url) {
        return described(id, id, null) + "connector: {kind: scim, settings: {url: \"" + url
                + "\", token: \"${secret:kept." + id + "}\"}}\n";
    }

    @Test
    void theScreenNeverReachesASecretOfTheMachine() throws Exception {
        check(described("wiki", "wiki", "PATH"))
                .andExpect(jsonPath("$.problems[0].text").value(containsString("PATH")));
        save("wiki", described("wiki", "wiki", "PATH"), null).andExpect(status().isUnprocessableContent());
        String connector =
                described("wiki", "wiki", null) + "connector: {kind: scim, settings: {note: \"${secret:HOME}\"}}\n";
        check(connector).andExpect(jsonPath("$.problems[0].text").value(containsString("HOME")));

        mvc.perform(put("/api/operator/secrets/{name}", "../PATH")
                        .with(operator)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"value\":\"long enough\"}"))
                .andExpect(status().is4xxClientError());
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                Refusal.class, () -> catalog.resolve("${secret:kept.none}"))
                        .kind())
                .isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two\nlines of it"})
    void aSecretThatIsNoneIsRefused(String value) throws Exception {
        mvc.perform(put("/api/operator/secrets/wiki")
                        .with(operator)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(Map.of("value", value))))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void anotherNodeReadsWhatWasWrittenHere() throws Exception {
        long before = jdbc.sql("SELECT count FROM catalog.written_change")
                .query(Long.class)
                .single();
        save("wiki", described("wiki", "wiki", null), null).andExpect(status().isOk());

        assertThat(jdbc.sql("SELECT count FROM catalog.written_change")
                        .query(Long.class)
                        .single())
                .isGreaterThan(before);
    }

    @Test
    void anApplicationsMetadataIsReadFromWhereItIsPublishedAndNowhereInside() throws Exception {
        HttpServer published = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        published.createContext("/client.json", exchange -> {
            byte[] body =
                    "{\"redirect_uris\": [\"https://wiki.example/cb\"], \"jwks_uri\": \"https://wiki.example/keys\"}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        published.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:5432/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        published.start();
        String at = "http://127.0.0.2:" + published.getAddress().getPort();
        try {
            metadata(Map.of("url", at + "/client.json"))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.redirectUris").value(contains("https://wiki.example/cb")))
                    .andExpect(jsonPath("$.confidential").value(true))
                    .andExpect(jsonPath("$.remarks[0].word").value("jwks_uri"))
                    .andExpect(jsonPath("$.remarks[0].text").value(containsString("private_key_jwt")));
            metadata(Map.of("url", at + "/moved"))
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.detail").value(containsString("302")));
            for (String inside : List.of(
                    "http://127.0.0.1:5432/",
                    "https://localhost/x",
                    "https://169.254.169.254/latest",
                    "file:///etc/passwd",
                    "https://[::1]/")) {
                metadata(Map.of("url", inside))
                        .andExpect(status().isUnprocessableContent())
                        .andExpect(jsonPath("$.fields.url").exists());
            }
        } finally {
            published.stop(0);
        }
    }

    @Test
    void whereAnApplicationIsToldOfTheEndIsAPublicAddress() throws Exception {
        String told = described("wiki", "wiki", null)
                .replace("initiateUrl", "backChannelLogoutUri: \"https://8.8.8.8/end\", initiateUrl");

        check(told).andExpect(jsonPath("$.problems").value(empty()));
        check(told.replace("8.8.8.8", "10.0.0.7"))
                .andExpect(jsonPath("$.problems[0].text").value(containsString("10.0.0.7")));
        save("wiki", told, null).andExpect(status().isOk());
        assertThat(catalog.find("wiki").orElseThrow().signIn())
                .isInstanceOfSatisfying(
                        SignIn.Oidc.class,
                        oidc -> assertThat(oidc.logout()).isEqualTo(new SignIn.Logout("https://8.8.8.8/end", null)));
    }

    private ResultActions metadata(Map<String, String> given) throws Exception {
        return mvc.perform(post("/api/operator/descriptors/oidc-metadata")
                .with(operator)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(given)));
    }

    private ResultActions save(String id, String yaml, @Nullable Integer revision) throws Exception {
        return save(operator, id, yaml, revision);
    }

    private ResultActions save(TestSession who, String id, String yaml, @Nullable Integer revision) throws Exception {
        Map<String, Object> body = new HashMap<>();
        body.put("yaml", yaml);
        body.put("revision", revision);
        return mvc.perform(put("/api/operator/services/{id}/descriptor", id)
                .with(who)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body)));
    }

    private ResultActions check(String yaml) throws Exception {
        return check(operator, yaml);
    }

    private ResultActions check(TestSession who, String yaml) throws Exception {
        return mvc.perform(post("/api/operator/descriptors/check")
                .with(who)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(Map.of("yaml", yaml))));
    }

    private static String cas(String id, String url) {
        return described(id, "x", null)
                .replaceAll(
                        "signIn: .*",
                        "signIn: {kind: cas, serviceUrls: [\"" + url + "\"], initiateUrl: \"https://cas.example/\"}");
    }

    private static String described(String id, String client, @Nullable String secret) {
        return """
                id: %1$s
                name: {fr: "App %1$s", en: "App %1$s"}
                summary: {fr: "App %1$s", en: "App %1$s"}
                roles: [user]
                suits: [agent]
                icon: pen
                category: together
                signIn: {kind: oidc, clientId: %2$s, redirectUris: ["https://%1$s.example/cb"], initiateUrl: "https://%1$s.example/"%3$s}
                """.formatted(id, client, secret == null ? "" : ", secret: \"${secret:" + secret + "}\"");
    }
}
