package org.entente.provisioning;

import java.util.Locale;
import java.util.UUID;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which accounts a person has in the services, told to that person. */
@Component
class AccountData implements PersonalData {

    private final JdbcClient jdbc;
    private final MessageSource messages;

    AccountData(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public Section about(UUID person, Locale locale) {
        return new Section(
                "provisioning",
                messages.getMessage("mydata.provisioning.title", null, locale),
                messages.getMessage("mydata.provisioning.why", null, locale),
                jdbc.sql("""
                        SELECT c.service, m.name, c.state FROM provisioning.account c JOIN directory.v_member m ON m.id = c.member
                        WHERE c.person = ? ORDER BY c.service, m.name""")
                        .param(person)
                        .query((row, number) -> new Fact(
                                row.getString("service"),
                                row.getString("name") + " · "
                                        + messages.getMessage("mydata.state." + row.getString("state"), null, locale)))
                        .list());
    }
}
