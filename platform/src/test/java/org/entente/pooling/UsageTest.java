package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Usage counted by day, read by month, quarter and year. */
@SpringBootTest(properties = {"entente.usage.first=1h", "entente.agreements.every=1h", "entente.metrics.token=jeton"})
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, SharedYear.class})
class UsageTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    SharedYear year;

    @Autowired
    UsageKeeper keeper;

    @Autowired
    UsageReader reader;

    @Autowired
    CallSource source;

    @Autowired
    Clock clock;

    private MemberId corbas;

    @BeforeEach
    void towns() {
        year.forget();
        year.sitiv();
        corbas = year.member("Corbas");
    }

    @Test
    void levelsAreAveragedFlowsSummedAndWhatWasNotMeasuredIsNotZero() {
        fact("2027-01-30", corbas, UsageSource.Metric.ACCOUNTS, 100);
        fact("2027-01-31", corbas, UsageSource.Metric.ACCOUNTS, 110);
        fact("2027-03-01", corbas, UsageSource.Metric.ACCOUNTS, 120);
        fact("2027-01-30", corbas, UsageSource.Metric.SIGN_INS, 7);
        fact("2027-01-31", corbas, UsageSource.Metric.SIGN_INS, 8);

        assertThat(row("accounts", "month").values()).containsExactly(105L, null, 120L);
        assertThat(row("accounts", "quarter").values()).containsExactly(110L);
        assertThat(row("sign-ins", "month").values()).containsExactly(15L, null, null);
        assertThat(source.figures(2027, corbas)).containsEntry(new Measure("accounts.mail"), 110L);
    }

    @Test
    void aLaterCountOfTheDayReplacesALevelAndOnlyRaisesAFlow() {
        fact("2027-01-31", corbas, UsageSource.Metric.ACCOUNTS, 110);
        fact("2027-01-31", corbas, UsageSource.Metric.ACCOUNTS, 90);
        fact("2027-01-31", corbas, UsageSource.Metric.SIGN_INS, 8);
        fact("2027-01-31", corbas, UsageSource.Metric.SIGN_INS, 3);

        assertThat(row("accounts", "year").values()).containsExactly(90L);
        assertThat(row("sign-ins", "year").values()).containsExactly(8L);
    }

    @Test
    void aMemberSeesItselfBesideTheFiveOfItsSize() {
        year.members().values().forEach(m -> fact("2027-01-31", m, UsageSource.Metric.ACCOUNTS, 10));
        fact("2027-01-31", corbas, UsageSource.Metric.ACCOUNTS, 90);

        UsageReader.MemberUsage usage = reader.of(corbas, YearMonth.of(2027, 1), YearMonth.of(2027, 2), Locale.FRENCH);

        assertThat(usage.comparable())
                .hasSize(5)
                .extracting(UsageReader.Peer::name)
                .doesNotContain("Corbas", "Vénissieux");
        assertThat(usage.series()).singleElement().satisfies(s -> {
            assertThat(s.mine()).containsExactly(90L, null);
            assertThat(s.comparableMedian()).containsExactly(10L, null);
        });
    }

    @Test
    void theCoreCountsWhoHasWhatWithoutNamingAnybody() {
        AffiliationId capacity = actors.affiliation(corbas);
        actors.signIn(capacity);
        actors.signIn(capacity);

        keeper.collect();

        String by = "day = '%s' AND member = '%s'".formatted(LocalDate.now(clock), corbas);
        assertThat(jdbc.sql("SELECT value FROM pooling.usage_fact WHERE metric = 'sign-ins' AND " + by)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(jdbc.sql("SELECT value FROM pooling.usage_fact WHERE metric = 'active-people' AND " + by)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void usageIsReadAndExportedByAnyPersonAndMeasuredByTheTokenOnly() throws Exception {
        keeper.keep(
                LocalDate.now(clock), List.of(new UsageSource.Fact(corbas, "mail", UsageSource.Metric.ACCOUNTS, 42)));
        keeper.addUp(LocalDate.now(clock), LocalDate.now(clock));
        AffiliationId person = actors.affiliation(corbas);

        mvc.perform(get("/api/pooling/usage?metric=accounts&service=mail&by=year")
                        .with(actors.actingAs(person)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.members.length()").value(7))
                .andExpect(jsonPath("$.unit").value("comptes"));
        mvc.perform(get("/api/pooling/usage.csv?metric=accounts").with(actors.actingAs(person)))
                .andExpect(status().isOk())
                .andExpect(content().string(org.hamcrest.Matchers.containsString("\"Corbas\";\"mail\";\"accounts\"")));
        mvc.perform(get("/api/pooling/usage?from=1900-01&to=2027-01").with(actors.actingAs(person)))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/api/pooling/usage?from=hier").with(actors.actingAs(person)))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/api/pooling/usage?members=x").with(actors.actingAs(person)))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/basic/metrics")).andExpect(status().isUnauthorized());
        mvc.perform(get("/basic/metrics").header("Authorization", "Bearer jeton"))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(org.hamcrest.Matchers.allOf(
                                org.hamcrest.Matchers.containsString("service=\"mail\",metric=\"accounts\"} 42\n"),
                                org.hamcrest.Matchers.endsWith("# EOF\n"))));
    }

    @Test
    void aPeriodThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new UsageReader.Question(
                        "accounts", "mail", YearMonth.of(2027, 2), YearMonth.of(2027, 1), "month", List.of()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new UsageReader.Question(
                        "accounts", "mail", YearMonth.of(2027, 1), YearMonth.of(2027, 1), "week", List.of()))
                .isInstanceOf(Refusal.class);
    }

    private void fact(String day, MemberId member, UsageSource.Metric metric, long value) {
        keeper.keep(LocalDate.parse(day), List.of(new UsageSource.Fact(member, "mail", metric, value)));
        keeper.addUp(LocalDate.parse(day), LocalDate.parse(day));
    }

    private UsageReader.Row row(String metric, String by) {
        return reader.usage(
                        new UsageReader.Question(
                                metric,
                                "mail",
                                YearMonth.of(2027, 1),
                                YearMonth.of(2027, 3),
                                by,
                                List.of(corbas.value())),
                        Locale.FRENCH)
                .members()
                .getFirst();
    }
}
