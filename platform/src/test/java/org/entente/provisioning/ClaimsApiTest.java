package org.entente.provisioning;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** From the person who arrives to what an application would be told of them, with the real Keycloak. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestKeycloak.class, TestActors.class, Town.class})
class ClaimsApiTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    TestSession operator;
    PersonId person;
    MemberId member;
    AffiliationId capacity;

    @DynamicPropertySource
    static void catalog(DynamicPropertyRegistry registry) throws IOException {
        Path folder = Files.createTempDirectory("entente-claims");
        Path secrets = Files.createTempDirectory("entente-claims-secrets");
        Files.writeString(secrets.resolve("APP"), "claims-app-secret-claims-app-secret");
        Files.writeString(folder.resolve("courrier.yaml"), """
                id: courrier
                name: {fr: Courrier, en: Mailroom}
                summary: {fr: Pour les essais, en: For tests}
                icon: hammer
                category: test
                signIn:
                  kind: oidc
                  clientId: courrier
                  secret: "${secret:APP}"
                  redirectUris: ["https://courrier.test/cb"]
                  initiateUrl: "https://courrier.test/"
                  proconnect: true
                roles: [user]
                suits: [agent]
                everyone: true
                """);
        other(
                folder,
                "saml-app",
                "signIn: {kind: saml, entityId: \"https://saml.test/md\", assertionConsumerService: [\"https://saml.test/acs\"], initiateUrl: \"https://saml.test/\"}");
        other(
                folder,
                "cas-app",
                "signIn: {kind: cas, serviceUrls: [\"https://cas.test/app/*\"], initiateUrl: \"https://cas.test/\"}");
        other(
                folder,
                "oidc-app",
                "signIn: {kind: oidc, clientId: oidc-app, redirectUris: [\"https://oidc.test/cb\"], initiateUrl: \"https://oidc.test/\"}");
        other(
                folder,
                "header-app",
                "signIn: {kind: gateway, url: \"http://header.localhost\", upstream: \"http://127.0.0.1:9\", headers: {Remote-User: uid}}");
        other(folder, "link-app", "signIn: {kind: link, url: \"https://link.test/\"}");
        registry.add("entente.catalog.folder", folder::toString);
        registry.add("entente.secrets.folder", secrets::toString);
        // One Keycloak is shared by all tests: a realm of its own leaves that of the others alone.
        registry.add("entente.keycloak.realm", () -> "claims");
    }

    @BeforeEach
    void somebodyArrives() {
        operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
        person = town.person("Nadia", "Benali-" + UUID.randomUUID());
        member = town.member("Givors");
        capacity = town.joins(person, member, "agent", null);
    }

    @Test
    void theOperatorSeesWhatAnApplicationWouldBeToldAndWhatItWouldMiss() {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> asked("courrier", capacity).andExpect(status().isOk()));
        await().untilAsserted(() -> asked("courrier", capacity)
                .andExpect(jsonPath("$.protocol").value("openid-connect"))
                .andExpect(jsonPath("$.userinfo.given_name").value("Nadia"))
                .andExpect(jsonPath("$.userinfo.uid").value(person.toString()))
                .andExpect(jsonPath("$.userinfo.custom.capacity.id").value(capacity.toString()))
                .andExpect(jsonPath("$.idToken.aud").value("courrier"))
                .andExpect(jsonPath("$.idToken.acr").value(containsString("consistency-checked")))
                .andExpect(jsonPath("$.missing[0]").value("siret")));
    }

    @Test
    void whereNothingWouldBeToldTheReasonIsSaid() throws Exception {
        AffiliationId elu = town.joins(person, town.member("Grigny"), "elu", null);

        asked("courrier", elu)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("claims.not-given"))
                .andExpect(jsonPath("$.detail").value(containsString("Ce service n’est pas donné à ce titre")));
        asked("directory", capacity)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("claims.no-application"));
        asked("courrier", new AffiliationId(UUID.randomUUID()))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("claims.capacity"));
        asked("nothing", capacity).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @CsvSource({
        "oidc-app, openid-connect, uid",
        "saml-app, saml, uid",
        "cas-app, cas, uid",
        "header-app, gateway, Remote-User"
    })
    void eachKindOfApplicationIsTriedByTheOperatorAndByTheMembersAdmin(String service, String protocol, String word) {
        TestSession admin = actors.signIn(actors.affiliation(member, Role.MEMBER_ADMIN));
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> asked(service, capacity).andExpect(status().isOk()));
        await().untilAsserted(() -> {
            asked(service, capacity)
                    .andExpect(jsonPath("$.protocol").value(protocol))
                    .andExpect(jsonPath("$.userinfo." + word).value(containsString(person.toString())));
            askedAsMember(admin, member, service)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.userinfo." + word).value(containsString(person.toString())));
        });
    }

    @Test
    void aLinkIsToldNothing() throws Exception {
        asked("link-app", capacity)
                .andExpect(jsonPath("$.protocol").value("link"))
                .andExpect(jsonPath("$.userinfo").isEmpty());
    }

    @Test
    void aMembersAdminTriesNobodyOfAnother() throws Exception {
        MemberId elsewhere = town.member("Mions");
        TestSession admin = actors.signIn(actors.affiliation(elsewhere, Role.MEMBER_ADMIN));

        askedAsMember(admin, elsewhere, "header-app")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("claims.capacity"));
        askedAsMember(admin, member, "header-app").andExpect(status().isForbidden());
    }

    private ResultActions askedAsMember(TestSession who, MemberId of, String service) throws Exception {
        return mvc.perform(get(
                        "/api/members/{member}/services/{service}/claims?person={person}&capacity={capacity}",
                        of,
                        service,
                        person,
                        capacity)
                .with(who));
    }

    private static void other(Path folder, String id, String signIn) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                id: %1$s
                name: {fr: %1$s, en: %1$s}
                summary: {fr: Pour les essais, en: For tests}
                icon: hammer
                category: test
                %2$s
                roles: [user]
                suits: [agent]
                everyone: true
                """.formatted(id, signIn));
    }

    private ResultActions asked(String service, AffiliationId acting) throws Exception {
        return mvc.perform(get(
                        "/api/operator/services/{service}/claims?person={person}&capacity={capacity}",
                        service,
                        person,
                        acting)
                .with(operator));
    }
}
