package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 36 months × 70 members × 20 services of daily facts: how long the questions of the screens take. Run with -Dtest=UsageBench. */
@SpringBootTest(properties = {"entente.usage.first=1h", "entente.agreements.every=1h"})
@Import({TestPostgres.class, SharedYear.class})
class UsageBench {

    private static final YearMonth FROM = YearMonth.of(2024, 1);
    private static final YearMonth TO = YearMonth.of(2026, 12);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SharedYear year;

    @Autowired
    UsageKeeper keeper;

    @Autowired
    UsageReader reader;

    @Test
    void threeYearsOfSeventyMembersAndTwentyServices() {
        year.forget();
        jdbc.sql(
                        "INSERT INTO directory.member (kind, name, population) SELECT 'commune', 'Ville ' || n, 1000 * n FROM generate_series(1, 70) n")
                .update();
        long begun = System.nanoTime();
        int facts = jdbc.sql("""
                INSERT INTO pooling.usage_fact (day, member, service, metric, value)
                SELECT d::date, m.id, 'service-' || s, 'accounts', 10 * s + (extract(day FROM d))::int
                FROM generate_series('2024-01-01'::date, '2026-12-31', '1 day') d, directory.member m, generate_series(1, 20) s
                """).update();
        long loaded = System.nanoTime();
        keeper.addUp(LocalDate.of(2024, 1, 1), LocalDate.of(2026, 12, 31));
        long addedUp = System.nanoTime();
        jdbc.sql("ANALYZE").update();
        long addUpMonth = time(() -> keeper.addUp(LocalDate.of(2026, 12, 31), LocalDate.of(2026, 12, 31)));
        long one = time(() -> assertThat(reader.usage(
                                new UsageReader.Question("accounts", "service-3", FROM, TO, "month", List.of()),
                                Locale.FRENCH)
                        .members())
                .hasSize(70));
        long all = time(() -> assertThat(reader.all("accounts", FROM, TO)).hasSize(70 * 20));
        long mine = time(() -> assertThat(reader.of(
                                new org.entente.directory.MemberId(
                                        jdbc.sql("SELECT id FROM directory.member WHERE name = 'Ville 35'")
                                                .query(java.util.UUID.class)
                                                .single()),
                                FROM,
                                TO,
                                Locale.FRENCH)
                        .series())
                .hasSize(20));
        LoggerFactory.getLogger(UsageBench.class)
                .warn(
                        "{} daily facts in {} ms, added up in {} ms (a month again: {} ms); median of 11: one service for 70 members {} ms,"
                                + " all 20 services for 70 members {} ms, one member beside its peers {} ms",
                        facts,
                        (loaded - begun) / 1_000_000,
                        (addedUp - loaded) / 1_000_000,
                        addUpMonth,
                        one,
                        all,
                        mine);
    }

    private static long time(Runnable question) {
        question.run();
        long[] millis = new long[11];
        for (int i = 0; i < millis.length; i++) {
            long from = System.nanoTime();
            question.run();
            millis[i] = (System.nanoTime() - from) / 1_000_000;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }
}
