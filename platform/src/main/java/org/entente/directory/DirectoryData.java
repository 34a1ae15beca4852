package org.entente.directory;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.PersonalData;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the directory keeps of a person: civil status, and every affiliation, past ones too. */
@Component
class DirectoryData implements PersonalData {

    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final Clock clock;

    DirectoryData(JdbcClient jdbc, MessageSource messages, Clock clock) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Section about(UUID person, Locale locale) {
        List<Fact> facts = new ArrayList<>();
        jdbc.sql("SELECT given_name, usual_name, birth_name, birth_date FROM directory.person WHERE id = ?")
                .param(person)
                .query(row -> {
                    for (String column : List.of("given_name", "usual_name", "birth_name", "birth_date")) {
                        String value = row.getString(column);
                        if (value != null) {
                            facts.add(new Fact(text("mydata." + column, locale), value));
                        }
                    }
                });
        facts.addAll(jdbc.sql("""
                        SELECT a.function, m.name, a.address, a.phone, a.valid_from, a.valid_until
                        FROM directory.affiliation a JOIN directory.member m ON m.id = a.member
                        WHERE a.person = ? ORDER BY a.valid_from, a.id""")
                .param(person)
                .query((row, number) -> new Fact(
                        text("mydata.affiliation", locale),
                        row.getString("function") + ", " + row.getString("name")
                                + also(row.getString("address"))
                                + also(row.getString("phone"))
                                + also(day(row.getObject("valid_from", OffsetDateTime.class), locale))
                                + also(day(row.getObject("valid_until", OffsetDateTime.class), locale))))
                .list());
        return new Section(
                "directory", text("mydata.directory.title", locale), text("mydata.directory.why", locale), facts);
    }

    private static String also(@Nullable String value) {
        return value == null ? "" : " · " + value;
    }

    private @Nullable String day(@Nullable OffsetDateTime at, Locale locale) {
        return at == null
                ? null
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(at.atZoneSameInstant(clock.getZone()));
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
