package org.entente.provisioning;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.provisioning.spi.Outcome;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Follows the acts of departures that engines carry out, and closes a departure with its last act. */
@Component
class DepartureActs {

    private static final Author ENGINE = Author.system("provisioning");

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    DepartureActs(JdbcClient jdbc, Ledger ledger, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
        this.events = events;
    }

    /** A departure has no act left to do; its certificate can be made. */
    record DepartureCompleted(UUID departure) {}

    /** Before accounts are written: two workers that finish the last two acts of one departure follow one another. */
    void lock(List<Outcome> outcomes) {
        jdbc.sql("""
                        SELECT d.id FROM provisioning.departure d
                        WHERE d.state = 'cutting' AND d.id IN (
                            SELECT a.departure FROM provisioning.departure_act a WHERE a.state <> 'done' AND a.account = ANY (?::uuid[]))
                        ORDER BY d.id FOR UPDATE""").param(accounts(outcomes)).query(UUID.class).list();
    }

    /** After accounts are written: what their engines now hold is an act done. */
    void follow(List<Outcome> outcomes) {
        List<Entry> entries = new ArrayList<>(jdbc.sql("""
                        UPDATE provisioning.departure_act t SET state = 'done', at = :now, detail = a.detail
                        FROM provisioning.account a, provisioning.departure d
                        WHERE t.account = ANY (:accounts::uuid[]) AND t.state <> 'done' AND a.id = t.account AND d.id = t.departure
                            AND d.state = 'cutting' AND a.state IN ('suspended', 'closed') AND a.revision = a.applied
                        RETURNING d.id, d.member, d.person_name, a.service, a.state, a.detail""")
                .param("now", OffsetDateTime.now(clock))
                .param("accounts", accounts(outcomes))
                .query((row, n) -> new Entry(
                        ENGINE,
                        "account." + row.getString("state"),
                        row.getObject("member", UUID.class),
                        "departure",
                        row.getString("id"),
                        row.getString("person_name"),
                        Map.of(),
                        Map.of("service", row.getString("service"), "detail", row.getString("detail"))))
                .list());
        if (!entries.isEmpty()) {
            entries.addAll(complete());
            ledger.record(entries);
        }
    }

    /** Departures all of whose acts are done. Answers what the ledger is to keep of them. */
    List<Entry> complete() {
        record Done(UUID id, UUID member, String personName) {}
        List<Done> done = jdbc.sql("""
                        UPDATE provisioning.departure d SET state = 'complete', completed_at = :now
                        WHERE d.state = 'cutting' AND NOT EXISTS (
                            SELECT FROM provisioning.departure_act a WHERE a.departure = d.id AND a.state <> 'done')
                            AND NOT EXISTS (SELECT FROM provisioning.departure_notice n WHERE n.departure = d.id AND n.state = 'waiting')
                        RETURNING d.id, d.member, d.person_name""")
                .param("now", OffsetDateTime.now(clock))
                .query(Done.class)
                .list();
        done.forEach(one -> events.publishEvent(new DepartureCompleted(one.id())));
        return done.stream()
                .map(one -> new Entry(
                        ENGINE,
                        "departure.completed",
                        one.member(),
                        "departure",
                        one.id().toString(),
                        one.personName(),
                        Map.of(),
                        Map.of()))
                .toList();
    }

    private static String[] accounts(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.account().toString()).toArray(String[]::new);
    }
}
