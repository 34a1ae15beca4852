package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.entente.audit.Author;
import org.entente.base.Refusal;
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
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The order in which a meeting goes; and one that is moved, called off or thrown away before anything was decided in it. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class ConveningTest {

    private static final Author AUTHOR = Author.system("test");

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    Bodies bodies;

    @Autowired
    Meetings meetings;

    @Autowired
    Convening convening;

    @Autowired
    Ballots ballots;

    @Autowired
    Minutes minutes;

    @Autowired
    Clock clock;

    private AffiliationId operator;
    private AffiliationId delegate;
    private UUID body;
    private UUID meeting;

    @BeforeEach
    void aDraftWithOnePoint() {
        MemberId givors = actors.member("Givors");
        operator = actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
        delegate = actors.affiliation(givors);
        body = bodies.make(
                new Bodies.NewBody(
                        "Comité " + UUID.randomUUID(),
                        "Décide",
                        50,
                        "simple",
                        List.of(new Bodies.NewSeat(givors.value(), 1))),
                AUTHOR);
        bodies.delegate(body, bodies.seats(body).getFirst().id(), delegate, false, AUTHOR);
        meeting = meetings.make(body, "Séance de novembre", inHours(1), "Salle A", AUTHOR);
        meetings.add(
                meeting, new Meetings.NewItem("Point", "", new Meetings.NewBallot("Oui ?", false, null, null)), AUTHOR);
    }

    @Test
    void theOrderOfAMeetingIsKept() {
        UUID empty = meetings.make(body, "Séance", inHours(1), "Salle", AUTHOR);
        assertRefused("pooling.meeting.empty", () -> convening.convene(empty, AUTHOR));
        assertRefused("pooling.meeting.not-convened", () -> ballots.open(ballot(), inHours(1), AUTHOR));
        convening.convene(meeting, AUTHOR);
        assertRefused(
                "pooling.meeting.not-draft",
                () -> meetings.add(meeting, new Meetings.NewItem("Autre", "", null), AUTHOR));
        assertRefused(
                "pooling.ballot.closes-at",
                () -> ballots.open(ballot(), clock.instant().minusSeconds(5), AUTHOR));
        ballots.open(ballot(), inHours(1), AUTHOR);
        assertRefused("pooling.ballot.not-planned", () -> ballots.open(ballot(), inHours(1), AUTHOR));
        assertRefused("pooling.meeting.ballots-open", () -> minutes.close(meeting, AUTHOR));
        assertRefused(
                "pooling.effect.incomplete",
                () -> new Meetings.NewEffect("key", null, null, null, null, LocalDate.now(clock)));
    }

    @Test
    void aBallotIsNotOpenedInAMeetingThatIsCalledOffAtTheSameMoment() throws Exception {
        for (int round = 0; round < 20; round++) {
            aDraftWithOnePoint();
            convening.convene(meeting, AUTHOR);
            UUID ballot = ballot();
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService two = Executors.newFixedThreadPool(2)) {
                Future<Boolean> opened = two.submit(() -> {
                    start.await();
                    return accepted(() -> ballots.open(ballot, inHours(1), AUTHOR));
                });
                Future<Boolean> cancelled = two.submit(() -> {
                    start.await();
                    return accepted(() -> convening.cancel(meeting, "Neige", AUTHOR));
                });
                assertThat(opened.get()).isNotEqualTo(cancelled.get());
            }
        }
    }

    @Test
    void aConvenedMeetingIsMovedAndEveryDelegateIsConcerned() throws Exception {
        convening.convene(meeting, AUTHOR);
        Instant later = inHours(48);

        mvc.perform(as(put("/api/operator/pooling/meetings/{m}", meeting), Map.of("at", later, "place", "Salle B")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.place").value("Salle B"))
                .andExpect(jsonPath("$.state").value("convened"));

        assertThat(meetings.get(meeting, false).at()).isCloseTo(later, within(1, ChronoUnit.MILLIS));
        assertThat(acts()).containsOnlyOnce("meeting.moved");
        assertThat(concerned()).contains(actors.personOf(delegate).value());
    }

    @Test
    void movingItToWhereItIsTellsNobody() throws Exception {
        convening.convene(meeting, AUTHOR);
        Instant at = meetings.get(meeting, false).at();

        mvc.perform(as(put("/api/operator/pooling/meetings/{m}", meeting), Map.of("at", at, "place", "Salle A")))
                .andExpect(status().isOk());

        assertThat(acts()).doesNotContain("meeting.moved");
    }

    @Test
    void aCalledOffMeetingSaysWhyAndNothingIsVotedInIt() throws Exception {
        convening.convene(meeting, AUTHOR);

        mvc.perform(as(post("/api/operator/pooling/meetings/{m}/cancel", meeting), Map.of("reason", " ")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.fields.reason").exists());
        mvc.perform(as(post("/api/operator/pooling/meetings/{m}/cancel", meeting), Map.of("reason", "Neige")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("cancelled"));

        mvc.perform(get("/api/pooling/meetings/{m}", meeting).with(actors.actingAs(delegate)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reason").value("Neige"));
        mvc.perform(as(post("/api/operator/pooling/ballots/{b}/open", ballot()), Map.of("closesAt", inHours(1))))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.meeting.not-convened"));
        mvc.perform(as(put("/api/operator/pooling/meetings/{m}", meeting), Map.of("at", inHours(5))))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.meeting.over"));
        mvc.perform(as(post("/api/operator/pooling/meetings/{m}/close", meeting), Map.of()))
                .andExpect(status().isConflict());
    }

    @Test
    void onceABallotWasOpenedTheMeetingStaysWhereItIs() throws Exception {
        convening.convene(meeting, AUTHOR);
        ballots.open(ballot(), inHours(1), AUTHOR);

        mvc.perform(as(put("/api/operator/pooling/meetings/{m}", meeting), Map.of("at", inHours(5))))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.meeting.voted"));
        mvc.perform(as(post("/api/operator/pooling/meetings/{m}/cancel", meeting), Map.of("reason", "Neige")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.meeting.voted"));
    }

    @Test
    void aDraftIsThrownAwayWithItsDocumentsAndAConvenedMeetingIsNot() throws Exception {
        UUID item = meetings.agenda(meeting, Locale.FRENCH).getFirst().id();
        mvc.perform(multipart("/api/operator/pooling/meetings/{m}/items/{i}/documents", meeting, item)
                        .file(new MockMultipartFile("file", "note.pdf", "application/pdf", "%PDF-1.7".getBytes()))
                        .with(actors.actingAs(operator)))
                .andExpect(status().isCreated());

        mvc.perform(delete("/api/operator/pooling/meetings/{m}", meeting).with(actors.actingAs(operator)))
                .andExpect(status().isNoContent());

        mvc.perform(get("/api/pooling/meetings/{m}", meeting).with(actors.actingAs(operator)))
                .andExpect(status().isNotFound());
        assertThat(jdbc.sql("SELECT count(*) FROM pooling.document WHERE owner = ? AND NOT gone")
                        .param(item)
                        .query(Long.class)
                        .single())
                .isZero();
        aDraftWithOnePoint();
        convening.convene(meeting, AUTHOR);
        mvc.perform(delete("/api/operator/pooling/meetings/{m}", meeting).with(actors.actingAs(operator)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("pooling.meeting.not-draft"));
    }

    private MockHttpServletRequestBuilder as(MockHttpServletRequestBuilder call, Object body) {
        return call.with(actors.actingAs(operator))
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body));
    }

    private Instant inHours(int hours) {
        return clock.instant().plus(Duration.ofHours(hours));
    }

    private UUID ballot() {
        return meetings.agenda(meeting, Locale.FRENCH).getFirst().ballot().id();
    }

    private static boolean accepted(Runnable act) {
        try {
            act.run();
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }

    private static void assertRefused(String code, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<String> acts() {
        return jdbc.sql("SELECT act FROM audit.entry WHERE subject = ?")
                .param(meeting.toString())
                .query(String.class)
                .list();
    }

    private List<UUID> concerned() {
        return jdbc.sql("SELECT person FROM pooling.v_concerned WHERE subject = ?")
                .param(meeting.toString())
                .query(UUID.class)
                .list();
    }
}
