package org.entente.directory.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Takes files in, analyses them, keeps decisions, and has them applied. */
@Component
class ImportDesk {

    private static final Logger log = LoggerFactory.getLogger(ImportDesk.class);
    private static final int PARSE_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;
    private final CsvIntake intake;
    private final Analysis analysis;
    private final ImportApplier applier;
    private final ImportProgress progress;
    private final ImportReader reader;

    ImportDesk(
            JdbcClient jdbc,
            DataSource dataSource,
            TransactionTemplate transaction,
            JsonMapper json,
            Clock clock,
            CsvIntake intake,
            Analysis analysis,
            ImportApplier applier,
            ImportProgress progress,
            ImportReader reader) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
        this.intake = intake;
        this.analysis = analysis;
        this.applier = applier;
        this.progress = progress;
        this.reader = reader;
    }

    /** Reads and analyses a file; a file that cannot be read leaves nothing behind. */
    UUID take(
            UUID member,
            String fileName,
            InputStreamSource file,
            @Nullable String separator,
            @Nullable String encoding,
            Author author) {
        CsvIntake.Shape shape = intake.shape(file, encoding, separator);
        return inTransaction(() -> {
            Map<String, String> columns = Columns.guess(shape.headers(), remembered(member));
            UUID id = jdbc.sql("""
                    INSERT INTO directory.import (member, file_name, state, at, author, encoding, separator, headers, columns)
                    VALUES (?, ?, 'analysing', ?, ?::jsonb, ?, ?, ?, ?::jsonb) RETURNING id""")
                    .params(
                            member,
                            fileName,
                            now(),
                            json.writeValueAsString(author),
                            shape.encoding().name().toLowerCase(java.util.Locale.ROOT),
                            String.valueOf(shape.separator()),
                            shape.headers().toArray(String[]::new),
                            json.writeValueAsString(columns))
                    .query(UUID.class)
                    .single();
            intake.take(file, shape, id);
            analyse(id, member, shape.headers(), columns);
            return id;
        });
    }

    void remap(UUID member, UUID id, Map<String, @Nullable String> asked) {
        inTransaction(() -> {
            ImportReader.Import known = open(member, id);
            if (!known.source().equals("hr")) {
                throw Refusal.conflict("import.not_a_file");
            }
            Map<String, String> columns = new LinkedHashMap<>();
            for (String field : Columns.FIELDS) {
                String header = asked.get(field);
                if (header != null && !header.isEmpty()) {
                    if (!known.headers().contains(header) || columns.containsValue(header)) {
                        throw Refusal.invalidField("columns", "import.column", header);
                    }
                    columns.put(field, header);
                }
            }
            jdbc.sql("UPDATE directory.import SET columns = ?::jsonb WHERE id = ?")
                    .params(json.writeValueAsString(columns), id)
                    .update();
            analyse(id, member, known.headers(), columns);
            return id;
        });
    }

    void decide(UUID member, UUID id, int line, String decision, @Nullable UUID person) {
        inTransaction(() -> {
            open(member, id);
            List<UUID> candidates =
                    jdbc.sql("""
                    SELECT (c ->> 'person')::uuid FROM directory.import_row r, jsonb_array_elements(r.candidates) c WHERE r.import = ? AND r.line = ?""").params(id, line).query(UUID.class).list();
            boolean known = !candidates.isEmpty()
                    && switch (decision) {
                        case "same" -> person != null && candidates.contains(person);
                        case "new", "skip" -> true;
                        default -> false;
                    };
            if (!known) {
                throw Refusal.invalidField("decision", "import.decision");
            }
            jdbc.sql("""
                    INSERT INTO directory.import_decision (import, line, decision, person) VALUES (?, ?, ?, ?::uuid)
                    ON CONFLICT (import, line) DO UPDATE SET decision = excluded.decision, person = excluded.person""")
                    .params(Arrays.asList(
                            id, line, decision, decision.equals("same") && person != null ? person.toString() : null))
                    .update();
            again(id, member);
            return id;
        });
    }

    void forget(UUID member, UUID id) {
        inTransaction(() -> {
            open(member, id);
            jdbc.sql("DELETE FROM directory.import WHERE id = ?").param(id).update();
            return id;
        });
    }

    /** Starts applying; what happens then is told by the import's state and progress. */
    void apply(UUID member, UUID id, @Nullable Integer confirmed, Author author) {
        apply(
                member,
                id,
                confirmed,
                author,
                work -> Thread.ofVirtual().name("import-" + id).start(work));
    }

    /** @param by carries it out: at once for a job of the clock, apart for a person who does not wait */
    void apply(UUID member, UUID id, @Nullable Integer confirmed, Author author, Executor by) {
        ImportReader.Import known = inTransaction(() -> {
            ImportReader.Import one = open(member, id);
            if (!one.missingColumns().isEmpty()) {
                throw Refusal.conflict("import.columns.missing");
            }
            // A file is corrected and sent again; the entry of a directory that cannot be read stays as it is, and
            // holds nobody else up.
            if (one.counts().errors() > 0 && one.source().equals("hr")) {
                throw Refusal.conflict("import.errors", one.counts().errors());
            }
            if (one.counts().undecided() > 0) {
                throw Refusal.conflict("import.undecided", one.counts().undecided());
            }
            if (endsTheirOwn(id, author)) {
                throw Refusal.conflict("import.own");
            }
            if (one.mustConfirmDepartures()
                    && !Integer.valueOf(one.counts().departures()).equals(confirmed)) {
                throw Refusal.conflict(
                        "import.departures", one.counts().departures(), one.departuresPercent(), one.departureLimit());
            }
            try {
                jdbc.sql(
                                "UPDATE directory.import SET state = 'applying', progress = 1, error = NULL, touched = now() WHERE id = ?")
                        .param(id)
                        .update();
            } catch (org.springframework.dao.DuplicateKeyException e) {
                throw Refusal.conflict("import.busy");
            }
            return one;
        });
        String digest = jdbc.sql("SELECT digest FROM directory.import WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
        by.execute(() -> carryOut(id, member, known.fileName(), digest, author));
    }

    /** Whoever applies a file that ends the very post in which they do it has most likely sent an incomplete one, and would be locked out. */
    private boolean endsTheirOwn(UUID id, Author author) {
        return author.capacity() != null
                && jdbc.sql(
                                "SELECT EXISTS (SELECT FROM directory.import_row WHERE import = ? AND what = 'departure' AND affiliation = ?)")
                        .params(id, author.capacity())
                        .query(Boolean.class)
                        .single();
    }

    private void carryOut(UUID id, UUID member, String fileName, String digest, Author author) {
        try {
            applier.apply(id, member, fileName, digest, author);
        } catch (Refusal refusal) {
            progress.over(id, "analysed", refusal.code());
            if (refusal.code().equals("import.outdated")) {
                inTransaction(() -> {
                    again(id, member);
                    return id;
                });
            }
        } catch (RuntimeException failure) {
            log.error("Import {} was not applied", id, failure);
            progress.over(id, "analysed", "import.failed");
        }
    }

    /** An apply whose node died has changed nothing: it may be asked for again. */
    @Scheduled(fixedDelayString = "PT10S")
    @SchedulerLock(name = "import-recovery")
    public void recover() {
        recover(Duration.ofSeconds(30));
    }

    void recover(Duration silent) {
        jdbc
                .sql(
                        "SELECT id FROM directory.import WHERE state = 'applying' AND touched <= now() - make_interval(secs => ?)")
                .param(silent.toSeconds())
                .query(UUID.class)
                .list()
                .stream()
                .filter(id -> !progress.isHeld(id))
                .forEach(id -> progress.over(id, "analysed", "import.interrupted"));
    }

    void analyse(UUID id, UUID member, List<String> headers, Map<String, String> columns) {
        jdbc.sql("DELETE FROM directory.import_row WHERE import = ?").param(id).update();
        if (Columns.missing(columns).isEmpty()) {
            parse(id, headers, columns);
        }
        again(id, member);
    }

    private void parse(UUID id, List<String> headers, Map<String, String> columns) {
        Map<String, Integer> places = new HashMap<>();
        columns.forEach((field, header) -> places.put(field, headers.indexOf(header)));
        RowReader rowReader = new RowReader(id, places, clock);
        record Raw(int line, List<String> cells) {}
        int after = -1;
        while (true) {
            List<Raw> raws = jdbc.sql(
                            "SELECT line, cells FROM directory.import_line WHERE import = ? AND line > ? ORDER BY line LIMIT ?")
                    .params(id, after, PARSE_AT_ONCE)
                    .query((row, number) -> new Raw(
                            row.getInt(1), List.of((String[]) row.getArray(2).getArray())))
                    .list();
            if (raws.isEmpty()) {
                return;
            }
            CopyText.fill(dataSource, RowReader.TARGET, rows -> {
                for (Raw raw : raws) {
                    rowReader.read(raw.line(), raw.cells(), rows);
                }
            });
            after = raws.getLast().line();
        }
    }

    private void again(UUID id, UUID member) {
        Analysis.Outcome outcome =
                analysis.run(id, member, now(), clock.getZone().getId());
        jdbc.sql("UPDATE directory.import SET state = 'analysed', digest = ? WHERE id = ?")
                .params(Arrays.asList(outcome.digest() == null ? "" : outcome.digest(), id))
                .update();
    }

    /** Locked, and not on its way already. */
    private ImportReader.Import open(UUID member, UUID id) {
        jdbc.sql("SELECT id FROM directory.import WHERE id = ? AND member = ? FOR UPDATE")
                .params(id, member)
                .query(UUID.class)
                .list();
        ImportReader.Import known = reader.one(member, id, java.util.Locale.FRENCH);
        if (known.state().equals("applying")) {
            throw Refusal.conflict("import.busy");
        }
        if (known.state().equals("applied")) {
            throw Refusal.conflict("import.done");
        }
        return known;
    }

    private Map<String, String> remembered(UUID member) {
        return jdbc.sql("SELECT columns FROM directory.import_mapping WHERE member = ?")
                .param(member)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, new TypeReference<Map<String, String>>() {}))
                .orElse(Map.of());
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
