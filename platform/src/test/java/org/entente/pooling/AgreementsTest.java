package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

/** Agreements from signature to end, and what becomes of the subscriptions under them. */
@SpringBootTest(properties = {"entente.agreements.every=1h", "entente.documents.every=1h"})
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, Town.class})
class AgreementsTest {

    private static final Author AUTHOR = Author.system("test");
    private static final AtomicInteger numbers = new AtomicInteger();

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    Agreements agreements;

    @Autowired
    AgreementReader reader;

    @Autowired
    Coverage coverage;

    @Autowired
    Documents documents;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Clock clock;

    private LocalDate today;
    private MemberId givors;
    private MemberId corbas;
    private AffiliationId operator;

    @BeforeEach
    void twoTowns() {
        jdbc.sql("UPDATE pooling.agreement SET ended_on = starts_on").update(); // those of the other tests
        today = LocalDate.now(clock);
        givors = town.member("Givors " + numbers.incrementAndGet());
        corbas = town.member("Corbas " + numbers.incrementAndGet());
        operator = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    @Test
    void anAmendmentHoldsFromItsDayOnAndTheOneBeforeStaysReadable() {
        UUID id = agreement("Socle", today.minusYears(1), "urbanisme");

        agreements.amend(
                id,
                0,
                today.plusMonths(2),
                today,
                "Nom et préavis",
                new Terms("Socle étendu", null, 12, "none", null, List.of()),
                AUTHOR);

        assertThat(reader.get(id).title()).isEqualTo("Socle");
        assertThat(reader.amendments(id))
                .extracting(a -> a.terms().title(), AgreementReader.Amendment::inForce)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Socle", true),
                        org.assertj.core.groups.Tuple.tuple("Socle étendu", false));
        assertThat(jdbc.sql("SELECT title FROM pooling.terms_at(?) WHERE agreement = ?")
                        .params(today.plusMonths(2), id)
                        .query(String.class)
                        .single())
                .isEqualTo("Socle étendu");
        assertRefused(
                "pooling.changed-meanwhile",
                () -> agreements.amend(
                        id,
                        0,
                        today.plusMonths(3),
                        null,
                        "",
                        new Terms("X", null, 6, "none", null, List.of()),
                        AUTHOR));
        assertRefused(
                "pooling.amendment.same-day",
                () -> agreements.amend(
                        id,
                        1,
                        today.plusMonths(2),
                        null,
                        "",
                        new Terms("X", null, 6, "none", null, List.of()),
                        AUTHOR));
    }

    @Test
    void aTacitRenewalGoesOnUntilNoticeIsGivenAndSaysByWhen() {
        UUID id = agreements.make(
                number(),
                today.minusYears(3),
                new Terms("Renouvelée", today.minusDays(1), 3, "tacit", null, List.of()),
                AUTHOR);

        AgreementReader.Agreement tacit = reader.get(id);

        assertThat(tacit.status()).isEqualTo("current");
        assertThat(tacit.noticeBy()).isEqualTo(today.minusDays(1).plusYears(1).minusMonths(3));
        agreements.end(id, today.plusDays(10), "trop cher", AUTHOR);
        assertThat(reader.get(id).endsOn()).isEqualTo(today.plusDays(10));
        assertRefused("pooling.agreement.end-past", () -> agreements.end(id, today.minusDays(1), null, AUTHOR));
    }

    @Test
    void aServiceSharedByAgreementIsTakenOnlyByItsParties() {
        agreement("Urbanisme", today.minusDays(30), "urbanisme", givors);

        assertRefused("pooling.subscription.no-agreement", () -> subscribe(corbas));
        subscribe(givors);

        assertThat(subscriptions.of(givors)).contains("urbanisme");
    }

