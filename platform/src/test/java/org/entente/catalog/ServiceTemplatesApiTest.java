package org.entente.catalog;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.entente.directory.Role;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(properties = "entente.keycloak.public-url=https://connexion.exemple.fr")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class ServiceTemplatesApiTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    TestSession operator;

    @BeforeEach
    void anOperator() {
        operator = actors.signIn(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));
    }

    @Test
    void knownApplicationsAreListedWithTheirQuestions() throws Exception {
        mvc.perform(get("/api/operator/service-templates").with(operator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[*].id").value(hasItems("nextcloud", "moodle", "s2low", "generic-oidc")))
                .andExpect(jsonPath("$[?(@.id == 'moodle')].proof").value("documented"))
                .andExpect(jsonPath("$[?(@.id == 'moodle')].questions[*].kind")
                        .value(hasItems("id", "text", "host", "secret")))
                .andExpect(
                        jsonPath("$[?(@.id == 'moodle')].questions[2].label.fr").value("Adresse du serveur"));
    }

    @Test
    void answersMakeADescriptorThatTheCatalogueTakesAndStepsForThisTerritory() throws Exception {
        fill("moodle", """
                {"answers": {"id": "moodle", "name": "Moodle \\"du\\" Rhône", "host": "moodle.exemple.fr", "secret": "MOODLE"}}""")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.file").value("moodle.yaml"))
                .andExpect(jsonPath("$.problems").value(empty()))
                .andExpect(jsonPath("$.yaml")
                        .value(containsString("[\"https://moodle.exemple.fr/admin/oauth2callback.php\"]")))
                .andExpect(jsonPath("$.yaml").value(containsString("\"${secret:MOODLE}\"")))
                .andExpect(jsonPath("$.steps.fr").value(containsString("https://connexion.exemple.fr/realms/entente")));
    }

    @Test
    void aWrongAnswerIsToldByItsField() throws Exception {
        fill(
                        "moodle",
                        "{\"answers\": {\"id\": \"moodle\", \"name\": \"Moodle\", \"host\": \"a b\", \"secret\": \"M\"}}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.fields.host").value("template.host"));
        fill("moodle", "{}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.fields.id").value("template.missing"));
        fill("unheard-of", "{}").andExpect(status().isNotFound());
    }

    @Test
    void onlyTheOperatorMakesOne() throws Exception {
        TestSession admin = actors.signIn(actors.affiliation(actors.member("Givors"), Role.MEMBER_ADMIN));

        mvc.perform(get("/api/operator/service-templates").with(admin)).andExpect(status().isForbidden());
        mvc.perform(post("/api/operator/service-templates/moodle")
                        .with(admin)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isForbidden());
    }

    private org.springframework.test.web.servlet.ResultActions fill(String template, String body) throws Exception {
        return mvc.perform(post("/api/operator/service-templates/" + template)
                .with(operator)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }
}
