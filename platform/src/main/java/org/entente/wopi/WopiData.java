package org.entente.wopi;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of a person's openings, as long as their session lasts. */
@Configuration(proxyBeanMethods = false)
class WopiData {

    @Bean
    PersonalData openingsInTheOfficeServer(JdbcClient jdbc, MessageSource messages, Clock clock) {
        return (person, locale) -> new PersonalData.Section(
                "wopi",
                messages.getMessage("mydata.wopi.title", null, locale),
                messages.getMessage("mydata.wopi.why", null, locale),
                jdbc.sql("SELECT writes, made_at FROM wopi.token WHERE person = ? ORDER BY made_at DESC LIMIT 500")
                        .param(person)
                        .query((row, n) -> new PersonalData.Fact(
                                messages.getMessage(
                                        row.getBoolean("writes") ? "mydata.wopi.written" : "mydata.wopi.read",
                                        null,
                                        locale),
                                PersonalData.when(
                                        row.getObject("made_at", OffsetDateTime.class), clock.getZone(), locale)))
                        .list());
    }
}
