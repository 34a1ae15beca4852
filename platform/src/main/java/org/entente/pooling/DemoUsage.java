package org.entente.pooling;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Plausible usage for a demonstration, the same each time: accounts that grow with the months and the size of the town, sign-ins on
 * working days, few in August and at weekends.
 */
@Component
class DemoUsage {

    private final JdbcClient jdbc;
    private final UsageKeeper keeper;

    DemoUsage(JdbcClient jdbc, UsageKeeper keeper) {
        this.jdbc = jdbc;
        this.keeper = keeper;
    }

    void load(Collection<MemberId> members, List<String> services, LocalDate since, LocalDate until) {
        jdbc.sql("""
                WITH size AS (
                    SELECT m.id, round(8 + power(coalesce(m.population, 4000), 0.55))::int AS people FROM directory.v_member m WHERE m.id = ANY (:members::uuid[])),
                day AS (
                    SELECT d::date AS day, extract(isodow FROM d) >= 6 AS rest, extract(month FROM d) = 8 AS summer,
                           0.6 + 0.4 * (d::date - :since::date) / greatest(1, :until::date - :since::date) AS grown
                    FROM generate_series(:since::date, :until::date, '1 day') d),
                service AS (SELECT s, n FROM unnest(:services::text[]) WITH ORDINALITY AS x (s, n)),
                base AS (
                    SELECT day.*, size.id AS member, service.s AS service, round(size.people * grown * (1 - (n - 1) * 0.12))::bigint AS accounts,
                           abs(hashtext(size.id::text || service.s || day.day::text)) % 21 - 10 AS chance
                    FROM day, size, service)
                INSERT INTO pooling.usage_fact (day, member, service, metric, value)
                SELECT day, member, service, 'accounts', accounts FROM base
                UNION ALL
                SELECT day, member, service, CASE WHEN service = 'sign-in' THEN 'sign-ins' ELSE 'openings' END,
                       greatest(0, round(accounts * (CASE WHEN rest THEN 0.06 WHEN summer THEN 0.5 ELSE 0.9 END) * (1 + chance / 100.0)))::bigint FROM base
                UNION ALL
                SELECT day, member, service, 'active-people',
                       greatest(0, round(accounts * (CASE WHEN rest THEN 0.05 WHEN summer THEN 0.4 ELSE 0.7 END) * (1 + chance / 100.0)))::bigint FROM base
                WHERE service = 'sign-in'
                ON CONFLICT DO NOTHING
                """)
                .param("members", members.stream().map(MemberId::toString).toArray(String[]::new))
                .param(
                        "services",
                        Stream.concat(Stream.of("sign-in"), services.stream()).toArray(String[]::new))
                .param("since", since)
                .param("until", until)
                .update();
        keeper.addUp(since, until);
    }
}
