package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What nobody should send is refused in words, and nothing of it is kept. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, SharedYear.class})
class HostileInputTest {

    private static final String KEYS = "/api/operator/pooling/keys";
    private static final String BUDGET = "/api/operator/pooling/budget";
    private static final String WHAT_IF = "/api/operator/pooling/what-if";

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    SharedYear year;

    private AffiliationId operator;
    private UUID agreement;

    @BeforeEach
    void aYear() {
        year.forget();
        year.sitiv();
        agreement = year.agreement("Socle", year.key("Population", new CostKey.ByMeasure(Measure.POPULATION)));
        operator = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    @Test
    void everyOneOfTheseIsRefusedWithAReason() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (String formula : List.of(
                "{\"key\": \"measure\"}",
                "{\"key\": \"measure\", \"measure\": \"'; DROP TABLE\"}",
                "{\"key\": \"magic\"}",
                "{\"key\": \"mix\", \"parts\": []}",
                "{\"key\": \"mix\", \"parts\": [{\"percent\": 1e999999999, \"by\": {\"key\": \"equal\"}}]}",
                "{\"key\": \"mix\", \"parts\": [{\"percent\": 1e-999999999, \"by\": {\"key\": \"equal\"}}]}",
                "{\"key\": \"mix\", \"parts\": [{\"percent\": 100}]}",
                "{\"key\": \"capped\", \"mostPercent\": 20}",
                "{\"key\": \"at-least\", \"of\": {\"key\": \"equal\"}, \"minimum\": -5}",
                "{\"key\": \"tapered\", \"measure\": \"population\", \"slices\": [{\"coefficient\": 1e999999999}]}",
                "{\"key\": \"fixed\", \"percents\": {\"x\": 100}}",
                "{\"key\": \"capped\", \"mostPercent\": 50, \"of\": ".repeat(2_000) + "{\"key\": \"equal\"}"
                        + "}".repeat(2_000))) {
            refused(accepted, post(KEYS), "{\"name\": \"x\", \"formula\": " + formula + "}");
        }
        for (String amounts : List.of(
                "\"amount\": -1, \"funding\": 0",
                "\"amount\": 100000000000001, \"funding\": 0",
                "\"amount\": 99999999999999999999999, \"funding\": 0",
                "\"amount\": 1, \"funding\": 2",
                "\"amount\": \"beaucoup\", \"funding\": 0",
                "\"funding\": 0")) {
            refused(
                    accepted,
                    post(BUDGET),
                    "{\"label\": \"x\", \"agreement\": \"" + agreement
                            + "\", \"nature\": \"running\", \"firstYear\": 2027, \"years\": 1, " + amounts + "}");
        }
        for (String change : List.of(
                "{\"kind\": \"joins\"}",
                "{\"kind\": \"leaves\"}",
                "{\"kind\": \"key\", \"agreement\": \"" + agreement + "\"}",
                "{\"kind\": \"figure\", \"member\": \"" + year.member("Corbas")
                        + "\", \"measure\": \"population\", \"value\": -1}",
                "{\"kind\": \"cost\", \"agreement\": \"" + agreement + "\", \"label\": \"x\", \"amount\": -1}",
                "{\"kind\": \"leaves\", \"agreement\": \"" + agreement + "\", \"member\": \"" + UUID.randomUUID()
                        + "\", \"until\": \"9999999-01-01\"}")) {
            year.line("Messagerie " + UUID.randomUUID(), agreement, 1);
            refused(accepted, post(WHAT_IF), "{\"year\": 2027, \"changes\": [" + change + "]}");
        }
        refused(
                accepted,
                post("/api/operator/pooling/agreements"),
                "{\"number\": \"\\u0000\", \"startsOn\": \"2027-01-01\", \"title\": \"x\"}");
        refused(
                accepted,
                post("/api/operator/pooling/agreements"),
                "{\"number\": \"C\", \"startsOn\": \"2027-01-01\", \"endsOn\": \"2026-01-01\", \"title\": \"x\"}");
        refused(accepted, post("/api/operator/pooling/bodies"), "{\"name\": \"x\", \"quorumPercent\": 101}");
        refused(
                accepted,
                put("/api/operator/pooling/invoicing"),
                "{\"name\": \"x\", \"siret\": \"1\", \"street\": \"x\", \"postCode\": \"x\", \"city\": \"x\", \"email\": \"x\", \"iban\": \"x\"}");

        assertThat(accepted).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM pooling.cost_key")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("SELECT count(*) FROM pooling.budget_line WHERE label = 'x'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void refused(List<String> accepted, MockHttpServletRequestBuilder call, String body) throws Exception {
        MockHttpServletResponse answer = mvc.perform(call.contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(actors.actingAs(operator)))
                .andReturn()
                .getResponse();
        boolean said = answer.getStatus() >= 400
                && answer.getStatus() < 500
                && answer.getContentAsString().contains("\"code\"");
        if (!said) {
            accepted.add(answer.getStatus() + " for " + body.substring(0, Math.min(body.length(), 200)) + ": "
                    + answer.getContentAsString());
        }
    }
}
