package org.entente.files;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What files keep of a person: what is their own, and what they gave to others. The files themselves are theirs to fetch. */
@Configuration(proxyBeanMethods = false)
class FilesData {

    @Bean
    PersonalData filesOfPersons(JdbcClient jdbc, MessageSource messages, Clock clock) {
        return (person, locale) -> {
            List<PersonalData.Fact> facts = new ArrayList<>(jdbc.sql("""
                            SELECT m.name, o.used, (SELECT count(*) FROM files.node n WHERE n.space = o.id AND NOT n.folder) AS files
                            FROM files.space o JOIN directory.v_affiliation a ON a.id = o.capacity JOIN directory.v_member m ON m.id = o.member
                            WHERE o.kind = 'mine' AND a.person = ? ORDER BY m.name""")
                    .param(person)
                    .query((row, n) -> new PersonalData.Fact(
                            row.getString("name"),
                            text(messages, locale, "space", row.getLong("files"), row.getLong("used"))))
                    .list());
            facts.addAll(jdbc.sql("""
                            SELECT t.name, s.role FROM files.share s JOIN directory.v_affiliation a ON a.id = s.by JOIN files.node t ON t.id = s.node
                            WHERE a.person = ? ORDER BY s.made_at DESC LIMIT 500""")
                    .param(person)
                    .query((row, n) -> new PersonalData.Fact(
                            row.getString("name"), text(messages, locale, "share." + row.getString("role"))))
                    .list());
            facts.addAll(jdbc.sql("""
                            SELECT u.name, u.made_at FROM files.upload u JOIN directory.v_affiliation a ON a.id = u.capacity
                            WHERE a.person = ? AND u.node IS NULL AND u.link IS NULL ORDER BY u.made_at DESC LIMIT 500""")
                    .param(person)
                    .query((row, n) -> new PersonalData.Fact(
                            row.getString("name"),
                            text(
                                    messages,
                                    locale,
                                    "upload",
                                    PersonalData.when(
                                            row.getObject("made_at", OffsetDateTime.class), clock.getZone(), locale))))
                    .list());
            facts.addAll(marks(jdbc, messages, clock, person, locale));
            facts.addAll(jdbc.sql("""
                            SELECT o.name, i.address, i.organisation, i.until FROM files.invitation i JOIN directory.v_affiliation a ON a.id = i.capacity
                            JOIN files.space o ON o.id = i.space WHERE a.person = ? ORDER BY i.id DESC LIMIT 500""")
                    .param(person)
                    .query((row, n) -> new PersonalData.Fact(
                            row.getString("name"),
                            text(
                                    messages,
                                    locale,
                                    "invitation",
                                    row.getString("address"),
                                    row.getString("organisation"),
                                    PersonalData.when(
                                            row.getObject("until", OffsetDateTime.class), clock.getZone(), locale))))
                    .list());
            return new PersonalData.Section(
                    "files", text(messages, locale, "title"), text(messages, locale, "why"), facts);
        };
    }

    /** What is kept for a time of what this person does; where nothing is, nothing is said. */
    private static List<PersonalData.Fact> marks(
            JdbcClient jdbc, MessageSource messages, Clock clock, UUID person, Locale locale) {
        return jdbc
                .sql("""
                        SELECT m.name, (SELECT count(*) FROM files.favourite f WHERE f.capacity = a.id) AS favourites,
                            (SELECT count(*) FROM files.opened o WHERE o.capacity = a.id) AS opened,
                            (SELECT count(*) FROM files.comment x WHERE x.by = a.id) AS comments,
                            (SELECT count(*) FROM files.mention x WHERE x.capacity = a.id) AS mentions, c.acts, c.since
                        FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member
                        CROSS JOIN LATERAL (SELECT count(*) AS acts, min(at) AS since FROM files.act WHERE by = a.id) c
                        WHERE a.person = ? ORDER BY m.name""")
                .param(person)
                .query((row, n) -> {
                    List<PersonalData.Fact> facts = new ArrayList<>();
                    for (String kind : List.of("favourites", "opened", "comments", "mentions")) {
                        if (row.getLong(kind) > 0) {
                            facts.add(new PersonalData.Fact(
                                    row.getString("name"), text(messages, locale, kind, row.getLong(kind))));
                        }
                    }
                    OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
                    if (since != null) {
                        facts.add(new PersonalData.Fact(
                                row.getString("name"),
                                text(
                                        messages,
                                        locale,
                                        "acts",
                                        row.getLong("acts"),
                                        PersonalData.when(since, clock.getZone(), locale))));
                    }
                    return facts;
                })
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static String text(MessageSource messages, Locale locale, String key, Object... args) {
        return messages.getMessage("mydata.files." + key, args, locale);
    }
}
