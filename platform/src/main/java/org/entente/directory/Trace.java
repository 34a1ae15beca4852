package org.entente.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.changes.ChangeTrace;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what happens to affiliations into the ledger, in words a reader understands later. */
@Component
class Trace implements ChangeTrace {

    private final Ledger ledger;
    private final JdbcClient jdbc;

    Trace(Ledger ledger, JdbcClient jdbc) {
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    /** The same act on many affiliations, such as those a clock tick started. */
    @Override
    public void affiliations(String act, Collection<UUID> ids, Author author) {
        if (!ids.isEmpty()) {
            List<Entry> entries = jdbc.sql(Rows.CARD + " WHERE a.id = ANY(?::uuid[])")
                    .param(Rows.ids(ids))
                    .query((row, number) -> {
                        AffiliationCard card = Rows.card(row, number);
                        return entry(act, card, name(Rows.person(row, "person")), author, Map.of(), values(card));
                    })
                    .list();
            ledger.record(entries);
        }
    }

    /** The same kind of change of many affiliations, each with what differs. */
    void changed(Map<AffiliationId, AffiliationCard> before, Map<AffiliationId, AffiliationCard> after, Author author) {
        Map<UUID, String> names = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT p.id, p.given_name || ' ' || p.usual_name FROM directory.person p
                        JOIN (SELECT DISTINCT unnest(?::uuid[]) AS id) n ON n.id = p.id""")
                .param(after.values().stream()
                        .map(card -> card.person().value())
                        .toArray(UUID[]::new))
                .query(row -> {
                    names.put(row.getObject(1, UUID.class), row.getString(2));
                });
        List<Entry> entries = new ArrayList<>();
        after.forEach((id, card) -> {
            Map<String, Object> was = values(Objects.requireNonNull(before.get(id)));
            Map<String, Object> is = values(card);
            entries.add(entry(
                    "affiliation.changed",
                    card,
                    String.valueOf(names.get(card.person().value())),
                    author,
                    differing(was, is),
                    differing(is, was)));
        });
        ledger.record(entries);
    }

    void affiliation(
            String act, AffiliationCard card, Author author, Map<String, Object> before, Map<String, Object> after) {
        String name = jdbc.sql("SELECT given_name || ' ' || usual_name FROM directory.person WHERE id = ?")
                .param(card.person().value())
                .query(String.class)
                .single();
        ledger.record(entry(act, card, name, author, before, after));
    }

    /** Each new person, in the order given. */
    void added(List<PersonId> ids, List<NewPerson> people, MemberId by, Author author) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < ids.size(); at++) {
            NewPerson person = people.get(at);
            entries.add(new Entry(
                    author,
                    "person.added",
                    by.value(),
                    "person",
                    ids.get(at).toString(),
                    JdbcPeople.label(person),
                    Map.of(),
                    JdbcPeople.values(person)));
        }
        ledger.record(entries);
    }

    void other(
            String act,
            @Nullable MemberId member,
            String type,
            Object subject,
            String label,
            Author author,
            Map<String, Object> before,
            Map<String, Object> after) {
        ledger.record(new Entry(
                author, act, member == null ? null : member.value(), type, subject.toString(), label, before, after));
    }

    /** The values that differ, on the side of {@code one}. */
    static Map<String, Object> differing(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> found = new LinkedHashMap<>();
        one.forEach((key, value) -> {
            if (!Objects.equals(value, other.get(key))) {
                found.put(key, value);
            }
        });
        return found;
    }

    static Map<String, Object> values(AffiliationCard card) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "kind", card.kind().code());
        put(values, "function", card.function());
        put(values, "unit", card.unit() == null ? null : card.unit().fullName());
        put(values, "address", card.address());
        put(values, "phone", card.phone());
        put(values, "weeklyShare", card.weeklyShare());
        put(values, "from", card.from().toString());
        put(values, "until", card.until() == null ? null : card.until().toString());
        put(values, "phase", card.phase().code());
        put(values, "reference", card.reference());
        if (!card.groups().isEmpty()) {
            values.put("groups", card.groups());
        }
        return values;
    }

    static void put(Map<String, Object> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static String name(PersonRef person) {
        return person.givenName() + " " + person.usualName();
    }

    private static Entry entry(
            String act,
            AffiliationCard card,
            String name,
            Author author,
            Map<String, Object> before,
            Map<String, Object> after) {
        String label =
                "%s, %s, %s".formatted(name, card.function(), card.member().name());
        return new Entry(
                author,
                act,
                card.member().id().value(),
                "affiliation",
                card.id().toString(),
                label,
                before,
                after);
    }
}
