package org.entente.directory.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.PersonRef;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Imports and their rows, as the screens show them. */
@Component
class ImportReader {

    /** {@code Import} of the JSON API. */
    record Import(
            UUID id,
            String source,
            String fileName,
            String state,
            int progress,
            @Nullable String error,
            Instant at,
            String by,
            String encoding,
            String separator,
            List<String> headers,
            Map<String, @Nullable String> columns,
            List<String> missingColumns,
            Counts counts,
            int departuresPercent,
            int departureLimit,
            boolean mustConfirmDepartures) {}

    record Counts(
            int lines,
            int arrivals,
            int changes,
            int departures,
            int unchanged,
            int doubts,
            int undecided,
            int errors) {}

    /** {@code ImportRow} of the JSON API. */
    record Row(
            int line,
            String what,
            String name,
            @Nullable String reference,
            @Nullable String message,
            List<Change> changes,
            List<Candidate> candidates,
            @Nullable Decision decision) {}

    record Change(
            String field, @Nullable String before, @Nullable String after) {}

    record Candidate(PersonRef person, @Nullable LocalDate birthDate, List<String> members, List<String> why) {}

    record Decision(String decision, @Nullable UUID person) {}

    private static final String ONE = """
            SELECT i.*, i.author ->> 'name' AS author_name, m.departure_limit, c.*,
                   (SELECT count(*) FROM directory.import_line l WHERE l.import = i.id) AS lines,
                   (SELECT count(*) FROM directory.affiliation a WHERE a.member = i.member AND a.source = i.source AND a.phase <> 'ended') AS standing
            FROM directory.import i JOIN directory.member m ON m.id = i.member CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE what = 'arrival') AS arrivals, count(*) FILTER (WHERE what = 'change') AS changes,
                       count(*) FILTER (WHERE what = 'departure') AS departures, count(*) FILTER (WHERE what = 'unchanged') AS unchanged,
                       count(*) FILTER (WHERE candidates <> '[]') AS doubts, count(*) FILTER (WHERE what = 'doubt') AS undecided,
                       count(*) FILTER (WHERE what = 'error') AS errors
                FROM directory.import_row r WHERE r.import = i.id) c
            WHERE i.member = ?""";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MessageSource messages;

    ImportReader(JdbcClient jdbc, JsonMapper json, MessageSource messages) {
        this.jdbc = jdbc;
        this.json = json;
        this.messages = messages;
    }

    List<Import> latest(UUID member, Locale locale) {
        return jdbc.sql(ONE + " ORDER BY i.at DESC, i.id DESC LIMIT 50")
                .param(member)
                .query((row, number) -> read(row, locale))
                .list();
    }

    Import one(UUID member, UUID id, Locale locale) {
        return jdbc.sql(ONE + " AND i.id = ?")
                .params(member, id)
                .query((row, number) -> read(row, locale))
                .optional()
                .orElseThrow(() -> Refusal.notFound("import.unknown"));
    }

    Page<Row> rows(UUID member, UUID id, @Nullable String what, int offset, int limit, Locale locale) {
        one(member, id, locale);
        String which = what == null || what.isBlank()
                ? ""
                : what.equals("doubt") ? " AND r.candidates <> '[]'" : " AND r.what = :what";
        Map<String, Object> params = new LinkedHashMap<>(Map.of("id", id, "member", member));
        if (which.contains(":what")) {
            params.put("what", String.valueOf(what));
        }
        List<Row> rows = jdbc.sql("""
                SELECT r.*, d.decision, d.person AS decided,
                       (SELECT jsonb_agg(jsonb_build_object('person', jsonb_build_object('id', p.id, 'givenName', p.given_name, 'usualName', p.usual_name),
                                         'birthDate', CASE WHEN EXISTS (SELECT FROM directory.affiliation h WHERE h.person = p.id AND h.member = :member) THEN p.birth_date END, 'why', c -> 'why', 'members',
                                         (SELECT coalesce(jsonb_agg(DISTINCT m.name), '[]') FROM directory.affiliation a
                                          JOIN directory.member m ON m.id = a.member WHERE a.person = p.id)))
                        FROM jsonb_array_elements(r.candidates) c JOIN directory.person p ON p.id = (c ->> 'person')::uuid) AS shown
                FROM directory.import_row r LEFT JOIN directory.import_decision d ON d.import = r.import AND d.line = r.line
                WHERE r.import = :id""" + which + " ORDER BY r.line < 0, abs(r.line) LIMIT :limit OFFSET :offset")
                .params(params)
                .param("limit", Page.size(limit))
                .param("offset", Math.max(0, offset))
                .query((row, number) -> row(row, locale))
                .list();
        long total = jdbc.sql("SELECT count(*) FROM directory.import_row r WHERE r.import = :id" + which)
                .params(params)
                .query(Long.class)
                .single();
        return new Page<>(rows, total, Math.max(0, offset));
    }

    private Import read(ResultSet row, Locale locale) throws SQLException {
        Map<String, String> known =
                json.readValue(row.getString("columns"), new TypeReference<Map<String, String>>() {});
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        Columns.FIELDS.forEach(field -> columns.put(field, known.get(field)));
        int departures = row.getInt("departures");
        int standing = row.getInt("standing");
        int limit = row.getInt("departure_limit");
        boolean waits = row.getString("state").equals("analysed");
        String error = row.getString("error");
        return new Import(
                row.getObject("id", UUID.class),
                row.getString("source"),
                row.getString("file_name"),
                row.getString("state"),
                row.getInt("progress"),
                error == null ? null : messages.getMessage("refusal." + error, null, error, locale),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("author_name"),
                row.getString("encoding"),
                row.getString("separator"),
                List.of((String[]) row.getArray("headers").getArray()),
                columns,
                Columns.missing(known),
                new Counts(
                        row.getInt("lines"),
                        row.getInt("arrivals"),
                        row.getInt("changes"),
                        departures,
                        row.getInt("unchanged"),
                        row.getInt("doubts"),
                        row.getInt("undecided"),
                        row.getInt("errors")),
                standing == 0 ? 0 : (int) (departures * 100L / standing),
                limit,
                waits && departures * 100L > (long) limit * standing);
    }

    private Row row(ResultSet row, Locale locale) throws SQLException {
        String error = row.getString("error");
        String note = row.getString("note");
        String argument = row.getString("error_arg");
        String shown = row.getString("shown");
        String decision = row.getString("decision");
        String name = java.util.stream.Stream.of(row.getString("given_name"), row.getString("usual_name"))
                .filter(java.util.Objects::nonNull)
                .collect(java.util.stream.Collectors.joining(" "));
        String message = error != null
                ? messages.getMessage(
                        "refusal." + error,
                        new Object[] {argument == null ? "" : argument, argument == null ? "" : argument},
                        error,
                        locale)
                : note == null ? null : messages.getMessage("import.note." + note, null, note, locale);
        return new Row(
                Math.max(0, row.getInt("line")),
                row.getString("what"),
                name,
                row.getString("reference"),
                message,
                json.readValue(row.getString("changes"), new TypeReference<List<Change>>() {}),
                shown == null ? List.of() : json.readValue(shown, new TypeReference<List<Candidate>>() {}),
                decision == null ? null : new Decision(decision, row.getObject("decided", UUID.class)));
    }
}
