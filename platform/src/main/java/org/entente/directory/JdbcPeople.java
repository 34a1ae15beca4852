package org.entente.directory;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class JdbcPeople implements People {

    private final JdbcClient jdbc;
    private final Trace trace;

    JdbcPeople(JdbcClient jdbc, Trace trace) {
        this.jdbc = jdbc;
        this.trace = trace;
    }

    @Override
    public PersonId add(NewPerson person, MemberId by, Author author) {
        return addAll(List.of(person), by, author).getFirst();
    }

    @Override
    public List<PersonId> addAll(List<NewPerson> people, MemberId by, Author author) {
        List<PersonId> ids = addAll(people, author);
        trace.added(ids, people, by, author);
        return ids;
    }

    @Override
    public List<PersonId> addAll(List<NewPerson> people, Author author) {
        List<UUID> ids = people.stream().map(p -> Uuids.next()).toList();
        jdbc.sql("""
                INSERT INTO directory.person (id, given_name, usual_name, birth_name, birth_date)
                SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::date[])""")
                .params(
                        Rows.ids(ids),
                        column(people, NewPerson::givenName),
                        column(people, NewPerson::usualName),
                        column(people, NewPerson::birthName),
                        column(people, NewPerson::birthDate))
                .update();
        return ids.stream().map(PersonId::new).toList();
    }

    @Override
    public void change(PersonId id, NewPerson names, int version, MemberId by, Author author) {
        NewPerson before = jdbc.sql("SELECT * FROM directory.person WHERE id = ? FOR UPDATE")
                .param(id.value())
                .query((row, number) -> {
                    if (row.getInt("version") != version) {
                        throw Refusal.conflict("changed.meanwhile");
                    }
                    return new NewPerson(
                            row.getString("given_name"),
                            row.getString("usual_name"),
                            row.getString("birth_name"),
                            row.getObject("birth_date", LocalDate.class));
                })
                .optional()
                .orElseThrow(() -> Refusal.notFound("person.unknown"));
        if (before.equals(names)) {
            return;
        }
        List<MemberId> with = jdbc
                .sql("SELECT DISTINCT member FROM directory.affiliation WHERE person = ? AND phase <> 'ended'")
                .param(id.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(MemberId::new)
                .toList();
        if (!with.isEmpty() && !with.contains(by)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "person.left");
        }
        jdbc.sql("""
                UPDATE directory.person SET given_name = ?, usual_name = ?, birth_name = ?::text, birth_date = ?::date, version = version + 1
                WHERE id = ?""")
                .params(java.util.Arrays.asList(
                        names.givenName(), names.usualName(), names.birthName(), names.birthDate(), id.value()))
                .update();
        Map<String, Object> was = values(before);
        Map<String, Object> is = values(names);
        trace.other(
                "person.changed",
                by,
                "person",
                id,
                label(names),
                author,
                Trace.differing(was, is),
                Trace.differing(is, was));
        with.stream()
                .filter(member -> !member.equals(by))
                .forEach(member -> trace.other(
                        "person.changed-elsewhere",
                        member,
                        "person",
                        id,
                        label(names),
                        author,
                        Trace.differing(was, is),
                        Trace.differing(is, was)));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Candidate> candidates(NewPerson person, @Nullable String address, MemberId by) {
        return jdbc.sql("""
                SELECT p.id, p.given_name, p.usual_name, c.why,
                       CASE WHEN EXISTS (SELECT FROM directory.affiliation h WHERE h.person = p.id AND h.member = ?) THEN p.birth_date END AS birth_date,
                       ARRAY(SELECT DISTINCT m.name FROM directory.affiliation a JOIN directory.member m ON m.id = a.member
                             WHERE a.person = p.id ORDER BY 1) AS members
                FROM directory.candidates(?, ?, ?::text, ?::date, ?::text) c JOIN directory.person p ON p.id = c.person
                ORDER BY array_length(c.why, 1) DESC, p.usual_name LIMIT 20""")
                .params(java.util.Arrays.asList(
                        by.value(),
                        person.givenName(),
                        person.usualName(),
                        person.birthName(),
                        person.birthDate(),
                        address))
                .query((row, number) -> new Candidate(
                        Rows.person(row, "id"),
                        row.getObject("birth_date", LocalDate.class),
                        Rows.texts(row.getArray("members")),
                        Rows.texts(row.getArray("why"))))
                .list();
    }

    static String label(NewPerson person) {
        return person.givenName() + " " + person.usualName();
    }

    static Map<String, Object> values(NewPerson person) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("givenName", person.givenName());
        values.put("usualName", person.usualName());
        Trace.put(values, "birthName", person.birthName());
        Trace.put(
                values,
                "birthDate",
                person.birthDate() == null ? null : person.birthDate().toString());
        return values;
    }

    private static String[] column(List<NewPerson> people, Function<NewPerson, @Nullable Object> value) {
        return people.stream()
                .map(value)
                .map(v -> v == null ? null : v.toString())
                .toArray(String[]::new);
    }
}
