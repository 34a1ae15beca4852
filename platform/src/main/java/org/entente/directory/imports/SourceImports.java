package org.entente.directory.imports;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The door for sources in rooms above: what they have read becomes a dry run like that of a file, and is applied by the same rules. */
@Component
public class SourceImports {

    private static final String KEY = "key";
    private static final int LONGEST_KEY = 200;

    /**
     * What a source says of one person: values by the fields of an import ({@code givenName}, {@code usualName}, {@code function}, {@code unit}, {@code address},
     * {@code phone}, {@code reference}, {@code from}, {@code until} as ISO dates, the last day included; the year 9999 takes an end back).
     *
     * @param key what the source calls this entry for good, whatever becomes of the name
     */
    public record Said(String key, Map<String, String> values) {
        public Said {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new IllegalArgumentException("A key has 1 to " + LONGEST_KEY + " characters");
            }
            values = Map.copyOf(values);
        }
    }

    /** What a dry run comes to. */
    public record Run(UUID id, String state, int arrivals, int changes, int departures, int undecided, int errors) {
        public boolean changesNothing() {
            return arrivals + changes + departures + undecided == 0;
        }
    }

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;
    private final ImportDesk desk;
    private final ImportReader reader;

    SourceImports(
            JdbcClient jdbc,
            DataSource dataSource,
            TransactionTemplate transaction,
            JsonMapper json,
            Clock clock,
            ImportDesk desk,
            ImportReader reader) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
        this.desk = desk;
        this.reader = reader;
    }

    /**
     * Analyses all that a source says of a member's people. Dry runs of the same source that were never applied are superseded; what a human decided in the
     * last one counts again for the same entries with the same doubt.
     */
    public Run take(MemberId member, String source, String name, List<Said> all, Author author) {
        UUID made = Objects.requireNonNull(transaction.execute(status -> {
            List<String> fields = new ArrayList<>(Columns.FIELDS);
            fields.add(KEY);
            Map<String, String> columns = new HashMap<>();
            fields.forEach(field -> columns.put(field, field));
            UUID id = jdbc.sql("""
                    INSERT INTO directory.import (member, source, file_name, state, at, author, encoding, separator, headers, columns)
                    VALUES (?, ?, ?, 'analysing', ?, ?::jsonb, '', '', ?, ?::jsonb) RETURNING id""")
                    .params(
                            member.value(),
                            source,
                            name,
                            OffsetDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC),
                            json.writeValueAsString(author),
                            fields.toArray(String[]::new),
                            json.writeValueAsString(columns))
                    .query(UUID.class)
                    .single();
            CopyText.fill(dataSource, "directory.import_line (import, line, cells)", rows -> {
                int line = 0;
                for (Said said : all) {
                    rows.row(id, ++line, CopyText.array(cells(fields, said)));
                }
            });
            desk.analyse(id, member.value(), fields, columns);
            if (decideAsBefore(id, member, source)) {
                desk.analyse(id, member.value(), fields, columns);
            }
            jdbc.sql("DELETE FROM directory.import WHERE member = ? AND source = ? AND state = 'analysed' AND id <> ?")
                    .params(member.value(), source, id)
                    .update();
            return id;
        }));
        return run(member, made);
    }

    public Run run(MemberId member, UUID id) {
        ImportReader.Import one = reader.one(member.value(), id, Locale.FRENCH);
        ImportReader.Counts counts = one.counts();
        return new Run(
                id,
                one.state(),
                counts.arrivals(),
                counts.changes(),
                counts.departures(),
                counts.undecided(),
                counts.errors());
    }

    /**
     * Applies it now as a human would who confirms nothing: a refusal says for what a human is needed.
     *
     * @return how it ended; not {@code applied} when the directory was changed meanwhile, or the database went away
     */
    public Run apply(MemberId member, UUID id, Author author) {
        desk.apply(member.value(), id, null, author, Runnable::run);
        return run(member, id);
    }

    /** Forgets a dry run that has nothing to tell. */
    public void forget(MemberId member, UUID id) {
        desk.forget(member.value(), id);
    }

    private boolean decideAsBefore(UUID id, MemberId member, String source) {
        return jdbc.sql("""
                INSERT INTO directory.import_decision (import, line, decision, person)
                SELECT DISTINCT ON (r.line) r.import, r.line, d.decision, d.person
                FROM directory.import i JOIN directory.import_decision d ON d.import = i.id
                JOIN directory.import_row o ON o.import = i.id AND o.line = d.line
                JOIN directory.import_row r ON r.import = :id AND r.key = o.key AND r.what = 'doubt'
                WHERE i.id = (SELECT id FROM directory.import WHERE member = :member AND source = :source AND id <> :id ORDER BY at DESC, id DESC LIMIT 1)
                ORDER BY r.line""")
                        .param("id", id)
                        .param("member", member.value())
                        .param("source", source)
                        .update()
                > 0;
    }

    private static List<String> cells(List<String> fields, Said said) {
        for (String field : said.values().keySet()) {
            if (field.equals(KEY) || !fields.contains(field)) {
                throw Refusal.invalid("import.column", field);
            }
        }
        return fields.stream()
                .map(field -> field.equals(KEY) ? said.key() : said.values().getOrDefault(field, ""))
                .toList();
    }
}
