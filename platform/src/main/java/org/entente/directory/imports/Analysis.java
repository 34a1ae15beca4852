package org.entente.directory.imports;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Bulk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says what each line means for the directory as it is now, in a handful of statements over all lines. Changes nothing outside of the import. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Analysis {

    private static final int FEW = 500;

    /** Field by field; an empty cell never erases. Joins the tree of units, which has no index to look a unit up by. */
    private static final String FIELD_BY_FIELD = """
            UPDATE directory.import_row r SET changes = c.changes,
                   what = CASE WHEN r.until <= :now THEN 'departure' WHEN c.changes = '[]' THEN 'unchanged' ELSE 'change' END
            FROM (SELECT r.line, coalesce((SELECT jsonb_agg(jsonb_build_object('field', f.field, 'before', f.before, 'after', f.after) ORDER BY f.nth)
                         FROM (VALUES (1, 'usualName', p.usual_name, r.usual_name), (2, 'birthName', p.birth_name, r.birth_name),
                                      (3, 'givenName', p.given_name, r.given_name), (4, 'birthDate', p.birth_date::text, r.birth_date::text),
                                      (5, 'function', a.function, r.function), (6, 'unit', CASE WHEN r.unit_name = n.code OR base.plain(r.unit_name) IN (base.plain(u.name), base.plain(u.full_name))
                                           THEN r.unit_name ELSE u.name END, r.unit_name),
                                      (7, 'address', a.address, r.address), (8, 'phone', a.phone, r.phone), (9, 'weeklyShare', a.weekly_share::text, r.share::text),
                                      (10, 'kind', a.kind, r.kind), (11, 'from', to_char(a.valid_from AT TIME ZONE :zone, 'YYYY-MM-DD'), to_char(r.since AT TIME ZONE :zone, 'YYYY-MM-DD')),
                                      (12, 'until', to_char(a.valid_until AT TIME ZONE :zone - interval '1 second', 'YYYY-MM-DD'),
                                           CASE WHEN NOT r.keeps_end THEN to_char(r.until AT TIME ZONE :zone - interval '1 second', 'YYYY-MM-DD') END),
                                      (13, 'reference', a.reference, CASE WHEN NOT r.keeps_reference THEN r.reference END), (14, 'key', a.source_key, r.key),
                                      (15, 'source', CASE WHEN r.key IS NOT NULL THEN a.source END, CASE WHEN r.key IS NOT NULL THEN :source END)) f(nth, field, before, after)
                         WHERE (f.after IS NOT NULL OR f.field = 'until' AND r.endless AND NOT r.keeps_end) AND f.before IS DISTINCT FROM f.after), '[]') AS changes
                  FROM directory.import_row r JOIN directory.affiliation a ON a.id = r.affiliation JOIN directory.person p ON p.id = a.person
                  LEFT JOIN directory.v_unit u ON u.id = a.unit LEFT JOIN directory.unit n ON n.id = a.unit
                  WHERE r.import = :id AND r.what IS NULL) c
            WHERE r.import = :id AND r.line = c.line""";

    /** In order; each uses what those before it have found. */
    private static final List<String> STEPS = List.of(
            """
            DELETE FROM directory.import_row WHERE import = :id AND line < 0""",
            """
            UPDATE directory.import_row SET what = CASE WHEN error IS NULL THEN NULL ELSE 'error' END, affiliation = NULL, person = NULL,
                   note = NULL, is_new = false, keeps_end = false, keeps_reference = false, changes = '[]', candidates = '[]', error_arg = CASE WHEN error LIKE 'import.row.%' THEN NULL ELSE error_arg END
            WHERE import = :id""",
            """
            UPDATE directory.import_row SET error = NULL, what = NULL WHERE import = :id AND error LIKE 'import.row.%'""",
            // The same payroll number twice, or the same person in the same post twice.
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.duplicate', error_arg = d.first::text
            FROM (SELECT line, min(line) OVER (PARTITION BY coalesce(key, reference, g || '|' || u || '|' || coalesce(birth_date::text, '') || '|'
                         || base.plain(function))) AS first
                  FROM directory.import_row WHERE import = :id AND what IS NULL) d
            WHERE r.import = :id AND r.line = d.line AND d.first < d.line""",
            // The key of a source says which affiliation, whatever the name, unless all of the name is another: entries
            // are given on to successors.
            """
            UPDATE directory.import_row r SET affiliation = m.id, person = m.person,
                   what = CASE WHEN m.other THEN 'doubt' END,
                   candidates = CASE WHEN m.other THEN jsonb_build_array(jsonb_build_object('person', m.person, 'why', ARRAY['key'])) ELSE '[]' END
            FROM (SELECT DISTINCT ON (r.line) r.line, a.id, a.person,
                         r.g <> p.plain_given AND r.u <> p.plain_usual AND r.u IS DISTINCT FROM p.plain_birth AND coalesce(r.until > :now, true) AS other
                  FROM directory.import_row r JOIN directory.affiliation a ON a.member = :member AND a.source_key = r.key AND a.phase <> 'ended'
                  JOIN directory.person p ON p.id = a.person
                  WHERE r.import = :id AND r.what IS NULL ORDER BY r.line, a.source = :source DESC, a.id) m
            WHERE r.import = :id AND r.line = m.line""",
            // The payroll number says which affiliation, unless it is plainly somebody else's name.
            """
            UPDATE directory.import_row r SET affiliation = m.id, person = m.person,
                   what = CASE WHEN m.other THEN 'doubt' END,
                   candidates = CASE WHEN m.other THEN jsonb_build_array(jsonb_build_object('person', m.person, 'why', ARRAY['reference'])) ELSE '[]' END
            FROM (SELECT DISTINCT ON (r.line) r.line, a.id, a.person,
                         directory.likeness(r.g, r.u, r.b, r.birth_date, p) IS NULL AND r.g <> p.plain_given
                         AND r.u <> p.plain_usual AND r.u IS DISTINCT FROM p.plain_birth AS other
                  FROM directory.import_row r JOIN directory.affiliation a ON a.member = :member AND a.reference = r.reference AND a.phase <> 'ended'
                  JOIN directory.person p ON p.id = a.person
                  WHERE r.import = :id AND r.what IS NULL AND r.affiliation IS NULL
                    AND (r.key IS NULL OR NOT EXISTS (SELECT FROM directory.import_row o WHERE o.import = :id AND o.affiliation = a.id))
                  ORDER BY r.line, a.source = :source DESC, a.id) m
            WHERE r.import = :id AND r.line = m.line""",
            // Without a common number: the same name and birth date (or name alone, when one side has no date) in this
            // member. A partner is not somebody else by name alone; and what an invitation made, with names that
            // whoever
            // invited chose, is nobody's until a human says so.
            """
            UPDATE directory.import_row r SET affiliation = m.id, person = m.person FROM (
                SELECT DISTINCT ON (id) * FROM (
                    SELECT DISTINCT ON (r.line) r.line, a.id, a.person
                    FROM directory.import_row r JOIN directory.person p ON p.plain_given = r.g AND (p.plain_usual IN (r.u, r.b) OR p.plain_birth IN (r.u, r.b))
                    JOIN directory.affiliation a ON a.person = p.id AND a.member = :member AND a.phase <> 'ended'
                    WHERE r.import = :id AND r.what IS NULL AND r.affiliation IS NULL AND (r.reference IS NULL OR a.reference IS NULL)
                      AND a.source <> 'invitation'
                      AND (directory.likeness(r.g, r.u, r.b, r.birth_date, p) = 'name-and-birth-date'
                           OR directory.likeness(r.g, r.u, r.b, r.birth_date, p) = 'name' AND (a.kind <> 'partner' OR r.kind = 'partner'))
                      AND NOT EXISTS (SELECT FROM directory.import_row o WHERE o.import = :id AND o.affiliation = a.id)
                    ORDER BY r.line, base.plain(a.function) = base.plain(r.function) DESC, a.id) one
                ORDER BY id, line) m
            WHERE r.import = :id AND r.line = m.line""",
            // Whose entry this was before has come back, unless a human ended it here: what an administrator ended
            // stays ended.
            """
            UPDATE directory.import_row r SET person = CASE WHEN m.ours THEN m.person END, what = CASE WHEN NOT m.ours THEN 'unchanged' END,
                   note = CASE WHEN NOT m.ours THEN 'ended-here' END
            FROM (SELECT DISTINCT ON (r.line) r.line, a.person, coalesce(a.end_reason IN ('import', 'term'), false) AS ours
                  FROM directory.import_row r JOIN directory.affiliation a ON a.member = :member AND a.source_key = r.key AND a.phase = 'ended'
                  JOIN directory.person p ON p.id = a.person
                  WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL AND (r.g = p.plain_given OR r.u IN (p.plain_usual, p.plain_birth))
                  ORDER BY r.line, a.valid_until DESC, a.id DESC) m
            WHERE r.import = :id AND r.line = m.line""",
            // Somebody this member knows, by more than an invitation, in a post it does not know: sure, unless a number
            // of
            // theirs is missing from the file.
            """
            UPDATE directory.import_row r SET person = m.person,
                   what = CASE WHEN m.orphan THEN 'doubt' END,
                   candidates = CASE WHEN m.orphan THEN jsonb_build_array(jsonb_build_object('person', m.person, 'why', ARRAY['reference-changed'])) ELSE '[]' END
            FROM (SELECT DISTINCT ON (r.line) r.line, p.id AS person,
                         EXISTS (SELECT FROM directory.affiliation a WHERE a.person = p.id AND a.member = :member AND a.phase <> 'ended' AND a.source = :source
                                 AND NOT EXISTS (SELECT FROM directory.import_row o WHERE o.import = :id AND o.affiliation = a.id)) AS orphan
                  FROM directory.import_row r JOIN directory.person p ON p.birth_date = r.birth_date AND p.plain_given = r.g AND p.plain_usual = r.u
                  WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL
                    AND EXISTS (SELECT FROM directory.affiliation a WHERE a.person = p.id AND a.member = :member AND a.source <> 'invitation')
                  ORDER BY r.line, p.id) m
            WHERE r.import = :id AND r.line = m.line""",
            // Somebody who may be known under another name, in another member, or by the address.
            """
            UPDATE directory.import_row r SET what = 'doubt', candidates = c.found FROM (
                SELECT line, jsonb_agg(jsonb_build_object('person', person, 'why', why) ORDER BY person) AS found FROM (
                    SELECT line, person, array_agg(DISTINCT why ORDER BY why) AS why FROM (
                        SELECT r.line, p.id AS person, directory.likeness(r.g, r.u, r.b, r.birth_date, p) AS why
                        FROM directory.import_row r JOIN directory.person p ON p.birth_date = r.birth_date
                        WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL
                        UNION ALL
                        SELECT r.line, p.id, directory.likeness(r.g, r.u, r.b, r.birth_date, p)
                        FROM directory.import_row r JOIN directory.person p ON p.plain_usual = r.u AND p.plain_given = r.g
                        WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL
                        UNION ALL
                        SELECT r.line, p.id, directory.likeness(r.g, r.u, r.b, r.birth_date, p)
                        FROM directory.import_row r JOIN directory.person p ON p.plain_birth = r.u AND p.plain_given = r.g
                        WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL
                        UNION ALL
                        SELECT r.line, p.id, directory.likeness(r.g, r.u, r.b, r.birth_date, p)
                        FROM directory.import_row r JOIN directory.person p ON p.plain_usual = r.b AND p.plain_given = r.g
                        WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL
                        UNION ALL
                        SELECT r.line, a.person, 'address' FROM directory.import_row r JOIN directory.affiliation a ON a.address = r.address
                        WHERE r.import = :id AND r.what IS NULL AND r.person IS NULL AND a.phase <> 'ended') hit
                    WHERE why IS NOT NULL GROUP BY line, person) one
                GROUP BY line) c
            WHERE r.import = :id AND r.line = c.line""",
            // What a human decided.
            """
            UPDATE directory.import_row r SET what = CASE d.decision WHEN 'skip' THEN 'unchanged' END, note = CASE d.decision WHEN 'skip' THEN 'skipped' END,
                   person = CASE d.decision WHEN 'same' THEN d.person END,
                   affiliation = CASE d.decision WHEN 'same' THEN coalesce(CASE WHEN r.person = d.person THEN r.affiliation END,
                       (SELECT a.id FROM directory.affiliation a WHERE a.person = d.person AND a.member = :member AND a.phase <> 'ended' AND (a.source = :source OR r.key IS NOT NULL)
                        AND NOT EXISTS (SELECT FROM directory.import_row o WHERE o.import = :id AND o.affiliation = a.id AND o.line <> r.line)
                        ORDER BY base.plain(a.function) = base.plain(r.function) DESC, a.id LIMIT 1)) END
            FROM directory.import_decision d
            WHERE d.import = :id AND r.import = :id AND r.line = d.line AND r.what = 'doubt'
              AND (d.decision <> 'same' OR r.candidates @> jsonb_build_array(jsonb_build_object('person', d.person)))""",
            // Two lines that were said to be one person are two posts of theirs.
            """
            UPDATE directory.import_row r SET affiliation = NULL
            FROM (SELECT line, row_number() OVER (PARTITION BY affiliation ORDER BY line) AS nth
                  FROM directory.import_row WHERE import = :id AND affiliation IS NOT NULL) d
            WHERE r.import = :id AND r.line = d.line AND d.nth > 1""",
            // A source that knows of no end, or of a later one, does not take back the end that a human has set here;
            // and a payroll number is one affiliation's.
            """
            UPDATE directory.import_row r SET keeps_end = true FROM directory.affiliation a
            WHERE r.import = :id AND r.key IS NOT NULL AND a.id = r.affiliation AND a.end_reason IS NOT NULL AND (r.endless OR r.until > a.valid_until)""",
            """
            UPDATE directory.import_row r SET keeps_reference = true
            WHERE r.import = :id AND r.key IS NOT NULL AND EXISTS (SELECT FROM directory.affiliation a
                  WHERE a.member = :member AND a.reference = r.reference AND a.phase <> 'ended' AND a.id IS DISTINCT FROM r.affiliation)""",
            FIELD_BY_FIELD,
            """
            UPDATE directory.import_row SET what = CASE WHEN until <= :now THEN 'unchanged' ELSE 'arrival' END, note = CASE WHEN until <= :now THEN 'over' END
            WHERE import = :id AND what IS NULL""",
            // Somebody known who arrives here may be called otherwise by now. When they were born is not told of people
            // who never were here.
            """
            UPDATE directory.import_row r SET changes = c.changes
            FROM (SELECT r.line, coalesce((SELECT jsonb_agg(jsonb_build_object('field', f.field, 'before', CASE WHEN f.nth <> 4 OR h.ours THEN f.before END, 'after', f.after) ORDER BY f.nth)
                         FROM (VALUES (1, 'usualName', p.usual_name, r.usual_name), (2, 'birthName', p.birth_name, r.birth_name),
                                      (3, 'givenName', p.given_name, r.given_name), (4, 'birthDate', p.birth_date::text, r.birth_date::text))
                              f(nth, field, before, after)
                         WHERE f.after IS NOT NULL AND f.before IS DISTINCT FROM f.after), '[]') AS changes
                  FROM directory.import_row r JOIN directory.person p ON p.id = r.person,
                      LATERAL (SELECT EXISTS (SELECT FROM directory.affiliation o WHERE o.person = p.id AND o.member = :member) AS ours) h
                  WHERE r.import = :id AND r.what = 'arrival') c
            WHERE r.import = :id AND r.line = c.line""",
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.started' FROM directory.affiliation a
            WHERE r.import = :id AND a.id = r.affiliation AND r.what = 'change' AND a.phase = 'current' AND r.since > :now""",
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.reversed' FROM directory.affiliation a
            WHERE r.import = :id AND a.id = r.affiliation AND r.what = 'change' AND coalesce(r.since, a.valid_from) > coalesce(r.until, a.valid_until)""",
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.domain', error_arg = split_part(r.address, '@', 2)
            WHERE r.import = :id AND r.what IN ('arrival', 'change') AND r.address IS NOT NULL
              AND NOT EXISTS (SELECT FROM directory.mail_domain d WHERE d.member = :member AND d.verified_at IS NOT NULL AND d.domain = split_part(r.address, '@', 2))
              AND NOT EXISTS (SELECT FROM directory.affiliation a WHERE a.person = r.person AND a.address = r.address)
              AND NOT (coalesce(r.kind, 'agent') = 'partner' AND NOT EXISTS (SELECT FROM directory.mail_domain d
                       WHERE d.verified_at IS NOT NULL AND d.domain = split_part(r.address, '@', 2)))""",
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.address', error_arg = r.address
            WHERE r.import = :id AND r.what IN ('arrival', 'change') AND r.address IS NOT NULL
              AND EXISTS (SELECT FROM directory.affiliation a WHERE a.address = r.address AND a.person IS DISTINCT FROM r.person
                          AND tstzrange(a.valid_from, a.valid_until) && tstzrange(coalesce(r.since, :now), r.until))""",
            """
            UPDATE directory.import_row r SET what = 'error', error = 'import.row.address', error_arg = r.address
            FROM (SELECT line, min(line) OVER (PARTITION BY address) AS first, coalesce(person::text, g || '|' || u || '|' || birth_date::text, line::text) AS who,
                         first_value(coalesce(person::text, g || '|' || u || '|' || birth_date::text, line::text)) OVER (PARTITION BY address ORDER BY line) AS holder
                  FROM directory.import_row WHERE import = :id AND what IN ('arrival', 'change', 'unchanged') AND address IS NOT NULL) d
            WHERE r.import = :id AND r.line = d.line AND r.what IN ('arrival', 'change') AND d.who <> d.holder""",
            // Those that the source no longer names. A line in doubt, in error or skipped does not make anybody leave.
            """
            INSERT INTO directory.import_row (import, line, reference, given_name, usual_name, function, what, affiliation, person)
            SELECT :id, -row_number() OVER (ORDER BY p.plain_usual, p.plain_given, a.id), a.reference, p.given_name, p.usual_name, a.function, 'departure', a.id, a.person
            FROM directory.affiliation a JOIN directory.person p ON p.id = a.person
            WHERE a.member = :member AND a.source = :source AND a.phase <> 'ended'
              AND NOT EXISTS (SELECT FROM directory.import_row r WHERE r.import = :id AND r.affiliation = a.id)
              AND NOT EXISTS (SELECT FROM directory.import_row r WHERE r.import = :id AND r.what = 'error' AND (r.reference = a.reference OR r.key = a.source_key))
              AND a.person NOT IN (SELECT (c ->> 'person')::uuid FROM directory.import_row r, jsonb_array_elements(r.candidates) c
                                   WHERE r.import = :id AND (r.what = 'doubt' OR r.note = 'skipped'))""");

    /** What a dry run comes to; the digest is the same when, and only when, everything would be done the same. */
    record Outcome(String digest, long departures, long standing, long errors, long undecided) {}

    private final JdbcClient jdbc;

    Analysis(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Outcome run(UUID id, UUID member, OffsetDateTime now, String zone) {
        jdbc.sql("ANALYZE directory.import_row").update();
        String source = jdbc.sql("SELECT source FROM directory.import WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
        Map<String, Object> params = Map.of("id", id, "member", member, "now", now, "zone", zone, "source", source);
        boolean many = jdbc.sql("SELECT count(*) > :few FROM directory.import_row WHERE import = :id")
                .param("few", FEW)
                .param("id", id)
                .query(Boolean.class)
                .single();
        for (String step : STEPS) {
            Bulk.run(
                    jdbc,
                    many && step.equals(FIELD_BY_FIELD),
                    () -> jdbc.sql(step).params(params).update());
        }
        return outcome(id, member);
    }

    Outcome outcome(UUID id, UUID member) {
        return jdbc.sql("""
                SELECT md5(string_agg(concat_ws('|', line, what, affiliation, person, changes, error, note), E'\\n' ORDER BY line)) AS digest,
                       count(*) FILTER (WHERE what = 'departure') AS departures, count(*) FILTER (WHERE what = 'error') AS errors,
                       count(*) FILTER (WHERE what = 'doubt') AS undecided,
                       (SELECT count(*) FROM directory.affiliation a JOIN directory.import i ON i.id = :id AND a.source = i.source
                        WHERE a.member = :member AND a.phase <> 'ended') AS standing
                FROM directory.import_row WHERE import = :id""")
                .param("id", id)
                .param("member", member)
                .query((row, number) -> new Outcome(
                        row.getString("digest"),
                        row.getLong("departures"),
                        row.getLong("standing"),
                        row.getLong("errors"),
                        row.getLong("undecided")))
                .single();
    }
}
