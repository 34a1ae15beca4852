package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is set-based stays so: rights and accounts of ten thousand arrivals in one transaction, and a cut among them. */
@SpringBootTest
@Import({TestPostgres.class, Town.class, TestServices.class})
class RightsAtScaleTest {

    private static final Logger log = LoggerFactory.getLogger(RightsAtScaleTest.class);
    private static final int PEOPLE = Integer.getInteger("entente.test.people", 10_000);

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    AccountPlanner planner;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void tenThousandArrivalsAreOneTransactionOfSecondsAndACutStaysQuick() {
        MemberId member = town.member("Grande ville");
        jdbc.sql("INSERT INTO directory.unit (member, name) SELECT ?, 'Service ' || n FROM generate_series(1, 500) n")
                .param(member.value())
                .update();
        Duration arrival = timed(() -> transaction.executeWithoutResult(status -> arrive(member)));
        Duration planned = timed(planner::planAll);
        AffiliationId one = new AffiliationId(jdbc.sql("SELECT id FROM directory.affiliation WHERE member = ? LIMIT 1")
                .param(member.value())
                .query(UUID.class)
                .single());
        Duration cut = timed(() -> town.ends(one, "manual"));
        log.info("{} arrivals {}, planned anew {}, one cut {}", PEOPLE, arrival, planned, cut);

        assertThat(arrival).isLessThan(Duration.ofSeconds(60));
        assertThat(cut).isLessThan(Duration.ofSeconds(2));
        long start = System.nanoTime();
        await().atMost(3, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(engine.held).hasSizeGreaterThanOrEqualTo(2 * PEOPLE - 2));
        log.info("in their engines after {}", Duration.ofNanos(System.nanoTime() - start));
    }

    private void arrive(MemberId member) {
        UUID set = jdbc.sql(
                        "INSERT INTO directory.change_set (cause, author) VALUES ('import', '{\"name\": \"essai\"}') RETURNING id")
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        WITH p AS (INSERT INTO directory.person (given_name, usual_name) SELECT 'P', 'N' || n FROM generate_series(1, ?) n RETURNING id),
                        u AS (SELECT array_agg(id) AS ids FROM directory.unit WHERE member = ?),
                        a AS (INSERT INTO directory.affiliation (person, member, kind, function, unit, valid_from, phase)
                            SELECT p.id, ?, 'agent', 'Agent', u.ids[1 + (random() * 498)::int], now() - interval '1 day', 'current' FROM p, u RETURNING id)
                        INSERT INTO directory.change (change_set, affiliation, what) SELECT ?, id, 'started' FROM a""")
                .param(PEOPLE)
                .param(member.value())
                .param(member.value())
                .param(set)
                .update();
        events.publishEvent(new AffiliationsChanged(new ChangeSetId(set), PEOPLE));
    }

    private static Duration timed(Runnable act) {
        long start = System.nanoTime();
        act.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
