package org.entente.pooling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.catalog.Words;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads usage by month, quarter or year: all members side by side, or one beside those of its size. */
@Component
class UsageReader {

    static final int MOST_MONTHS = 120;
    private static final int COMPARABLE = 5;

    record Measured(
            String metric,
            String name,
            String unit,
            String service,
            Words serviceName,
            LocalDate firstDay,
            LocalDate lastDay) {}

    record Row(UUID member, String name, @Nullable Long population, List<@Nullable Long> values) {}

    record Usage(
            String metric,
            String name,
            String unit,
            String kind,
            String service,
            Words serviceName,
            List<String> periods,
            List<Row> members) {}

    record Peer(UUID member, String name, @Nullable Long population) {}

    record Series(
            String metric,
            String name,
            String unit,
            String service,
            Words serviceName,
            List<String> periods,
            List<@Nullable Long> mine,
            List<@Nullable Long> comparableMedian) {}

    record MemberUsage(UUID member, List<Peer> comparable, List<Series> series) {}

    /** What is asked for; {@code members} empty means all. */
    record Question(String metric, String service, YearMonth from, YearMonth to, String by, List<UUID> members) {
        Question {
            if (to.isBefore(from)
                    || from.plusMonths(MOST_MONTHS).isBefore(to)
                    || from.getYear() < 1990
                    || to.getYear() > 2200) {
                throw Refusal.invalidField("from", "pooling.usage.range", MOST_MONTHS);
            }
            if (!List.of("month", "quarter", "year").contains(by)) {
                throw Refusal.invalidField("by", "pooling.usage.by", by);
            }
        }
    }

    private final JdbcClient jdbc;
    private final KeyWords words;
    private final Coverage services;

    UsageReader(JdbcClient jdbc, KeyWords words, Coverage services) {
        this.jdbc = jdbc;
        this.words = words;
        this.services = services;
    }

    List<Measured> metrics(Locale locale) {
        return jdbc.sql("""
                SELECT metric, service, min(month) AS first_day, max(last_day) AS last_day FROM pooling.usage_month
                GROUP BY metric, service ORDER BY metric, service
                """)
                .query((row, n) -> new Measured(
                        row.getString("metric"),
                        name(row.getString("metric"), locale),
                        unit(row.getString("metric"), locale),
                        row.getString("service"),
                        services.name(row.getString("service")),
                        row.getObject("first_day", LocalDate.class),
                        row.getObject("last_day", LocalDate.class)))
                .list();
    }

