package org.entente.pooling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Usage, open to all: no personal data is in it. */
@RestController
class UsageController {

    private static final MediaType OPEN_METRICS =
            MediaType.parseMediaType("application/openmetrics-text;version=1.0.0;charset=utf-8");

    private final UsageReader reader;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final String token;

    UsageController(
            UsageReader reader, JdbcClient jdbc, Clock clock, @Value("${entente.metrics.token:}") String token) {
        this.reader = reader;
        this.jdbc = jdbc;
        this.clock = clock;
        this.token = token;
    }

    @GetMapping("/api/pooling/usage/metrics")
    @Needs(Right.PERSON)
    List<UsageReader.Measured> metrics(Locale locale) {
        return reader.metrics(locale);
    }

    @GetMapping({"/api/pooling/usage", "/api/pooling/usage.json"})
    @Needs(Right.PERSON)
    UsageReader.Usage usage(
            @RequestParam(defaultValue = "accounts") String metric,
            @RequestParam(defaultValue = "sign-in") String service,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "month") String by,
            @RequestParam(defaultValue = "") String members,
            Locale locale) {
        return reader.usage(question(metric, service, from, to, by, members), locale);
    }

    /** Without a service: all of them, month by month. */
    @GetMapping("/api/pooling/usage.csv")
    @Needs(Right.PERSON)
    ResponseEntity<byte[]> csv(
            @RequestParam(defaultValue = "accounts") String metric,
            @RequestParam(defaultValue = "") String service,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "month") String by,
            @RequestParam(defaultValue = "") String members,
            Locale locale) {
        UsageReader.Question asked = question(metric, service, from, to, service.isEmpty() ? "month" : by, members);
        Csv csv = new Csv().row("membre", "service", "mesure", "periode", "valeur");
        if (service.isEmpty()) {
            List<String> months = UsageReader.periods(asked);
            for (UsageReader.Line line : reader.all(metric, asked.from(), asked.to())) {
                for (int i = 0; i < line.values().size(); i++) {
                    if (line.values().get(i) != null) {
                        csv.row(
                                line.member(),
                                line.service(),
                                metric,
                                months.get(i),
                                line.values().get(i));
                    }
                }
            }
        } else {
            UsageReader.Usage usage = reader.usage(asked, locale);
            for (UsageReader.Row row : usage.members()) {
                for (int i = 0; i < usage.periods().size(); i++) {
                    csv.row(
                            row.name(),
                            service,
                            metric,
                            usage.periods().get(i),
                            row.values().get(i));
                }
            }
        }
        return Documents.answer(
                "usage-" + metric + ".csv", MediaType.parseMediaType("text/csv;charset=UTF-8"), csv.bytes());
    }

    @GetMapping("/api/members/{member}/usage")
    @Needs(Right.READ_MEMBER)
    UsageReader.MemberUsage mine(
            @PathVariable MemberId member,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Locale locale) {
        UsageReader.Question asked = question("accounts", "", from, to, "month", "");
        return reader.of(member, asked.from(), asked.to(), locale);
    }

    @GetMapping("/api/operator/pooling/usage/metrics")
    @Needs(Right.READ_TERRITORY)
    ResponseEntity<String> openMetrics() {
        return ResponseEntity.ok().contentType(OPEN_METRICS).body(text());
    }

    /** For a collector outside: it has no session, but the token of the settings; closed when there is none. */
    @GetMapping("/basic/metrics")
    @Needs(Right.PUBLIC)
    ResponseEntity<String> openMetrics(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        boolean known = !token.isBlank()
                && authorization != null
                && MessageDigest.isEqual(("Bearer " + token).getBytes(UTF_8), authorization.getBytes(UTF_8));
        if (!known) {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "pooling.metrics.closed");
        }
        return openMetrics();
    }

    /** The latest value of each metric that is less than two months old. */
    private String text() {
        StringBuilder text = new StringBuilder("""
                # TYPE entente_usage gauge
                # HELP entente_usage What a member used of a service on the last day it was measured.
                """);
        jdbc.sql("""
                SELECT DISTINCT ON (u.metric, u.service, u.member) u.metric, u.service, m.name, coalesce(m.siren, '') AS siren, u.last
                FROM pooling.usage_month u JOIN directory.v_member m ON m.id = u.member WHERE u.month >= ?
                ORDER BY u.metric, u.service, u.member, u.month DESC
                """)
                .param(YearMonth.now(clock).minusMonths(1).atDay(1))
                .query((row, n) -> text.append("entente_usage{member=\"")
                        .append(label(row.getString("name")))
                        .append("\",siren=\"")
                        .append(label(row.getString("siren")))
                        .append("\",service=\"")
                        .append(label(row.getString("service")))
                        .append("\",metric=\"")
                        .append(label(row.getString("metric")))
                        .append("\"} ")
                        .append(row.getLong("last"))
                        .append('\n'))
                .list();
        return text.append("# EOF\n").toString();
    }

    private static String label(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private UsageReader.Question question(
            String metric, String service, @Nullable String from, @Nullable String to, String by, String members) {
        YearMonth last = to == null || to.isBlank() ? YearMonth.now(clock) : month("to", to);
        YearMonth first = from == null || from.isBlank() ? last.minusMonths(11) : month("from", from);
        try {
            List<UUID> asked = members.isBlank()
                    ? List.of()
                    : Arrays.stream(members.split(","))
                            .limit(200)
                            .map(UUID::fromString)
                            .toList();
            return new UsageReader.Question(metric, service, first, last, by, asked);
        } catch (IllegalArgumentException notAnId) {
            throw Refusal.invalidField("members", "pooling.member.unknown");
        }
    }

    private static YearMonth month(String field, String text) {
        try {
            return YearMonth.parse(text.length() > 7 ? text.substring(0, 7) : text);
        } catch (DateTimeParseException notAMonth) {
            throw Refusal.invalidField(field, "pooling.usage.month", text);
        }
    }
}
