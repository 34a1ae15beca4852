package org.entente.identity.proconnect;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The operator is shown what to declare to ProConnect, and the DNS records of the members that take part. */
@SpringBootTest(properties = "entente.keycloak.public-url=https://connexion.territoire.example")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class EnrolmentTest {

    private static final String PATH = "/api/operator/proconnect-enrolment";
    private static final String GIVEN = "71144ab3-ee1a-4401-b7b3-79b44f7daeeb";
    private static final String SECRET = "un-secret-que-la-fiche-ne-montre-pas";

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    private AffiliationId operator;

    @DynamicPropertySource
    static void catalog(DynamicPropertyRegistry registry) throws IOException {
        Path services = Files.createTempDirectory("entente-services");
        Path secrets = Files.createTempDirectory("entente-secrets");
        Files.writeString(secrets.resolve("PROCONNECT"), SECRET);
        Files.writeString(services.resolve("proconnect.yaml"), """
                id: proconnect
                name: {fr: "ProConnect", en: "ProConnect"}
                summary: {fr: "Les services de l’État", en: "Services of the State"}
                icon: pen
                category: together
                roles: [user]
                suits: [agent, elu]
                signIn:
                  kind: oidc
                  clientId: proconnect
                  secret: "${secret:PROCONNECT}"
                  redirectUris: ["https://fca.example/api/v2/oidc-callback"]
                  postLogoutRedirectUris: ["https://fca.example/api/v2/client/logout-callback"]
                  initiateUrl: "https://fca.example/"
                  proconnect: federation
                  algorithm: ES256
                """);
        registry.add("entente.catalog.folder", services::toString);
        registry.add("entente.secrets.folder", secrets::toString);
    }

    @BeforeEach
    void anOperatorAndNoSubscription() {
        jdbc.sql("TRUNCATE access.subscription CASCADE").update();
        operator = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    @Test
    void theSheetSaysWhatToDeclareAndTheRecordsOfEachDomain() throws Exception {
        MemberId town = member("Vénissieux", "21690259300013");
        domain("venissieux.example", town, true);
        domain("mairie.example", town, true);
        MemberId apart = member("Sans abonnement", null);
        domain("ailleurs.example", apart, true);
        subscribed(town);

        mvc.perform(get(PATH).param("identityProvider", GIVEN).with(actors.actingAs(operator)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.sheets", hasSize(1)))
                .andExpect(jsonPath("$.sheets[0].discovery")
                        .value("https://connexion.territoire.example/realms/entente/.well-known/openid-configuration"))
                .andExpect(jsonPath("$.sheets[0].clientId").value("proconnect"))
                .andExpect(jsonPath("$.sheets[0].algorithm").value("ES256"))
                .andExpect(jsonPath("$.sheets[0].mandatory", hasItem("siret")))
                .andExpect(jsonPath("$.sheets[0].doubts", hasSize(0)))
                .andExpect(jsonPath("$.sheets[0].members", hasSize(1)))
                .andExpect(jsonPath("$.sheets[0].members[0].domains", hasSize(2)))
                .andExpect(jsonPath("$.sheets[0].members[0].domains[1].record.name")
                        .value("venissieux.example"))
                .andExpect(jsonPath("$.sheets[0].members[0].domains[1].record.value")
                        .value("proconnect-identity-provider-" + GIVEN))
                .andExpect(jsonPath(
                        "$.sheets[0].text",
                        containsString("mairie.example. IN TXT \"proconnect-identity-provider-" + GIVEN + "\"")))
                .andExpect(content().string(not(containsString(SECRET))))
                .andExpect(content().string(not(containsString("ailleurs.example"))));
    }

    @Test
    void beforeProConnectHasGivenItsIdentifierNoValueIsInvented() throws Exception {
        MemberId town = member("Givors", null);
        domain("givors.example", town, false);
        subscribed(town);

        mvc.perform(get(PATH).with(actors.actingAs(operator)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.sheets[0].members[0].domains[0].record.value")
                        .isEmpty())
                .andExpect(jsonPath("$.sheets[0].doubts", hasSize(2)))
                .andExpect(jsonPath("$.sheets[0].doubts[0]", containsString("SIRET")))
                .andExpect(jsonPath("$.sheets[0].doubts[1]", containsString("givors.example")));
    }

    @Test
    void whatIsNoIdentifierIsNotWrittenIntoTheDns() throws Exception {
        for (String wrong : new String[] {"x", "1-1-1-1-1", GIVEN + "\" IN A 1.2.3.4", "\n"}) {
            int expected = wrong.isBlank() ? 200 : 422;
            mvc.perform(get(PATH).param("identityProvider", wrong).with(actors.actingAs(operator)))
                    .andExpect(status().is(expected));
        }
    }

    @Test
    void itIsTheOperatorsToRead() throws Exception {
        AffiliationId admin = actors.affiliation(member("Bron", null), Role.MEMBER_ADMIN);

        mvc.perform(get(PATH).with(actors.actingAs(admin))).andExpect(status().isForbidden());
    }

    private MemberId member(String name, String siret) {
        MemberId made = actors.member(name + " " + java.util.UUID.randomUUID());
        jdbc.sql("UPDATE directory.member SET siret = NULL WHERE siret = ?")
                .param(siret)
                .update();
        jdbc.sql("UPDATE directory.member SET siret = ?, siren = ? WHERE id = ?")
                .params(java.util.Arrays.asList(siret, siret == null ? null : siret.substring(0, 9), made.value()))
                .update();
        return made;
    }

    private void domain(String domain, MemberId member, boolean verified) {
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, "
                        + (verified ? "now()" : "NULL") + ")")
                .params(domain, member.value())
                .update();
    }

    private void subscribed(MemberId member) {
        jdbc.sql("INSERT INTO access.subscription (member, service, since) VALUES (?, 'proconnect', now())")
                .param(member.value())
                .update();
    }
}
