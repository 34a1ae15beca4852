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
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        registry.add("entente.catalog.folder", folder::toString);
        registry.add("entente.secrets.folder", secrets::toString);
        // One Keycloak is shared by all tests: a realm of its own leaves that of the others alone.
        registry.add("entente.keycloak.realm", () -> "claims");
    }

    @BeforeEach
    void somebodyArrives() {
        operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
        person = town.person("Nadia", "Benali-" + UUID.randomUUID());
        capacity = town.joins(person, town.member("Givors"), "agent", null);
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

    private ResultActions asked(String service, AffiliationId acting) throws Exception {
        return mvc.perform(get(
                        "/api/operator/services/{service}/claims?person={person}&capacity={capacity}",
                        service,
                        person,
                        acting)
                .with(operator));
    }
}
