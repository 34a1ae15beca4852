package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.access.AgreedStorage;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the agreements in force today let each member keep. */
@Component
class StorageInAgreements implements AgreedStorage {

    private static final long GIGABYTE = 1_000_000_000L;

    private final JdbcClient jdbc;
    private final Clock clock;

    StorageInAgreements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Map<MemberId, Long> of(String service) {
        return jdbc
                .sql("SELECT member, gigabytes FROM pooling.storage_at(?) WHERE service = ?")
                .params(LocalDate.now(clock), service)
                .query((row, n) -> Map.entry(new MemberId(row.getObject(1, UUID.class)), row.getLong(2) * GIGABYTE))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
