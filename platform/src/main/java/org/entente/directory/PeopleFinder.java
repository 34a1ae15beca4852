package org.entente.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Every word typed is the beginning of a word of {@code search_entry}; the trigram index finds them. */
@Component
@Transactional(readOnly = true)
class PeopleFinder implements DirectorySearch {

    private static final int MOST_WORDS = 8;

    /** The persons of one page, by the rows that match, and how many there are in all. */
    record Found(List<UUID> persons, long total) {}

    private final JdbcClient jdbc;

    PeopleFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page<Entry> people(Query query) {
        Found found = find(query, Phase.CURRENT);
        return new Page<>(entries(found.persons(), null), found.total(), query.offset());
    }

    @Override
    public List<Entry> suggest(String q, int most) {
        Words names = words(q, "s.names");
        List<UUID> found = new ArrayList<>(first(names.sql, names.params, most));
        if (found.size() < most) {
            Words words = words(q, "s.words");
            first(words.sql + " AND NOT (TRUE" + names.sql + ")", words.params, most).stream()
                    .filter(person -> !found.contains(person))
                    .limit(most - found.size())
                    .forEach(found::add);
        }
        return entries(found, null);
    }

    private List<UUID> first(String filter, Map<String, Object> params, int most) {
        return jdbc.sql("SELECT DISTINCT s.sorted, s.person FROM directory.search_entry s WHERE s.current" + filter
                        + " ORDER BY s.sorted, s.person LIMIT :most")
                .params(params)
                .param("most", most)
                .query((row, number) -> row.getObject("person", UUID.class))
                .list();
    }

    @Override
    public Optional<Entry> person(PersonId person) {
        return entries(List.of(person.value()), null).stream().findFirst();
    }

    @Override
    public List<MemberRef> members(String q, int most) {
        Words words = words(q, "' ' || base.plain(name)");
        return jdbc.sql("SELECT id, name, siren, colour FROM directory.member WHERE status <> 'left'" + words.sql
                        + " ORDER BY base.plain(name) LIMIT :most")
                .params(words.params)
                .param("most", most)
                .query((row, number) -> Rows.member(row, "id", "name"))
                .list();
    }

    @Override
    public List<Held> functions(String q, int most) {
        Words words = words(q, "plain_function");
        return jdbc.sql(
                        """
                SELECT min(f.function), count(*) FROM (
                    SELECT plain_function, person, min(function) AS function FROM directory.affiliation
                    WHERE phase = 'current'""" + words.sql
                                + " GROUP BY plain_function, person) f GROUP BY f.plain_function ORDER BY 2 DESC, 1 LIMIT :most")
                .params(words.params)
                .param("most", most)
                .query((row, number) -> new Held(row.getString(1), row.getInt(2)))
                .list();
    }

    Found find(Query query, @Nullable Phase phase) {
        Words words = words(query.q(), "s.words");
        boolean keepers = phase != Phase.CURRENT && query.member() != null;
        // Only what the entries themselves do not say is looked up: a short word finds thousands of them.
        boolean joins =
                keepers || query.kind() != null || query.unit() != null || (phase != null && phase != Phase.CURRENT);
        StringBuilder filters =
                new StringBuilder(keepers ? " AND ((TRUE" + words.sql + ") OR a.reference = :reference)" : words.sql);
        Map<String, Object> params = new HashMap<>(words.params);
        if (keepers) {
            params.put("reference", query.q().strip());
        }
        if (phase == Phase.CURRENT) {
            filters.append(" AND s.current");
        } else if (phase != null) {
            filters.append(" AND a.phase = :phase");
            params.put("phase", phase.code());
        }
        if (query.member() != null) {
            filters.append(" AND s.member = :member");
            params.put("member", query.member().value());
        }
        if (query.kind() != null) {
            filters.append(" AND a.kind = :kind");
            params.put("kind", query.kind().code());
        }
        if (query.unit() != null) {
            filters.append(" AND a.unit IN (SELECT u.id FROM directory.v_unit u WHERE :unit = ANY (u.path))");
            params.put("unit", query.unit().value());
        }
        record Hit(UUID person, long total) {}
        List<Hit> hits = jdbc.sql("""
                WITH hit AS (SELECT s.person, s.sorted, min(CASE WHEN TRUE %s THEN 0 ELSE 1 END) AS rank
                             FROM directory.search_entry s %s WHERE TRUE %s GROUP BY s.person, s.sorted)
                SELECT person, count(*) OVER () AS total FROM hit
                ORDER BY rank, sorted, person LIMIT :limit OFFSET :offset""".formatted(
                                words(query.q(), "s.names").sql,
                                joins ? "JOIN directory.affiliation a ON a.id = s.affiliation" : "",
                                filters))
                .params(params)
                .param("limit", Page.size(query.limit()))
                .param("offset", Math.max(0, query.offset()))
                .query((row, number) -> new Hit(row.getObject(1, UUID.class), row.getLong(2)))
                .list();
        return new Found(
                hits.stream().map(Hit::person).toList(),
                hits.isEmpty() ? 0 : hits.getFirst().total());
    }

    /** The cards of persons in the order given: live ones for everybody, or all of one member for those who keep it. */
    List<Entry> entries(List<UUID> persons, @Nullable MemberId member) {
        Map<UUID, PersonRef> people = new HashMap<>();
        Map<UUID, List<AffiliationCard>> cards = new LinkedHashMap<>();
        String which = member == null ? " AND a.phase = 'current'" : " AND a.member = :member";
        var statement = jdbc.sql(Rows.CARD + " WHERE a.person = ANY (:persons::uuid[])" + which
                        + " ORDER BY a.phase = 'ended', a.valid_from DESC, a.id")
                .param("persons", Rows.ids(persons));
        (member == null ? statement : statement.param("member", member.value())).query(row -> {
            AffiliationCard card = Rows.card(row, 0);
            UUID person = card.person().value();
            people.put(person, Rows.person(row, "person"));
            cards.computeIfAbsent(person, id -> new ArrayList<>()).add(member == null ? card.professional() : card);
        });
        return persons.stream()
                .filter(people::containsKey)
                .map(id ->
                        new Entry(java.util.Objects.requireNonNull(people.get(id)), cards.getOrDefault(id, List.of())))
                .toList();
    }

    private record Words(String sql, Map<String, Object> params) {}

    private Words words(String q, String in) {
        String plain = jdbc.sql("SELECT base.plain(?)")
                .param(q.length() > 200 ? q.substring(0, 200) : q)
                .query(String.class)
                .single();
        StringBuilder sql = new StringBuilder();
        Map<String, Object> params = new HashMap<>();
        Arrays.stream(plain.split(" "))
                .filter(w -> !w.isEmpty())
                .limit(MOST_WORDS)
                .forEach(word -> {
                    String name = "word" + params.size();
                    sql.append(" AND ").append(in).append(" LIKE :").append(name);
                    params.put(name, "% " + word.replace("_", "\\_") + "%");
                });
        return new Words(sql.toString(), params);
    }
}
