package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the core can count today: people who have each service, people who were there, sign-ins, what they keep. */
@Component
class CoreUsage implements UsageSource {

    private static final String SIGN_IN = "sign-in";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ZoneId zone;

    CoreUsage(JdbcClient jdbc, Clock clock, @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public List<Fact> measure(LocalDate day) {
        if (!day.equals(LocalDate.now(clock.withZone(zone)))) {
            return List.of(); // what is live now says nothing of another day
        }
        OffsetDateTime midnight = day.atStartOfDay(zone).toOffsetDateTime();
        return jdbc.sql("""
                SELECT member, service, 'ACCOUNTS' AS metric, count(DISTINCT person) AS value FROM access.v_entitlement GROUP BY member, service
                UNION ALL
                SELECT a.member, :portal, 'ACTIVE_PEOPLE', count(DISTINCT s.person) FROM identity.v_session s
                JOIN directory.v_affiliation a ON a.id = s.capacity WHERE s.seen_at >= :midnight GROUP BY a.member
                UNION ALL
                SELECT a.member, :portal, 'SIGN_INS', count(*) FROM identity.v_session s
                JOIN directory.v_affiliation a ON a.id = s.capacity WHERE s.started_at >= :midnight GROUP BY a.member
                UNION ALL
                SELECT member, :files, 'STORAGE_GIB', ceil(bytes / 1073741824.0)::bigint FROM files.v_kept WHERE bytes > 0
                """)
                .param("portal", SIGN_IN)
                .param("files", "files")
                .param("midnight", midnight)
                .query((row, n) -> new Fact(
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getString("service"),
                        Metric.valueOf(row.getString("metric")),
                        row.getLong("value")))
                .list();
    }
}
