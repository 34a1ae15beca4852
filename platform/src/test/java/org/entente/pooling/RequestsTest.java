package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** A need from idea to live: proposed by an agent, backed by members, answered by the operator. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class RequestsTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    private MemberId givors;
    private MemberId corbas;
    private AffiliationId agent;
    private AffiliationId admin;
    private AffiliationId other;
    private AffiliationId operator;

    @BeforeEach
    void people() {
        givors = actors.member("Givors");
        corbas = actors.member("Corbas");
        agent = actors.affiliation(givors);
        admin = actors.affiliation(givors, Role.MEMBER_ADMIN);
        other = actors.affiliation(corbas, Role.MEMBER_ADMIN);
        operator = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    @Test
    void aRequestGoesFromIdeaToLiveStepByStepAndItsBackersAreTold() throws Exception {
        UUID id = propose("Visioconférence", null);
        mvc.perform(as(
                        admin,
                        put("/api/members/{m}/requests/{r}/backing", givors, id),
                        Map.of("weight", 3, "budget", 5_000_00)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.backing[0].budget").value(5_000_00));

        answer(id, 0, "live")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.request.no-way"));
        answer(id, 0, "studied")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.next[0]").value("accepted"));
        answer(id, 0, "accepted")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.changed-meanwhile"));
        answer(id, 1, "accepted").andExpect(status().isOk());
        answer(id, 2, "building").andExpect(status().isOk());
        answer(id, 3, "live").andExpect(status().isOk());

        assertThat(jdbc.sql("SELECT count(*) FROM pooling.v_concerned WHERE subject = ? AND person IN (?, ?)")
                        .params(
                                id.toString(),
                                actors.personOf(agent).value(),
                                actors.personOf(admin).value())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        mvc.perform(as(other, put("/api/members/{m}/requests/{r}/backing", corbas, id), Map.of("weight", 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.request.settled"));
        mvc.perform(get("/api/pooling/roadmap").with(actors.actingAs(agent)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.columns[4].requests[?(@.id == '%s')]", id.toString())
                        .isNotEmpty());
    }

    @Test
    void whoeverAskedTakesItBackUntilItIsAccepted() throws Exception {
        UUID id = propose("Plateforme de covoiturage", null);
        mvc.perform(delete("/api/pooling/requests/{r}", id).with(actors.actingAs(other)))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("pooling.request.not-yours"));
        mvc.perform(get("/api/pooling/requests/{r}", id).with(actors.actingAs(other)))
                .andExpect(jsonPath("$.mayTakeBack").value(false));
        mvc.perform(get("/api/pooling/requests/{r}", id).with(actors.actingAs(admin)))
                .andExpect(jsonPath("$.mayTakeBack").value(true));
        // In another capacity, the same person no longer speaks for the member that asked; the operator declines
        // instead.
        AffiliationId elsewhere = actors.affiliation(actors.personOf(agent), corbas);
        for (AffiliationId stranger : List.of(elsewhere, operator)) {
            mvc.perform(delete("/api/pooling/requests/{r}", id).with(actors.actingAs(stranger)))
                    .andExpect(status().isForbidden());
        }

        mvc.perform(delete("/api/pooling/requests/{r}", id).with(actors.actingAs(agent)))
                .andExpect(status().isNoContent());
        mvc.perform(delete("/api/pooling/requests/{r}", id).with(actors.actingAs(agent)))
                .andExpect(status().isNoContent());

        mvc.perform(as(other, put("/api/members/{m}/requests/{r}/backing", corbas, id), Map.of("weight", 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.request.settled"));
        answer(id, 1, "studied").andExpect(status().isConflict());
        UUID accepted = propose("Parc à vélos", null);
        answer(accepted, 0, "studied").andExpect(status().isOk());
        answer(accepted, 1, "withdrawn").andExpect(status().isUnprocessableContent());
        answer(accepted, 1, "accepted").andExpect(status().isOk());
        mvc.perform(delete("/api/pooling/requests/{r}", accepted).with(actors.actingAs(agent)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.request.taken"));
    }

    @Test
    void onesOwnRequestsAreFoundAmongAll() throws Exception {
        UUID mine = propose("Registre des aires de jeux", null);
        AffiliationId colleague = actors.affiliation(givors);

        mvc.perform(get("/api/pooling/requests?of=mine").with(actors.actingAs(agent)))
                .andExpect(jsonPath("$[?(@.id == '%s')]", mine.toString()).isNotEmpty());
        mvc.perform(get("/api/pooling/requests?of=mine").with(actors.actingAs(colleague)))
                .andExpect(jsonPath("$.length()").value(0));
        mvc.perform(get("/api/pooling/requests?of=member").with(actors.actingAs(colleague)))
                .andExpect(jsonPath("$[?(@.id == '%s')]", mine.toString()).isNotEmpty());
        mvc.perform(get("/api/pooling/requests?of=member").with(actors.actingAs(other)))
                .andExpect(jsonPath("$[?(@.id == '%s')]", mine.toString()).isEmpty());
        mvc.perform(as(other, put("/api/members/{m}/requests/{r}/backing", corbas, mine), Map.of("weight", 1)))
                .andExpect(status().isOk());
        mvc.perform(get("/api/pooling/requests?of=member").with(actors.actingAs(other)))
                .andExpect(jsonPath("$[?(@.id == '%s')]", mine.toString()).isNotEmpty());
    }

    @Test
    void whatAMemberWouldPayIsItsOwnAffair() throws Exception {
        UUID id = propose("Parapheur", null);
        mvc.perform(as(
                        admin,
                        put("/api/members/{m}/requests/{r}/backing", givors, id),
                        Map.of("weight", 2, "budget", 7_77)))
                .andExpect(status().isOk());

        mvc.perform(get("/api/pooling/requests/{r}", id).with(actors.actingAs(other)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.backing[0].weight").value(2))
                .andExpect(jsonPath("$.backing[0].budget").isEmpty())
                .andExpect(jsonPath("$.budget").isEmpty());
        mvc.perform(get("/api/pooling/requests/{r}", id).with(actors.actingAs(operator)))
                .andExpect(jsonPath("$.budget").value(7_77));
        mvc.perform(as(other, put("/api/members/{m}/requests/{r}/backing", givors, id), Map.of("weight", 1)))
                .andExpect(status().isForbidden());
        mvc.perform(delete("/api/members/{m}/requests/{r}/backing", givors, id).with(actors.actingAs(admin)))
                .andExpect(status().isNoContent());
    }

    @Test
    void wrongInputIsRefusedWithItsField() throws Exception {
        UUID id = propose("Archivage", null);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("weight", 4),
                Map.of("weight", 1, "budget", -1),
                Map.of("weight", 1, "budget", 100_000_000_000_001L))) {
            mvc.perform(as(admin, put("/api/members/{m}/requests/{r}/backing", givors, id), wrong))
                    .andExpect(status().isUnprocessableContent());
        }
        mvc.perform(as(agent, post("/api/pooling/requests"), Map.of("title", " ", "need", "x")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.fields.title").exists());
        propose("Urbanisme", "urbanisme");
        mvc.perform(as(
                        agent,
                        post("/api/pooling/requests"),
                        Map.of("title", "Encore", "need", "x", "service", "urbanisme")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.request.same-service"));
    }

    @Test
    void theCatalogueSaysWhatAServiceIsForAndWhoUsesIt() throws Exception {
        Map<String, Object> sheet = new HashMap<>(Map.of(
                "purpose",
                Map.of("fr", "Consulter", "en", "Look up"),
                "maturity",
                "mature",
                "licence",
                "Licence Ouverte 2.0",
                "dataLocation",
                "France",
                "operatedBy",
                corbas.toString(),
                "prerequisites",
                Map.of("fr", "", "en", "")));
        mvc.perform(as(operator, put("/api/operator/pooling/catalogue/urbanisme"), sheet))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.operator").value("Corbas"));
        sheet.put("maturity", "vieux");
        mvc.perform(as(operator, put("/api/operator/pooling/catalogue/urbanisme"), sheet))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/api/pooling/catalogue").with(actors.actingAs(agent)))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$[?(@.service == 'urbanisme')].sheet.licence").value("Licence Ouverte 2.0"));
    }

    private UUID propose(String title, String service) throws Exception {
        Map<String, Object> body = new HashMap<>(Map.of("title", title, "need", "Parce que"));
        if (service != null) {
            body.put("service", service);
        }
        String answer = mvc.perform(as(agent, post("/api/pooling/requests"), body))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return UUID.fromString(json.readTree(answer).get("id").asString());
    }

    private org.springframework.test.web.servlet.ResultActions answer(UUID id, int version, String state)
            throws Exception {
        return mvc.perform(as(
                operator,
                post("/api/operator/pooling/requests/{r}/answer", id),
                Map.of("version", version, "state", state, "text", "Réponse")));
    }

    private AbstractMockHttpServletRequestBuilder<?> as(
            AffiliationId who, AbstractMockHttpServletRequestBuilder<?> call, Object body) {
        return (AbstractMockHttpServletRequestBuilder<?>) call.contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body))
                .with(actors.actingAs(who));
    }
}