    @Test
    void theEndOfAnAgreementEndsItsSubscriptionsTheDayAfterAsThePreviewSaid() {
        // Given a service that two towns take under one agreement, one of them also under another
        UUID ending = agreement("Urbanisme", today.minusDays(30), "urbanisme", givors, corbas);
        agreement("Autre", today.minusDays(30), "urbanisme", corbas);
        town.joins(town.person("Ana", "Roy"), givors, "agent", null);
        subscribe(givors);
        subscribe(corbas);

        // When the end at yesterday's evening is looked at
        Coverage.EndPreview preview = coverage.preview(ending, null, today);
        assertThat(preview.withinNotice()).isFalse();
        assertThat(preview.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.member()).isEqualTo(givors.value());
            assertThat(loss.people()).isEqualTo(1);
        });

        // Then today still holds, and after the last day only what the preview said is gone
        agreements.end(ending, today, null, AUTHOR);
        coverage.endUncovered();
        assertThat(subscriptions.of(givors)).contains("urbanisme");
        jdbc.sql("UPDATE pooling.agreement SET ended_on = ? WHERE id = ?")
                .params(today.minusDays(1), ending)
                .update();
        jdbc.sql("UPDATE access.subscription SET since = now() - interval '20 days'")
                .update();
        coverage.endUncovered();
        assertThat(subscriptions.of(givors)).doesNotContain("urbanisme");
        assertThat(subscriptions.of(corbas)).contains("urbanisme");
    }

    @Test
    void overlappingTermsOfOneMemberAreRefused() {
        UUID id = agreement("Socle", today.minusYears(1), "urbanisme", givors);

        assertRefused("pooling.party.already", () -> agreements.join(id, givors, today, AUTHOR));
        assertRefused("pooling.party.outside", () -> agreements.join(id, corbas, today.minusYears(2), AUTHOR));
        agreements.leave(id, givors, today, AUTHOR);
        assertRefused("pooling.party.already", () -> agreements.join(id, givors, today, AUTHOR));
        agreements.join(id, givors, today.plusDays(1), AUTHOR);
        assertThat(reader.parties(id)).hasSize(2);
    }

    @Test
    void aSignedDocumentIsKeptInTheStoreAndReadByItsPartiesOnly() throws Exception {
        UUID id = agreement("Socle", today.minusYears(1), "urbanisme", givors);
        byte[] pdf = "%PDF-1.7 convention".getBytes(StandardCharsets.UTF_8);
        mvc.perform(multipart("/api/operator/pooling/agreements/{id}/documents", id)
                        .file(new MockMultipartFile(
                                "file", "faux.pdf", "application/pdf", "GIF89a".getBytes(StandardCharsets.UTF_8)))
                        .with(actors.actingAs(operator)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("pooling.document.not-pdf"));
        mvc.perform(multipart("/api/operator/pooling/agreements/{id}/documents", id)
                        .file(new MockMultipartFile("file", "convention.pdf", "application/pdf", pdf))
                        .with(actors.actingAs(operator)))
                .andExpect(status().isCreated());
        documents.store();
        assertThat(jdbc.sql("SELECT count(*) FROM pooling.document WHERE content IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isZero();
        UUID document = documents.of(id).getFirst().id();

        AffiliationId admin = actors.affiliation(givors, Role.MEMBER_ADMIN);
        AffiliationId stranger = actors.affiliation(corbas, Role.MEMBER_ADMIN);

        mvc.perform(get("/api/members/{m}/agreements/{a}/documents/{d}", givors, id, document)
                        .with(actors.actingAs(admin)))
                .andExpect(status().isOk())
                .andExpect(content().bytes(pdf));
        mvc.perform(get("/api/members/{m}/agreements/{a}/documents/{d}", corbas, id, document)
                        .with(actors.actingAs(stranger)))
                .andExpect(status().isNotFound());
    }

    @Test
    void aMemberJoinsInOneActOrNotAtAll() throws Exception {
        UUID id = agreement("Urbanisme", today.minusDays(30), "urbanisme");
        String domain = "lyon-" + numbers.incrementAndGet() + ".example";
        Map<String, Object> wish = Map.of(
                "siren", "216901231",
                "joinedOn", today.toString(),
                "domains", List.of(Map.of("domain", domain, "verified", true)),
                "admins",
                        List.of(Map.of(
                                "givenName",
                                "Inès",
                                "usualName",
                                "Marchand",
                                "function",
                                "DSI",
                                "address",
                                "ines.marchand@" + domain)),
                "agreement", id.toString(),
                "services", List.of("urbanisme"));
        Map<String, Object> wrong = new java.util.HashMap<>(wish);
        wrong.put("services", List.of("urbanisme", "not-there"));

        mvc.perform(joining(wrong))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("service.unknown"));
        mvc.perform(joining(wish))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.member.name").value("Lyon"))
                .andExpect(jsonPath("$.admins.length()").value(1))
                .andExpect(jsonPath("$.subscriptions[0]").value("urbanisme"));
        mvc.perform(get("/api/pooling/matrix").with(actors.actingAs(actors.affiliation(givors))))
                .andExpect(status().isOk())
                .andExpect(jsonPath(
                                "$.cells[?(@.agreement == '%s')]",
                                reader.get(id).number())
                        .isNotEmpty());
    }

    private org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder joining(Object body) {
        return post("/api/operator/pooling/joining")
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body))
                .with(actors.actingAs(operator));
    }

    private void subscribe(MemberId member) {
        subscriptions.subscribe(member, "urbanisme", Population.everyone("user"), AUTHOR);
    }

    private UUID agreement(String title, LocalDate startsOn, String service, MemberId... parties) {
        UUID id = agreements.make(
                number(),
                startsOn,
                new Terms(title, null, 6, "none", null, List.of(new Terms.AgreedService(service, null, null))),
                AUTHOR);
        for (MemberId party : parties) {
            agreements.join(id, party, startsOn, AUTHOR);
        }
        return id;
    }

    private static String number() {
        return "C-" + numbers.incrementAndGet();
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
