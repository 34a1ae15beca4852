package org.entente.office;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this room keeps of a person: what they wrote in documents with others, until the files hold it. */
@Configuration(proxyBeanMethods = false)
class OfficeData {

    @Bean
    PersonalData writtenTogether(JdbcClient jdbc, MessageSource messages, Clock clock) {
        return (person, locale) -> new PersonalData.Section(
                "office",
                messages.getMessage("mydata.office.title", null, locale),
                messages.getMessage("mydata.office.why", null, locale),
                jdbc.sql("""
                                SELECT count(*) AS entries, max(e.at) AS last FROM directory.v_affiliation a JOIN office.entry e ON e.by = a.id
                                WHERE a.person = ? GROUP BY e.sitting ORDER BY last DESC LIMIT 500""")
                        .param(person)
                        .query((row, n) -> new PersonalData.Fact(
                                PersonalData.when(row.getObject("last", OffsetDateTime.class), clock.getZone(), locale),
                                messages.getMessage(
                                        "mydata.office.draft", new Object[] {row.getInt("entries")}, locale)))
                        .list());
    }
}
