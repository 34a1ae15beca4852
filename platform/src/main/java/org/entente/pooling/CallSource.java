package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gathers what a call is computed from: budget lines of the year, parties with their days, figures of today. */
@Component
class CallSource {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    CallSource(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    private record LineRow(
            String label,
            UUID agreement,
            String number,
            String nature,
            int firstYear,
            int years,
            long amount,
            long funding,
            String keyName,
            String formula) {

        Cost cost(long cents) {
            return nature.equals("investment")
                    ? new Cost.Investment(firstYear, years, new Money(cents))
                    : new Cost.Yearly(firstYear, new Money(cents));
        }
    }

    private record PartyRow(UUID agreement, UUID member, int days) {}

    CallInputs gather(int year) {
        Map<MemberId, Map<Measure, Long>> figures = figures(year);
        Map<UUID, List<Participant>> parties = new HashMap<>();
        for (PartyRow party : parties(year)) {
            MemberId member = new MemberId(party.member());
            parties.computeIfAbsent(party.agreement(), a -> new ArrayList<>())
                    .add(new Participant(member, party.days(), figures.getOrDefault(member, Map.of())));
        }
        List<CallInputs.Line> lines = lines(year).stream()
                .map(row -> new CallInputs.Line(
                        row.label(),
                        row.number(),
                        row.cost(row.amount()).in(year),
                        row.cost(row.funding()).in(year),
                        row.keyName(),
                        json.readValue(row.formula(), CostKey.class),
                        parties.getOrDefault(row.agreement(), List.of())))
                .toList();
        return new CallInputs(year, LocalDate.now(clock), lines);
    }

    /** Who takes part in one agreement in a year, as if each were there all year, with today's figures. */
    List<Participant> participants(UUID agreement, int year) {
        Map<MemberId, Map<Measure, Long>> figures = figures(year);
        return parties(year).stream()
                .filter(party -> party.agreement().equals(agreement))
                .map(party -> new MemberId(party.member()))
                .map(member -> new Participant(member, Year.of(year).length(), figures.getOrDefault(member, Map.of())))
                .toList();
    }

    /** What an agreement costs its parties in a year, by the budget. */
    Money cost(UUID agreement, int year) {
        return Money.sum(jdbc.sql("""
                SELECT l.label, l.agreement, '' AS number, l.nature, l.first_year, l.years, l.amount, l.funding, '' AS key_name, '' AS formula
                FROM pooling.budget_line l WHERE l.agreement = ? AND ? BETWEEN l.first_year AND l.first_year + l.years - 1
                """).params(agreement, year).query(LineRow.class).list().stream()
                .map(row -> row.cost(row.amount())
                        .in(year)
                        .minus(row.cost(row.funding()).in(year)))
                .toList());
    }

    Map<Measure, Long> figures(int year, MemberId member) {
        return figures(year).getOrDefault(member, Map.of());
    }

    String keyName(UUID key) {
        return jdbc.sql("SELECT name FROM pooling.cost_key WHERE id = ?")
                .param(key)
                .query(String.class)
                .optional()
                .orElse("?");
    }

    String agreementNumber(UUID agreement) {
        return jdbc.sql("SELECT number FROM pooling.agreement WHERE id = ?")
                .param(agreement)
                .query(String.class)
                .optional()
                .orElse("?");
    }

    Map<MemberId, String> names() {
        Map<MemberId, String> names = new HashMap<>();
        jdbc.sql("SELECT id, name FROM directory.v_member")
                .query((row, n) -> names.put(new MemberId(row.getObject(1, UUID.class)), row.getString(2)))
                .list();
        return names;
    }

    /** A key holds for whole years: the one in force on the first of January, or on the agreement's first day. */
    private List<LineRow> lines(int year) {
        LocalDate first = Year.of(year).atDay(1);
        List<String> keyless = jdbc.sql("""
                SELECT l.label FROM pooling.budget_line l JOIN pooling.terms_at(:first) t ON t.agreement = l.agreement AND NOT t.proposed
                WHERE :year BETWEEN l.first_year AND l.first_year + l.years - 1 AND coalesce(l.cost_key, t.cost_key) IS NULL
                """)
                .param("first", first)
                .param("year", year)
                .query(String.class)
                .list();
        if (!keyless.isEmpty()) {
            throw Refusal.invalid("pooling.line.no-key", String.join(", ", keyless));
        }
        return jdbc.sql("""
                SELECT l.label, l.agreement, t.number, l.nature, l.first_year, l.years, l.amount, l.funding, k.name AS key_name, k.formula
                FROM pooling.budget_line l
                JOIN pooling.terms_at(:first) t ON t.agreement = l.agreement AND NOT t.proposed
                JOIN pooling.cost_key k ON k.id = coalesce(l.cost_key, t.cost_key)
                WHERE :year BETWEEN l.first_year AND l.first_year + l.years - 1
                ORDER BY t.number, l.label, l.id
                """)
                .param("first", first)
                .param("year", year)
                .query(LineRow.class)
                .list();
    }

    /** A member that came, left and came back in one year has its days summed. */
    private List<PartyRow> parties(int year) {
        LocalDate first = Year.of(year).atDay(1);
        return jdbc.sql("""
                WITH period AS (
                    SELECT p.agreement, p.member, greatest(p.since, t.starts_on, :first::date) AS since,
                           least(p.until, t.last_on, :last::date) AS until
                    FROM pooling.party p JOIN pooling.terms_at(:last) t ON t.agreement = p.agreement)
                SELECT agreement, member, sum(until - since + 1)::int AS days FROM period WHERE since <= until GROUP BY agreement, member
                """)
                .param("first", first)
                .param("last", Year.of(year).atDay(first.lengthOfYear()))
                .query(PartyRow.class)
                .list();
    }

    private record Figure(UUID member, String measure, long value) {}

    /** Population, live agents, and the average of each usage fact over the year so far; unknown figures are left out. */
    private Map<MemberId, Map<Measure, Long>> figures(int year) {
        Map<MemberId, Map<Measure, Long>> figures = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT id AS member, 'population' AS measure, population::bigint AS value FROM directory.v_member WHERE population IS NOT NULL
                UNION ALL
                SELECT m.id, 'agents', count(DISTINCT a.person) FILTER (WHERE a.kind = 'agent' AND a.live)
                FROM directory.v_member m LEFT JOIN directory.v_affiliation a ON a.member = m.id GROUP BY m.id
                UNION ALL
                SELECT member, metric || '.' || service, round(sum(total)::numeric / sum(days))::bigint FROM pooling.usage_month
                WHERE month >= make_date(:year, 1, 1) AND month < make_date(:year + 1, 1, 1) GROUP BY member, metric, service
                """)
                .param("year", year)
                .query(Figure.class)
                .list()
                .forEach(f -> figures.computeIfAbsent(new MemberId(f.member()), m -> new HashMap<>())
                        .put(new Measure(f.measure()), f.value()));
        return figures;
    }
}
