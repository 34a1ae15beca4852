package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Role;
import org.entente.provisioning.certificate.CertificateReader;
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
import tools.jackson.databind.json.JsonMapper;

/** The committee of SITIV decides: seven seats with weights, votes open and secret, proxies, and what follows. */
@SpringBootTest(
        properties = {"entente.decisions.every=1h", "entente.agreements.every=1h", "entente.documents.every=1h"})
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, SharedYear.class})
class DecidingTest {

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
    SharedYear year;

    @Autowired
    Bodies bodies;

    @Autowired
    Meetings meetings;

    @Autowired
    Convening convening;

    @Autowired
    Minutes minutes;

    @Autowired
    Ballots ballots;

    @Autowired
    BallotReader reader;

    @Autowired
    Decisions decisions;

    @Autowired
    Voting voting;

    @Autowired
    Documents documents;

    @Autowired
    Keys keys;

    @Autowired
    AgreementReader agreements;

    @Autowired
    CertificateReader signatures;

    @Autowired
    Clock clock;

    private final Map<String, Actor> delegates = new LinkedHashMap<>();
    private final Map<String, UUID> seats = new LinkedHashMap<>();
    private UUID body;
    private UUID agreement;
    private UUID key;

    @BeforeEach
    void committee() {
        year.forget();
        year.sitiv();
        delegates.clear();
        agreement = year.agreement("Socle", year.key("Population", new CostKey.ByMeasure(Measure.POPULATION)));
        key = year.key("Égal", new CostKey.Equal());
        body = bodies.make(
                new Bodies.NewBody(
                        "Comité syndical",
                        "Décide",
                        50,
                        "simple",
                        year.members().values().stream()
                                .map(m -> new Bodies.NewSeat(m.value(), m.equals(year.member("Vénissieux")) ? 5 : 2))
                                .toList()),
                AUTHOR);
        for (Bodies.Seat seat : bodies.seats(body)) {
            AffiliationId capacity = actors.affiliation(year.member(seat.name()));
            bodies.delegate(body, seat.id(), capacity, false, AUTHOR);
            seats.put(seat.name(), seat.id());
            delegates.put(
                    seat.name(),
                    new Actor(
                            actors.personOf(capacity),
                            "Délégué de " + seat.name(),
                            capacity,
                            year.member(seat.name()),
                            false,
                            Set.of(),
                            null));
        }
    }

