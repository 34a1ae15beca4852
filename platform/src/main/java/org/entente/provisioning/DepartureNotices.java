package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.identity.LogoutNotices.Notice;
import org.entente.identity.LogoutNotices.Told;
import org.entente.provisioning.spi.Outcome;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What applications are told of the sessions that end with a departure, as rows: kept, due, and what became of it. */
@Repository
class DepartureNotices {

    private static final Author ENGINE = Author.system("provisioning");

    /** An application that says no is asked so often: what it could not do now it may be able to do in a moment. */
    private static final int NO_AT_MOST = 3;

    /** Longer than the engine takes to try a batch; what a node that dies had taken is tried anew after it. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration patience;
    private final Duration first;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * @param patience how long an application that does not answer is tried; the departure is complete, and certified, when it is over
     * @param first pause before a second try; each one after waits longer
     */
    DepartureNotices(
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock,
            @Value("${entente.departures.telling.patience:24h}") Duration patience,
            @Value("${entente.departures.telling.first-pause:10s}") Duration first) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.patience = patience;
        this.first = first;
    }

    /** @param attempts so far */
    record Due(Notice notice, int attempts, OffsetDateTime madeAt) {}

    /** Keeps what the engine says it is telling applications, for the departures of the capacities that ended. */
    void keep(List<Outcome> outcomes) {
        List<Notice> notices = outcomes.stream()
                .flatMap(outcome -> outcome.notices().stream())
                .filter(notice -> notice.capacity() != null)
                .distinct()
                .toList();
        if (notices.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO provisioning.departure_notice (id, departure, service, means, state, notice, made_at, at, next_attempt_at)
                        SELECT n.id, d.id, n.service, n.means, CASE WHEN n.means = 'none' THEN 'untold' ELSE 'waiting' END,
                            CASE WHEN n.means <> 'none' THEN n.notice END, :now, CASE WHEN n.means = 'none' THEN :now::timestamptz END, :now
                        FROM unnest(:ids::uuid[], :capacities::uuid[], :services::text[], :means::text[], :notices::jsonb[])
                            AS n(id, capacity, service, means, notice)
                        JOIN provisioning.departure d ON d.affiliation = n.capacity AND d.state = 'cutting'
                        ON CONFLICT (id) DO NOTHING""")
                .param("now", now())
                .param("ids", texts(notices.stream().map(Notice::id).toList()))
                .param(
                        "capacities",
                        texts(notices.stream().map(Notice::capacity).toList()))
                .param("services", texts(notices.stream().map(Notice::service).toList()))
                .param(
                        "means",
                        texts(notices.stream().map(DepartureNotices::means).toList()))
                .param(
                        "notices",
                        texts(notices.stream().map(json::writeValueAsString).toList()))
                .update();
    }

    /** Takes what is due now; nobody else has it meanwhile. */
    List<Due> take(int most) {
        return jdbc.sql("""
                        UPDATE provisioning.departure_notice n SET next_attempt_at = :until
                        WHERE n.id IN (
                            SELECT w.id FROM provisioning.departure_notice w JOIN provisioning.departure d ON d.id = w.departure
                            WHERE w.state = 'waiting' AND w.next_attempt_at <= :now AND d.state = 'cutting'
                            ORDER BY w.next_attempt_at LIMIT :most FOR UPDATE OF w SKIP LOCKED)
                        RETURNING n.notice, n.attempts, n.made_at""")
                .param("until", now().plus(LEASE))
                .param("now", now())
                .param("most", most)
                .query((row, n) -> new Due(
                        json.readValue(row.getString("notice"), Notice.class),
                        row.getInt("attempts"),
                        row.getObject("made_at", OffsetDateTime.class)))
                .list();
    }

    /** Before anything is written: who finishes the last notice and who finishes the last act of one departure follow one another. */
    void lock(List<Due> due) {
        jdbc.sql("""
                        SELECT d.id FROM provisioning.departure d WHERE d.state = 'cutting' AND d.id IN (
                            SELECT n.departure FROM unnest(?::uuid[]) AS t(id) JOIN provisioning.departure_notice n ON n.id = t.id)
                        ORDER BY d.id FOR UPDATE""")
                .param(texts(due.stream().map(one -> one.notice().id()).toList()))
                .query(UUID.class)
                .list();
    }

    /** Writes what became of them: over, or to be tried again and when. Answers what the ledger is to keep. */
    List<Entry> record(List<Due> due, List<Told> told) {
        List<Object[]> rows = new ArrayList<>();
        for (Due one : due) {
            told.stream()
                    .filter(answer -> answer.id().equals(one.notice().id()))
                    .findFirst()
                    .ifPresent(answer -> rows.add(row(one, answer)));
        }
        return jdbc
                .sql("""
                        UPDATE provisioning.departure_notice n SET state = t.state, attempts = t.attempts, detail = t.detail,
                            next_attempt_at = t.next, at = CASE WHEN t.state <> 'waiting' THEN :now::timestamptz END,
                            notice = CASE WHEN t.state = 'waiting' THEN n.notice END
                        FROM unnest(:ids::uuid[], :states::text[], :attempts::int[], :details::text[], :nexts::timestamptz[])
                            AS t(id, state, attempts, detail, next), provisioning.departure d
                        WHERE n.id = t.id AND n.state = 'waiting' AND d.id = n.departure
                        RETURNING d.id, d.member, d.person_name, n.service, n.means, n.state, n.detail""")
                .param("now", now())
                .param("ids", texts(column(rows, 0)))
                .param("states", texts(column(rows, 1)))
                .param("attempts", column(rows, 2).toArray(Integer[]::new))
                .param("details", texts(column(rows, 3)))
                .param("nexts", texts(column(rows, 4)))
                .query(DepartureNotices::entry)
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Entry> entry(ResultSet row, int number) throws SQLException {
        String state = row.getString("state");
        return state.equals("waiting")
                ? List.of()
                : List.of(new Entry(
                        ENGINE,
                        state.equals("answered") ? "departure.told" : "departure.not-told",
                        row.getObject("member", UUID.class),
                        "departure",
                        row.getString("id"),
                        row.getString("person_name"),
                        Map.of(),
                        Map.of(
                                "service", row.getString("service"),
                                "means", row.getString("means"),
                                "outcome", state,
                                "detail", row.getString("detail"))));
    }

    private Object[] row(Due due, Told told) {
        int attempts = due.attempts() + 1;
        Duration pause = new Backoff(first, LONGEST_PAUSE).after(attempts, random);
        boolean over = switch (told.outcome()) {
            case ANSWERED, GONE -> true;
            case REFUSED -> attempts >= NO_AT_MOST;
            case SILENT -> now().plus(pause).isAfter(due.madeAt().plus(patience));
        };
        String state = over ? told.outcome().name().toLowerCase(Locale.ROOT) : "waiting";
        return new Object[] {told.id(), state, attempts, told.detail(), now().plus(pause)};
    }

    private static List<Object> column(Collection<Object[]> rows, int n) {
        return rows.stream().map(row -> row[n]).toList();
    }

    private static String means(Notice notice) {
        return notice.means().name().toLowerCase(Locale.ROOT);
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(Objects::toString).toArray(String[]::new);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
