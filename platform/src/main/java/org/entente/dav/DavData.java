package org.entente.dav;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What WebDAV keeps of a person by itself: files that are still on their way in. */
@Configuration(proxyBeanMethods = false)
class DavData {

    @Bean
    PersonalData filesOnTheirWayIn(JdbcClient jdbc, MessageSource messages, Clock clock) {
        return (person, locale) -> new PersonalData.Section(
                "dav",
                messages.getMessage("mydata.dav.title", null, locale),
                messages.getMessage("mydata.dav.why", null, locale),
                jdbc.sql("""
                                SELECT u.name, u.made_at FROM dav.upload u JOIN directory.v_affiliation a ON a.id = u.capacity
                                WHERE a.person = ? ORDER BY u.made_at LIMIT 1000""")
                        .param(person)
                        .query((row, n) -> new PersonalData.Fact(
                                row.getString("name"),
                                PersonalData.when(
                                        row.getObject("made_at", OffsetDateTime.class), clock.getZone(), locale)))
                        .list());
    }
}
