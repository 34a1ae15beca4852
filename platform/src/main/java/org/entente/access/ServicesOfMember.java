package org.entente.access;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.directory.MemberId;
import org.entente.directory.MemberServices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the directory how many services each member takes, beside those everyone has. */
@Component
class ServicesOfMember implements MemberServices {

    private final JdbcClient jdbc;

    ServicesOfMember(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<MemberId, Integer> subscribed() {
        return jdbc
                .sql("SELECT member, count(*)::int AS services FROM access.subscription GROUP BY member")
                .query((row, n) -> Map.entry(new MemberId(row.getObject("member", UUID.class)), row.getInt("services")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
