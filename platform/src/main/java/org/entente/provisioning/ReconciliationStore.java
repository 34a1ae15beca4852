package org.entente.provisioning;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What comparisons need of accounts, and the reports they leave. */
@Repository
class ReconciliationStore {

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    ReconciliationStore(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** An account of ours, by the owner its engine knows; settled: the engine was told the last of it. */
    record Settled(UUID id, UUID owner, String desired, boolean settled) {}

    Map<UUID, List<Settled>> settled(String service, Connector.Owner owner, List<ActualAccount> page) {
        return jdbc
                .sql("""
                        SELECT a.id, a.%1$s AS owner, a.desired, a.revision = a.applied AS settled FROM provisioning.account a
                        WHERE a.service = ? AND a.%1$s = ANY (?::uuid[])""".formatted(column(owner)))
                .param(service)
                .param(texts(page.stream()
                        .flatMap(actual -> java.util.stream.Stream.ofNullable(actual.owner()))
                        .toList()))
                .query(Settled.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Settled::owner));
    }

    /** Accounts that were active before the comparison began and that the engine did not list. */
    List<UUID> activeAndNotSeen(String service, Connector.Owner owner, Set<UUID> seen, OffsetDateTime began) {
        return jdbc.sql("""
                        SELECT a.id FROM provisioning.account a
                        WHERE a.service = :service AND a.state = 'active' AND a.desired = 'active' AND a.revision = a.applied AND a.since < :began
                            AND NOT EXISTS (SELECT FROM unnest(:seen::uuid[]) AS s(owner) WHERE s.owner = a.%s)""".formatted(column(owner)))
                .param("service", service)
                .param("began", began)
                .param("seen", texts(seen))
                .query(UUID.class)
                .list();
    }

    /** Makes accounts due, as if their engine had never been told. */
    void bringAgain(List<UUID> ids, boolean urgent, boolean forget) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE provisioning.account SET applied = 0, urgent = :urgent, attempts = 0, next_attempt_at = :now,
                            external_id = CASE WHEN :forget THEN NULL ELSE external_id END
                        WHERE id = ANY (:ids::uuid[])""")
                .param("urgent", urgent)
                .param("now", OffsetDateTime.now(clock))
                .param("forget", forget)
                .param("ids", texts(ids))
                .update();
    }

    UUID begin(String service) {
        return jdbc.sql("INSERT INTO provisioning.reconciliation (service, started_at) VALUES (?, ?) RETURNING id")
                .param(service)
                .param(OffsetDateTime.now(clock))
                .query(UUID.class)
                .single();
    }

    @Transactional
    public void finish(UUID report, Reconciliation.Found found, @Nullable String error) {
        String service = jdbc.sql("""
                        UPDATE provisioning.reconciliation SET finished_at = :now, checked = :checked, missing = :missing, reactivated = :reactivated,
                            changed = :changed, orphans = :orphans::text[], error = :error WHERE id = :id RETURNING service""")
                .param("now", OffsetDateTime.now(clock))
                .param("checked", found.checked)
                .param("missing", found.missing)
                .param("reactivated", found.reactivated)
                .param("changed", found.changed)
                .param("orphans", found.orphans.toArray(String[]::new))
                .param("error", error, java.sql.Types.VARCHAR)
                .param("id", report)
                .query(String.class)
                .single();
        if (found.repaired() > 0 || !found.orphans.isEmpty()) {
            ledger.record(new Entry(
                    Author.system("reconciliation"),
                    "service.reconciled",
                    null,
                    "service",
                    service,
                    service,
                    Map.of(),
                    Map.of(
                            "missing", found.missing,
                            "reactivated", found.reactivated,
                            "changed", found.changed,
                            "orphans", found.orphans.size())));
        }
    }

    private static String column(Connector.Owner owner) {
        return switch (owner) {
            case ACCOUNT -> "id";
            case CAPACITY -> "affiliation";
            case PERSON -> "person";
        };
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