    Usage usage(Question asked, Locale locale) {
        List<String> periods = periods(asked);
        boolean flow = isFlow(asked.metric());
        Map<UUID, @Nullable Long[]> values = new HashMap<>();
        jdbc.sql("""
                SELECT member, date_trunc(:by, month)::date AS period,
                       round(CASE WHEN :flow THEN sum(total) ELSE sum(total)::numeric / sum(days) END)::bigint AS value
                FROM pooling.usage_month
                WHERE metric = :metric AND service = :service AND month BETWEEN :from AND :to
                  AND (:all OR member = ANY (:members::uuid[]))
                GROUP BY member, 2
                """)
                .param("by", asked.by())
                .param("flow", flow)
                .param("metric", asked.metric())
                .param("service", asked.service())
                .param("from", asked.from().atDay(1))
                .param("to", asked.to().atDay(1))
                .param("all", asked.members().isEmpty())
                .param("members", asked.members().stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> place(values, periods, asked.by(), row))
                .list();
        List<Row> rows = jdbc.sql("""
                SELECT id, name, population::bigint FROM directory.v_member
                WHERE (:all AND status <> 'left') OR id = ANY (:members::uuid[]) ORDER BY base.plain(name)
                """)
                .param("all", asked.members().isEmpty())
                .param("members", asked.members().stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    @Nullable Long[] known = values.get(id);
                    List<@Nullable Long> list =
                            known == null ? Collections.nCopies(periods.size(), null) : Arrays.asList(known);
                    return new Row(id, row.getString("name"), row.getObject("population", Long.class), list);
                })
                .list();
        return new Usage(
                asked.metric(),
                name(asked.metric(), locale),
                unit(asked.metric(), locale),
                flow ? "flow" : "level",
                asked.service(),
                services.name(asked.service()),
                periods,
                rows);
    }

    /** One metric of one member and service, month by month from the first asked for; null where nothing was measured. */
    record Line(String member, String service, List<@Nullable Long> values) {}

    /** All services of one metric for all members: what the export gives and the performance goal is about. */
    List<Line> all(String metric, YearMonth from, YearMonth to) {
        boolean flow = isFlow(metric);
        LocalDate first = from.atDay(1);
        // The place of each month by its distance in days: a difference of dates costs the database nothing, their
        // parts do.
        Map<Integer, Integer> places = new HashMap<>();
        for (LocalDate month = first; !month.isAfter(to.atDay(1)); month = month.plusMonths(1)) {
            places.put((int) first.until(month, java.time.temporal.ChronoUnit.DAYS), places.size());
        }
        return jdbc.sql("""
                SELECT m.name, u.service, u.days, u.values FROM (
                    SELECT member, service, array_agg(month - :from) AS days,
                           array_agg(CASE WHEN :flow THEN total ELSE (total + days / 2) / days END) AS values
                    FROM pooling.usage_month WHERE metric = :metric AND month BETWEEN :from AND :to GROUP BY member, service) u
                JOIN directory.v_member m ON m.id = u.member ORDER BY base.plain(m.name), u.service
                """)
                .param("flow", flow)
                .param("metric", metric)
                .param("from", first)
                .param("to", to.atDay(1))
                .query((row, n) -> {
                    Integer[] at = (Integer[]) row.getArray("days").getArray();
                    Long[] known = (Long[]) row.getArray("values").getArray();
                    List<@Nullable Long> values = new ArrayList<>(Collections.nCopies(places.size(), (Long) null));
                    for (int i = 0; i < at.length; i++) {
                        values.set(java.util.Objects.requireNonNull(places.get(at[i])), known[i]);
                    }
                    return new Line(row.getString("name"), row.getString("service"), values);
                })
                .list();
    }

    MemberUsage of(MemberId member, YearMonth from, YearMonth to, Locale locale) {
        List<Peer> peers = jdbc.sql("""
                SELECT o.id AS member, o.name, o.population::bigint FROM directory.v_member o JOIN directory.v_member me ON me.id = ?
                WHERE o.id <> me.id AND o.status <> 'left' AND o.population > 0 AND o.kind = me.kind
                ORDER BY abs(ln(o.population) - ln(greatest(me.population, 1))), o.name LIMIT ?
                """)
                .params(member.value(), COMPARABLE)
                .query(Peer.class)
                .list();
        Question months = new Question("accounts", "", from, to, "month", List.of());
        List<String> periods = periods(months);
        Map<String, Series> series = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT u.metric, u.service, u.month AS period,
                       max(v.value) FILTER (WHERE u.member = :me) AS mine,
                       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value) FILTER (WHERE u.member <> :me))::bigint AS median
                FROM pooling.usage_month u,
                     LATERAL (SELECT round(CASE WHEN u.metric = ANY (:flows::text[]) THEN u.total ELSE u.total::numeric / u.days END)::bigint AS value) v
                WHERE u.member = ANY (:members::uuid[]) AND u.month BETWEEN :from AND :to
                GROUP BY u.metric, u.service, u.month ORDER BY u.metric, u.service, u.month
                """)
                .param("me", member.value())
                .param("flows", flows())
                .param("members", members(member, peers))
                .param("from", from.atDay(1))
                .param("to", to.atDay(1))
                .query((row, n) -> {
                    String metric = row.getString("metric");
                    String service = row.getString("service");
                    Series one = series.computeIfAbsent(
                            metric + "." + service,
                            k -> new Series(
                                    metric,
                                    name(metric, locale),
                                    unit(metric, locale),
                                    service,
                                    services.name(service),
                                    periods,
                                    new ArrayList<>(Collections.nCopies(periods.size(), (Long) null)),
                                    new ArrayList<>(Collections.nCopies(periods.size(), (Long) null))));
                    int at = periods.indexOf(label(row.getObject("period", LocalDate.class), "month"));
                    one.mine().set(at, row.getObject("mine", Long.class));
                    one.comparableMedian().set(at, row.getObject("median", Long.class));
                    return at;
                })
                .list();
        return new MemberUsage(
                member.value(),
                peers,
                series.values().stream()
                        .filter(s -> s.mine().stream().anyMatch(java.util.Objects::nonNull))
                        .toList());
    }

    private static String[] members(MemberId member, List<Peer> peers) {
        List<String> ids = new ArrayList<>();
        ids.add(member.toString());
        peers.forEach(p -> ids.add(p.member().toString()));
        return ids.toArray(String[]::new);
    }

    private static int place(Map<UUID, @Nullable Long[]> values, List<String> periods, String by, ResultSet row)
            throws SQLException {
        int at = periods.indexOf(label(row.getObject("period", LocalDate.class), by));
        values.computeIfAbsent(row.getObject("member", UUID.class), m -> new Long[periods.size()])[at] =
                row.getLong("value");
        return at;
    }

    static List<String> periods(Question asked) {
        List<String> periods = new ArrayList<>();
        for (YearMonth month = asked.from(); !month.isAfter(asked.to()); month = month.plusMonths(1)) {
            String label = label(month.atDay(1), asked.by());
            if (periods.isEmpty() || !periods.getLast().equals(label)) {
                periods.add(label);
            }
        }
        return periods;
    }

    private static String label(LocalDate day, String by) {
        return switch (by) {
            case "year" -> String.valueOf(day.getYear());
            case "quarter" -> day.getYear() + "-Q" + ((day.getMonthValue() + 2) / 3);
            default -> YearMonth.from(day).toString();
        };
    }

    static boolean isFlow(String metric) {
        return Arrays.asList(flows()).contains(metric);
    }

    private static String[] flows() {
        return Arrays.stream(UsageSource.Metric.values())
                .filter(UsageSource.Metric::isFlow)
                .map(UsageSource.Metric::code)
                .toArray(String[]::new);
    }

    private String name(String metric, Locale locale) {
        return words.text("pooling.metric." + metric, locale);
    }

    private String unit(String metric, Locale locale) {
        return words.text("pooling.unit." + metric, locale);
    }
}
