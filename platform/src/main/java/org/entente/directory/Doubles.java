package org.entente.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Persons of the directory who may be one human being, by the same rule as in the form and the import. Nothing is merged: accounts, rights and the ledger of
 * two persons cannot be made those of one. Who looked and found two people says why, and the ledger keeps it.
 */
@Component
class Doubles {

    static final String KEPT_APART = "person.kept-apart";

    /**
     * Pairs who both hold a live affiliation. Each rule of {@code directory.likeness} is reached by an equality, so that 30,000 persons are joined and not compared one by one:
     * similar names share a word of each; a birth date alone would not do, since files know one date for everybody.
     */
    private static final String PAIRS = """
            WITH living AS MATERIALIZED (
                SELECT p.id, p.birth_date, p.plain_given, p.plain_usual, p.plain_birth FROM directory.person p
                WHERE EXISTS (SELECT FROM directory.affiliation a WHERE a.person = p.id AND a.phase = 'current')),
            word AS MATERIALIZED (
                SELECT DISTINCT l.id, l.birth_date, g.word AS given, u.word AS usual
                FROM living l, unnest(string_to_array(l.plain_given, ' ')) AS g(word),
                     unnest(string_to_array(concat_ws(' ', l.plain_usual, l.plain_birth), ' ')) AS u(word)
                WHERE l.birth_date IS NOT NULL AND g.word <> '' AND u.word <> ''),
            near AS (
                SELECT a.id AS one, b.id AS other FROM living a JOIN living b ON a.plain_given = b.plain_given AND a.plain_usual = b.plain_usual
                UNION
                SELECT a.id, b.id FROM living a JOIN living b ON a.plain_given = b.plain_given AND a.plain_birth = b.plain_usual
                UNION
                SELECT a.id, b.id FROM living a JOIN living b ON a.plain_given = b.plain_given AND a.plain_birth = b.plain_birth
                UNION
                SELECT a.id, b.id FROM living a JOIN living b ON a.plain_given = b.plain_usual AND a.plain_usual = b.plain_given
                                                              AND a.birth_date = b.birth_date
                UNION
                SELECT a.id, b.id FROM word a JOIN word b USING (birth_date, given, usual)),
            ordered AS (SELECT DISTINCT least(one, other) AS one, greatest(one, other) AS other FROM near WHERE one <> other),
            pair AS (
                SELECT o.one, o.other, a.plain_usual, a.plain_given,
                       directory.likeness(a.plain_given, a.plain_usual, a.plain_birth, a.birth_date, b) AS why
                FROM ordered o JOIN directory.person a ON a.id = o.one JOIN directory.person b ON b.id = o.other),
            apart AS (
                SELECT e.subject::uuid AS one, (e.after::json ->> 'other')::uuid AS other FROM audit.v_entry e
                WHERE e.act = 'person.kept-apart' AND (e.member IS NULL OR e.member = :member::uuid))
            SELECT p.one, p.other, p.why, count(*) OVER () AS total FROM pair p
            WHERE p.why IS NOT NULL
              AND NOT EXISTS (SELECT FROM apart k WHERE (k.one, k.other) IN ((p.one, p.other), (p.other, p.one)))
              AND (:member::uuid IS NULL OR EXISTS (SELECT FROM directory.affiliation a
                   WHERE a.person IN (p.one, p.other) AND a.member = :member::uuid AND a.phase = 'current'))
            """;

    private final JdbcClient jdbc;
    private final PeopleFinder finder;
    private final Ledger ledger;

    Doubles(JdbcClient jdbc, PeopleFinder finder, Ledger ledger) {
        this.jdbc = jdbc;
        this.finder = finder;
        this.ledger = ledger;
    }

    /** @param why {@code name-and-birth-date}, {@code swapped-names}, {@code similar-name} or {@code name} */
    record Pair(DirectorySearch.Entry one, DirectorySearch.Entry other, String why) {}

    private record Row(UUID one, UUID other, String why, long total) {}

    /** @param member whose people are asked about; null for the whole territory */
    @Transactional(readOnly = true)
    Page<Pair> list(@Nullable MemberId member, int offset, int limit) {
        List<Row> rows = jdbc.sql(PAIRS + """
                        ORDER BY array_position(ARRAY['name-and-birth-date', 'swapped-names', 'similar-name', 'name'], p.why),
                                 p.plain_usual, p.plain_given, p.one, p.other
                        LIMIT :limit OFFSET :offset""")
                .param("member", member == null ? null : member.value())
                .param("limit", Page.size(limit))
                .param("offset", Math.max(0, offset))
                .query(Row.class)
                .list();
        Set<UUID> persons = new LinkedHashSet<>();
        rows.forEach(row -> persons.addAll(List.of(row.one(), row.other())));
        Map<UUID, DirectorySearch.Entry> entries = finder.entries(new ArrayList<>(persons), null).stream()
                .collect(Collectors.toMap(entry -> entry.person().id().value(), Function.identity()));
        List<Pair> pairs = new ArrayList<>();
        for (Row row : rows) {
            DirectorySearch.Entry one = entries.get(row.one());
            DirectorySearch.Entry other = entries.get(row.other());
            if (one != null && other != null) {
                pairs.add(new Pair(one, other, row.why()));
            }
        }
        return new Page<>(pairs, rows.isEmpty() ? 0 : rows.getFirst().total(), Math.max(0, offset));
    }

    /** They are two people: the pair is not shown any more, to this member or, by the operator, to anybody. */
    @Transactional
    void keepApart(@Nullable MemberId member, PersonId one, PersonId other, @Nullable String reason, Actor actor) {
        String why = Checks.text("reason", reason, 500);
        boolean shown = jdbc.sql(
                        PAIRS + " AND (p.one, p.other) IN ((:one::uuid, :two::uuid), (:two::uuid, :one::uuid))")
                .param("member", member == null ? null : member.value())
                .param("one", one.value())
                .param("two", other.value())
                .query(Row.class)
                .optional()
                .isPresent();
        if (!shown) {
            throw Refusal.notFound("doubles.unknown");
        }
        String names = jdbc.sql("""
                        SELECT string_agg(given_name || ' ' || usual_name, ' / ' ORDER BY id) FROM directory.person
                        WHERE id IN (?, ?)""")
                .params(one.value(), other.value())
                .query(String.class)
                .single();
        ledger.record(new Entry(
                actor.author(),
                KEPT_APART,
                member == null ? null : member.value(),
                "person",
                one.toString(),
                names,
                Map.of(),
                Map.of("other", other.toString(), "reason", why)));
    }
}
