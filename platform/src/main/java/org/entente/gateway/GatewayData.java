package org.entente.gateway;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the gateway keeps of a person: in which applications they are now. */
@Configuration(proxyBeanMethods = false)
class GatewayData {

    @Bean
    PersonalData visitsToApplications(JdbcClient jdbc, MessageSource messages, Clock clock) {
        return (person, locale) -> new PersonalData.Section(
                "gateway",
                messages.getMessage("mydata.gateway.title", null, locale),
                messages.getMessage("mydata.gateway.why", null, locale),
                jdbc.sql("SELECT service, started_at FROM gateway.visit WHERE person = ? ORDER BY started_at")
                        .param(person)
                        .query((row, n) -> new PersonalData.Fact(
                                row.getString("service"),
                                PersonalData.when(
                                        row.getObject("started_at", OffsetDateTime.class), clock.getZone(), locale)))
                        .list());
    }
}
