package org.entente.identity.session;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.PersonalData;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.Door;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What identity keeps of a person, and what the ledger, which knows no words, has of their own acts. */
@Configuration(proxyBeanMethods = false)
class IdentityData {

    private static final int LATEST_ACTS = 200;

    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final Clock clock;
    private final ObjectProvider<AppSessions> apps;

    IdentityData(JdbcClient jdbc, MessageSource messages, Clock clock, ObjectProvider<AppSessions> apps) {
        this.apps = apps;
        this.jdbc = jdbc;
        this.messages = messages;
        this.clock = clock;
    }

    @Bean
    PersonalData sessionsAndPasswords() {
        return (person, locale) -> {
            List<PersonalData.Fact> facts = new ArrayList<>();
            facts.addAll(jdbc.sql(
                            "SELECT device, address, started_at FROM identity.session WHERE person = ? ORDER BY started_at")
                    .param(person)
                    .query((row, number) -> new PersonalData.Fact(
                            text("mydata.session", locale),
                            row.getString("device") + " · " + row.getString("address") + " · "
                                    + when(row.getObject("started_at", OffsetDateTime.class), locale)))
                    .list());
            facts.addAll(jdbc.sql(
                            "SELECT label, doors, made_at FROM identity.app_password WHERE person = ? ORDER BY made_at")
                    .param(person)
                    .query((row, number) -> new PersonalData.Fact(
                            text("mydata.app-password", locale),
                            row.getString("label") + " · "
                                    + doors((String[]) row.getArray("doors").getArray(), locale) + " · "
                                    + when(row.getObject("made_at", OffsetDateTime.class), locale)))
                    .list());
            facts.addAll(jdbc.sql("SELECT language, density FROM identity.preference WHERE person = ?")
                    .param(person)
                    .query((row, number) -> new PersonalData.Fact(
                            text("mydata.preferences", locale),
                            (row.getString("language") == null ? "" : row.getString("language") + " · ")
                                    + row.getString("density")))
                    .list());
            facts.addAll(entered(new PersonId(person), locale));
            return section("identity", locale, facts);
        };
    }

    @Bean
    PersonalData ownActs() {
        return (person, locale) -> section("ledger", locale, acts(person, locale));
    }

    private List<PersonalData.Fact> entered(PersonId person, Locale locale) {
        AppSessions engine = apps.getIfAvailable();
        if (engine == null) {
            return List.of();
        }
        try {
            return engine.entered(person).stream()
                    .map(app -> new PersonalData.Fact(text("mydata.entered", locale), app))
                    .toList();
        } catch (Refusal away) {
            // Who has no account there has entered nothing.
            return away.kind() == Refusal.Kind.NOT_FOUND
                    ? List.of()
                    : List.of(new PersonalData.Fact(text("mydata.entered", locale), text("mydata.unknown", locale)));
        }
    }

    private List<PersonalData.Fact> acts(UUID person, Locale locale) {
        return jdbc.sql(
                        "SELECT at, author, act, subject_label FROM audit.v_entry WHERE person = ? ORDER BY at DESC, id DESC LIMIT ?")
                .params(person, LATEST_ACTS)
                .query((row, number) -> new PersonalData.Fact(
                        when(row.getObject("at", OffsetDateTime.class), locale),
                        act(row.getString("act"), row.getString("author"), row.getString("subject_label"), locale)))
                .list();
    }

    private String act(String act, String author, String subject, Locale locale) {
        return Objects.requireNonNull(messages.getMessage(
                "act." + act, new Object[] {author, subject}, text("act.other", locale, author, subject, act), locale));
    }

    private PersonalData.Section section(String id, Locale locale, List<PersonalData.Fact> facts) {
        return new PersonalData.Section(
                id, text("mydata." + id + ".title", locale), text("mydata." + id + ".why", locale), facts);
    }

    private String when(OffsetDateTime at, Locale locale) {
        return PersonalData.when(at, clock.getZone(), locale);
    }

    private String doors(String[] doors, Locale locale) {
        return Arrays.stream(doors)
                .map(door -> Door.of(door).map(known -> text(known, locale)).orElse(door))
                .collect(Collectors.joining(", "));
    }

    private String text(Door door, Locale locale) {
        return messages.getMessage(
                "mydata.door." + door.kind().name().toLowerCase(Locale.ROOT),
                new Object[] {Objects.requireNonNullElse(door.service(), "")},
                locale);
    }

    private String text(String key, Locale locale, Object... args) {
        return messages.getMessage(key, args, locale);
    }
}