    @Test
    void anAdoptedKeyTakesEffectByItselfOnItsDayAndTheMinuteProvesIt() throws Exception {
        // Given a convened meeting that asks for another key from tomorrow on
        LocalDate tomorrow = LocalDate.now(clock).plusDays(1);
        UUID meeting = meeting(false, new Meetings.NewEffect("key", key, agreement, null, null, tomorrow));
        UUID ballot = ballot(meeting);
        ballots.open(ballot, inAnHour(), AUTHOR);

        // When five vote for, one by proxy, and one against, then changes their mind
        voting.give(meeting, seat("Givors"), seat("Corbas"), delegate("Givors"));
        vote(ballot, "Corbas", "Corbas", "against");
        vote(ballot, "Corbas", "Corbas", "for");
        vote(ballot, "Corbas", "Givors", "for");
        vote(ballot, "Vénissieux", "Vénissieux", "against");
        vote(ballot, "Saint-Chamond", "Saint-Chamond", "for");
        ballots.close(ballot, AUTHOR);

        // Then it is adopted by six weights to five, and nothing changes before its day
        Tally tally = reader.get(ballot, Locale.FRENCH).tally();
        assertThat(tally).satisfies(t -> {
            assertThat(t.yes()).isEqualTo(6);
            assertThat(t.no()).isEqualTo(5);
            assertThat(t.quorumReached()).isTrue();
            assertThat(t.adopted()).isTrue();
            assertThat(t.votes()).hasSize(4);
        });
        decisions.run();
        assertThat(keys.get(key).status()).isEqualTo("draft");
        jdbc.sql("UPDATE pooling.effect SET effective_on = ?")
                .param(LocalDate.now(clock))
                .update();
        decisions.run();
        decisions.run();
        assertThat(keys.get(key).status()).isEqualTo("adopted");
        assertThat(agreements.get(agreement).costKey().id()).isEqualTo(key);
        assertThat(agreements.amendments(agreement)).hasSize(2);

        minutes.close(meeting, AUTHOR);
        byte[] pdf = documents.file(meeting, minutes.of(meeting).id()).getBody();
        assertThat(signatures.read(pdf).what()).isEqualTo(CertificateReader.What.GENUINE);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains("Adopté.")
                    .contains("Givors a donné procuration à Corbas")
                    .contains("adoption de la clé « Égal » pour la convention C-Socle");
        }
    }

    @Test
    void aSecretBallotKeepsWhoVotedAndWhatWasVotedButNoLink() {
        UUID meeting = meeting(true, null);
        UUID ballot = ballot(meeting);
        ballots.open(ballot, inAnHour(), AUTHOR);
        vote(ballot, "Vénissieux", "Vénissieux", "against");
        vote(ballot, "Corbas", "Corbas", "for");
        vote(ballot, "Givors", "Givors", "for");
        vote(ballot, "Rive-de-Gier", "Rive-de-Gier", "abstain");
        assertRefused("pooling.ballot.voted", () -> vote(ballot, "Corbas", "Corbas", "against"));
        ballots.close(ballot, AUTHOR);

        // One sorted box and no row by voter; the ledger names no choice either
        assertThat(jdbc.sql("SELECT array_to_string(papers, ' ') FROM pooling.ballot_box WHERE ballot = ?")
                        .param(ballot)
                        .query(String.class)
                        .single())
                .isEqualTo("abstain abstain against against against against against for for for for");
        assertThat(jdbc.sql("SELECT count(*) FROM pooling.vote")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM audit.entry WHERE act = 'ballot.voted' AND subject = ? AND after::text ~ 'for|against|abstain'")
                        .param(ballot.toString())
                        .query(Long.class)
                        .single())
                .isZero();
        Tally again = reader.tally(ballot);
        assertThat(again.votes()).isEmpty();
        assertThat(again.yes() + again.no() + again.abstain())
                .isEqualTo(jdbc.sql("SELECT sum(weight) FROM pooling.ballot_seat WHERE ballot = ? AND voted")
                        .param(ballot)
                        .query(Long.class)
                        .single());
    }

    @Test
    void atTheClosingSecondAVoteIsCountedOrRefusedAndNeverLost() throws Exception {
        for (boolean secret : List.of(true, false)) {
            UUID meeting = meeting(secret, null);
            UUID ballot = ballot(meeting);
            ballots.open(ballot, inAnHour(), AUTHOR);
            List<Callable<Boolean>> acts = new ArrayList<>();
            delegates.keySet().forEach(name -> acts.add(() -> accepted(() -> vote(ballot, name, name, "for"))));
            acts.add(3, () -> !accepted(() -> ballots.close(ballot, AUTHOR)));
            acts.add(() -> !accepted(() -> ballots.close(ballot, AUTHOR))); // two admins
            int counted = 0;
            int closed = 0;
            try (ExecutorService pool = Executors.newFixedThreadPool(acts.size())) {
                List<Future<Boolean>> done = pool.invokeAll(acts);
                for (int i = 0; i < done.size(); i++) {
                    boolean close = i == 3 || i == done.size() - 1;
                    if (!close && done.get(i).get()) {
                        counted++;
                    }
                    if (close && !done.get(i).get()) {
                        closed++;
                    }
                }
            }

            Tally tally = reader.get(ballot, Locale.FRENCH).tally();
            assertThat(closed).isEqualTo(1);
            assertThat(tally.seatsVoted()).isEqualTo(counted);
            assertThat(tally.adopted())
                    .isEqualTo(jdbc.sql("SELECT adopted FROM pooling.ballot WHERE id = ?")
                            .param(ballot)
                            .query(Boolean.class)
                            .single());
        }
    }

    @Test
    void afterTheHourNobodyVotesAndTheBallotClosesByItself() {
        UUID ballot = ballot(meeting(false, null));
        ballots.open(ballot, inAnHour(), AUTHOR);
        jdbc.sql("UPDATE pooling.ballot SET closes_at = ? WHERE id = ?")
                .params(Ballots.at(clock.instant().minusSeconds(1)), ballot)
                .update();

        assertRefused("pooling.ballot.closed", () -> vote(ballot, "Corbas", "Corbas", "for"));
        decisions.run();

        assertThat(reader.get(ballot, Locale.FRENCH).state()).isEqualTo("closed");
        assertThat(reader.get(ballot, Locale.FRENCH).tally().adopted()).isFalse();
    }

    @Test
    void onlyLiveDelegatesVoteForTheirSeatInTheCapacityInWhichTheyAct() throws Exception {
        UUID meeting = meeting(false, null);
        UUID ballot = ballot(meeting);
        ballots.open(ballot, inAnHour(), AUTHOR);

        assertRefused("pooling.ballot.no-seat", () -> vote(ballot, "Corbas", "Givors", "for"));
        mvc.perform(post("/api/me/ballots/{b}/vote", ballot)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(Map.of("seat", seat("Givors"), "choice", "for")))
                        .with(actors.actingAs(delegate("Givors").capacity())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.held[0].choice").value("for"))
                .andExpect(jsonPath("$.ballot.tally").doesNotExist());
        mvc.perform(get("/api/me/ballots")
                        .with(actors.actingAs(actors.affiliation(year.member("Givors"), Role.MEMBER_ADMIN))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(0));
        actors.ended(delegate("Corbas").capacity());
        assertRefused("pooling.ballot.no-seat", () -> vote(ballot, "Corbas", "Corbas", "for"));
        assertRefused("pooling.body.ballot-open", () -> bodies.seats(body, 0, List.of(), AUTHOR));
    }

    @Test
    void proxiesDoNotChainNorPileUp() {
        UUID meeting = meeting(false, null);
        voting.give(meeting, seat("Givors"), seat("Corbas"), delegate("Givors"));

        assertRefused(
                "pooling.proxy.full",
                () -> voting.give(meeting, seat("Rive-de-Gier"), seat("Corbas"), delegate("Rive-de-Gier")));
        assertRefused(
                "pooling.proxy.chain",
                () -> voting.give(meeting, seat("Corbas"), seat("Rive-de-Gier"), delegate("Corbas")));
        assertRefused(
                "pooling.proxy.chain",
                () -> voting.give(meeting, seat("Rive-de-Gier"), seat("Givors"), delegate("Rive-de-Gier")));
        assertRefused(
                "pooling.proxy.self",
                () -> voting.give(meeting, seat("Rive-de-Gier"), seat("Rive-de-Gier"), delegate("Rive-de-Gier")));
        assertThat(voting.give(meeting, seat("Givors"), null, delegate("Givors"))
                        .to())
                .isNull();
    }

    @Test
    void whatCannotTakeEffectSaysSoAndCanBeTriedAgain() {
        UUID meeting =
                meeting(false, new Meetings.NewEffect("agreement", null, agreement, null, null, LocalDate.now(clock)));
        UUID ballot = ballot(meeting);
        ballots.open(ballot, inAnHour(), AUTHOR);
        delegates.keySet().forEach(name -> vote(ballot, name, name, "for"));
        ballots.close(ballot, AUTHOR);
        decisions.run();

        assertThat(reader.get(ballot, Locale.FRENCH).effect()).satisfies(effect -> {
            assertThat(effect.state()).isEqualTo("failed");
            assertThat(effect.error()).contains("C-Socle");
        });
        jdbc.sql("UPDATE pooling.agreement SET proposed = true").update();
        decisions.retry(ballot, AUTHOR);
        assertThat(reader.get(ballot, Locale.FRENCH).effect().state()).isEqualTo("done");
        assertThat(agreements.get(agreement).status()).isNotEqualTo("proposed");
    }

    private UUID meeting(boolean secret, Meetings.NewEffect effect) {
        UUID meeting = meetings.make(body, "Séance de novembre", inAnHour(), "Hôtel de ville", AUTHOR);
        meetings.add(
                meeting,
                new Meetings.NewItem(
                        "Clé", "Exposé des motifs", new Meetings.NewBallot("Adopter ?", secret, null, effect)),
                AUTHOR);
        convening.convene(meeting, AUTHOR);
        return meeting;
    }

    private UUID ballot(UUID meeting) {
        return meetings.agenda(meeting, Locale.FRENCH).getFirst().ballot().id();
    }

    private Instant inAnHour() {
        return clock.instant().plus(Duration.ofHours(1));
    }

    private void vote(UUID ballot, String who, String forSeat, String choice) {
        ballots.vote(ballot, seat(forSeat), choice, delegate(who));
    }

    private UUID seat(String name) {
        return java.util.Objects.requireNonNull(seats.get(name));
    }

    private Actor delegate(String name) {
        return java.util.Objects.requireNonNull(delegates.get(name));
    }

    private static boolean accepted(Runnable act) {
        try {
            act.run();
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
