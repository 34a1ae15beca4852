package org.entente.directory.imports;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.ChangeSetId;
import org.entente.directory.changes.ChangeSets;
import org.entente.directory.changes.ChangeTrace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Carries out a dry run in one transaction: all of it, or nothing. */
@Component
class ImportApplier {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Analysis analysis;
    private final ImportProgress progress;
    private final ChangeSets changes;
    private final ChangeTrace trace;
    private final Ledger ledger;

    ImportApplier(
            JdbcClient jdbc,
            Clock clock,
            Analysis analysis,
            ImportProgress progress,
            ChangeSets changes,
            ChangeTrace trace,
            Ledger ledger) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.analysis = analysis;
        this.progress = progress;
        this.changes = changes;
        this.trace = trace;
        this.ledger = ledger;
    }

    @Transactional
    public void apply(UUID id, UUID member, String fileName, String digest, Author author) {
        progress.hold(id);
        // Whoever adds to this member or changes its affiliations waits until this is done: the dry run stays true.
        jdbc.sql("SELECT id FROM directory.member WHERE id = ? FOR UPDATE")
                .param(member)
                .query(UUID.class)
                .single();
        jdbc.sql("SELECT id FROM directory.affiliation WHERE member = ? AND phase <> 'ended' ORDER BY id FOR UPDATE")
                .param(member)
                .query(UUID.class)
                .list();
        progress.at(id, 10);
        OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(java.time.ZoneOffset.UTC);
        Analysis.Outcome outcome = analysis.run(id, member, now, clock.getZone().getId());
        if (!outcome.digest().equals(digest)) {
            throw Refusal.conflict("import.outdated");
        }
        progress.at(id, 30);
        String source = jdbc.sql("SELECT source FROM directory.import WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
        Map<String, Object> params = Map.of("id", id, "member", member, "now", now, "source", source);
        units(params);
        List<UUID> ended = ids("""
                UPDATE directory.affiliation a SET phase = 'ended', end_reason = 'import', version = version + 1,
                       valid_until = greatest(a.valid_from, least(coalesce(r.until, :now), :now))
                FROM directory.import_row r WHERE r.import = :id AND r.what = 'departure' AND a.id = r.affiliation RETURNING a.id""", params);
        people(params, author);
        progress.at(id, 40);
        List<UUID> changed = ids("""
                UPDATE directory.affiliation a SET function = r.function, unit = coalesce(u.id, a.unit), address = coalesce(r.address, a.address),
                       phone = coalesce(r.phone, a.phone), weekly_share = coalesce(r.share, a.weekly_share), kind = coalesce(r.kind, a.kind),
                       valid_from = coalesce(r.since, a.valid_from), valid_until = CASE WHEN r.keeps_end THEN a.valid_until WHEN NOT r.endless THEN coalesce(r.until, a.valid_until) END,
                       reference = coalesce(CASE WHEN NOT r.keeps_reference THEN r.reference END, a.reference), source = :source, source_key = coalesce(r.key, a.source_key), version = version + 1
                FROM directory.import_row r LEFT JOIN import_unit u ON u.unit_name = r.unit_name
                WHERE r.import = :id AND r.what = 'change' AND a.id = r.affiliation RETURNING a.id""", params);
        List<UUID> started = arrivals("since <= :now OR since IS NULL", "current", params);
        List<UUID> planned = arrivals("since > :now", "planned", params);
        progress.at(id, 55);
        trace.affiliations("affiliation.ended", ended, author);
        trace.affiliations("affiliation.changed", changed, author);
        trace.affiliations("affiliation.started", started, author);
        trace.affiliations("affiliation.planned", planned, author);
        ledger.record(new Entry(
                author,
                "import.applied",
                member,
                "import",
                id.toString(),
                fileName,
                Map.of(),
                Map.of(
                        "arrivals",
                        started.size() + planned.size(),
                        "changes",
                        changed.size(),
                        "departures",
                        ended.size())));
        progress.at(id, 70);
        if (ended.size() + changed.size() + started.size() + planned.size() > 0) {
            ChangeSetId set = changes.open("import", author);
            changes.add(set, ended, "ended");
            changes.add(set, changed, "changed");
            changes.add(set, started, "started");
            changes.add(set, planned, "planned");
            changes.tell(set);
        }
        progress.at(id, 95);
        jdbc.sql("UPDATE directory.import SET state = 'applied', progress = 100, error = NULL WHERE id = ?")
                .param(id)
                .update();
        jdbc.sql("""
                INSERT INTO directory.import_mapping (member, columns) SELECT member, columns FROM directory.import WHERE id = ? AND source = 'hr'
                ON CONFLICT (member) DO UPDATE SET columns = excluded.columns""").param(id).update();
    }

    /** The names of units in the file, few whatever the lines, with the unit each means: by code, else by name or path. */
    private static final String MEANT = """
            WITH name AS (SELECT DISTINCT unit_name, base.plain(unit_name) AS plain FROM directory.import_row
                          WHERE import = :id AND what IN ('arrival', 'change') AND unit_name IS NOT NULL),
                 known AS (SELECT n.id, n.code, base.plain(n.name) AS name, base.plain(v.full_name) AS path
                           FROM directory.unit n JOIN directory.v_unit v ON v.id = n.id WHERE n.member = :member AND NOT n.closed)
            SELECT DISTINCT ON (unit_name) unit_name, id FROM (
                SELECT unit_name, id, 1 AS rank FROM name JOIN known ON known.code = unit_name
                UNION ALL SELECT unit_name, id, 2 FROM name JOIN known ON known.name = name.plain
                UNION ALL SELECT unit_name, id, 2 FROM name JOIN known ON known.path = name.plain) found
            ORDER BY unit_name, rank, id""";

    /**
     * Makes the units that the file names and the member does not have, and leaves all of them in {@code import_unit} until the end of this transaction: they are
     * looked up once, not once a line.
     */
    private void units(Map<String, Object> params) {
        jdbc.sql("""
                INSERT INTO directory.unit (member, name)
                SELECT :member::uuid, min(r.unit_name) FROM (
                    SELECT DISTINCT unit_name FROM directory.import_row
                    WHERE import = :id AND what IN ('arrival', 'change') AND unit_name IS NOT NULL) r
                WHERE r.unit_name NOT IN (SELECT k.unit_name FROM (%s) k) GROUP BY base.plain(r.unit_name)""".formatted(MEANT)).params(params).update();
        jdbc.sql("CREATE TEMPORARY TABLE import_unit (unit_name text PRIMARY KEY, id uuid NOT NULL) ON COMMIT DROP")
                .update();
        jdbc.sql("INSERT INTO import_unit (unit_name, id) " + MEANT)
                .params(params)
                .update();
        jdbc.sql("ANALYZE import_unit").update();
    }

    private void people(Map<String, Object> params, Author author) {
        jdbc.sql("""
                WITH renamed AS (
                    UPDATE directory.person p SET usual_name = r.usual_name, given_name = r.given_name, birth_name = coalesce(r.birth_name, p.birth_name),
                           birth_date = coalesce(r.birth_date, p.birth_date), version = version + 1
                    FROM directory.import_row r WHERE r.import = :id AND r.what IN ('change', 'arrival') AND p.id = r.person AND EXISTS (
                        SELECT FROM jsonb_array_elements(r.changes) c WHERE c ->> 'field' IN ('usualName', 'givenName', 'birthName', 'birthDate'))
                    RETURNING p.id, p.given_name || ' ' || p.usual_name AS label)
                SELECT DISTINCT r.id, r.label, a.member FROM renamed r JOIN directory.affiliation a ON a.person = r.id AND a.member <> :member AND a.phase <> 'ended'""")
                .params(params)
                .query((row, n) -> new Entry(
                        author,
                        "person.changed-elsewhere",
                        row.getObject("member", UUID.class),
                        "person",
                        row.getString("id"),
                        row.getString("label"),
                        Map.of(),
                        Map.of()))
                .list()
                .forEach(ledger::record);
        // Two lines of one human being, told by name and birth date, make one person.
        jdbc.sql("""
                UPDATE directory.import_row r SET person = n.person, is_new = true FROM (
                    SELECT person, unnest(lines) AS line FROM (
                        SELECT uuidv7() AS person, array_agg(line) AS lines FROM directory.import_row
                        WHERE import = :id AND what = 'arrival' AND person IS NULL
                        GROUP BY g, u, birth_date, CASE WHEN birth_date IS NULL THEN line END) one OFFSET 0) n
                WHERE r.import = :id AND r.line = n.line""").params(params).update();
        jdbc.sql("""
                INSERT INTO directory.person (id, given_name, usual_name, birth_name, birth_date)
                SELECT DISTINCT ON (person) person, given_name, usual_name, birth_name, birth_date FROM directory.import_row
                WHERE import = :id AND is_new ORDER BY person, line""").params(params).update();
    }

    private List<UUID> arrivals(String when, String phase, Map<String, Object> params) {
        return ids("""
                INSERT INTO directory.affiliation (person, member, kind, function, unit, address, phone, weekly_share, valid_from, valid_until, phase, source, reference, source_key)
                SELECT r.person, :member, coalesce(r.kind, 'agent'), r.function, u.id, r.address, r.phone, r.share, coalesce(r.since, :now), r.until, '%s', :source, CASE WHEN NOT r.keeps_reference THEN r.reference END, r.key
                FROM directory.import_row r LEFT JOIN import_unit u ON u.unit_name = r.unit_name
                WHERE r.import = :id AND r.what = 'arrival' AND (%s) RETURNING id""".formatted(phase, when.replace("since", "r.since")), params);
    }

    private List<UUID> ids(String sql, Map<String, Object> params) {
        return jdbc.sql(sql).params(params).query(UUID.class).list();
    }
}
