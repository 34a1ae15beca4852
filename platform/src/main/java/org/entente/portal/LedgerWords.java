package org.entente.portal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.entente.audit.Entry;
import org.entente.audit.LedgerLine;
import org.entente.portal.LedgerEntry.MemberRef;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts ledger lines into words: a sentence for the act, names for members and capacities. */
@Component
class LedgerWords {

    private final JdbcClient jdbc;
    private final MessageSource messages;

    LedgerWords(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    List<LedgerEntry> entries(List<LedgerLine> lines, Locale locale) {
        Map<UUID, MemberRef> members = members(ids(lines, Entry::member));
        Map<UUID, String> capacities =
                capacities(ids(lines, entry -> entry.author().capacity()));
        return lines.stream()
                .map(line -> entry(line, members, capacities, locale))
                .toList();
    }

    /** The sentence of an act; an act without a sentence is still told, by its code. */
    String sentence(Entry entry, Locale locale) {
        Object[] args = {author(entry, locale), entry.subjectLabel()};
        String sentence = messages.getMessage("act." + entry.act(), args, null, locale);
        return sentence != null
                ? sentence
                : messages.getMessage("act.other", new Object[] {args[0], args[1], entry.act()}, locale);
    }

    List<String> csvHeader(Locale locale) {
        return List.of(messages.getMessage("ledger.csv", null, locale).split(";", -1));
    }

    /** The platform itself acts under the name of a job, which has a name for readers. */
    private String author(Entry entry, Locale locale) {
        String name = entry.author().name();
        return entry.author().person() != null
                ? name
                : String.valueOf(messages.getMessage(
                        "ledger.job." + name,
                        null,
                        messages.getMessage("ledger.system", new Object[] {name}, locale),
                        locale));
    }

    private LedgerEntry entry(
            LedgerLine line, Map<UUID, MemberRef> members, Map<UUID, String> capacities, Locale locale) {
        Entry entry = line.entry();
        UUID capacity = entry.author().capacity();
        return new LedgerEntry(
                line.id(),
                line.position(),
                line.at(),
                author(entry, locale),
                capacity == null ? null : capacities.get(capacity),
                entry.author().address(),
                entry.act(),
                sentence(entry, locale),
                entry.member() == null ? null : members.get(entry.member()),
                entry.subjectType(),
                entry.subject(),
                entry.subjectLabel(),
                entry.before(),
                entry.after());
    }

    private static UUID[] ids(List<LedgerLine> lines, Function<Entry, @Nullable UUID> id) {
        return lines.stream()
                .map(line -> id.apply(line.entry()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
    }

    private Map<UUID, MemberRef> members(UUID[] ids) {
        Map<UUID, MemberRef> found = new HashMap<>();
        jdbc.sql("SELECT id, name, siren, colour FROM directory.v_member WHERE id = ANY (:ids)")
                .param("ids", ids)
                .query(row -> {
                    UUID id = row.getObject("id", UUID.class);
                    found.put(
                            id,
                            new MemberRef(id, row.getString("name"), row.getString("siren"), row.getString("colour")));
                });
        return found;
    }

    private Map<UUID, String> capacities(UUID[] ids) {
        Map<UUID, String> found = new HashMap<>();
        jdbc.sql("""
                SELECT a.id, a.function || ', ' || m.name AS label
                FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member WHERE a.id = ANY (:ids)
                """).param("ids", ids).query(row -> {
            found.put(row.getObject("id", UUID.class), row.getString("label"));
        });
        return found;
    }
}
