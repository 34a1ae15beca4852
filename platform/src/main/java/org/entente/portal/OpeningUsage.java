package org.entente.portal;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.pooling.UsageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How often each service is opened from the home. */
@Component
class OpeningUsage implements UsageSource {

    private final JdbcClient jdbc;

    OpeningUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Fact> measure(LocalDate day) {
        return jdbc.sql("SELECT member, service, count FROM portal.v_opening WHERE day = ?")
                .param(day)
                .query((row, n) -> new Fact(
                        new MemberId(row.getObject(1, UUID.class)), row.getString(2), Metric.OPENINGS, row.getLong(3)))
                .list();
    }
}
