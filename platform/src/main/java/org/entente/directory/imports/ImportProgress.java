package org.entente.directory.imports;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** How far an apply is, told outside of its transaction; and whether somebody is at it at all. */
@Component
class ImportProgress {

    private final JdbcClient jdbc;
    private final TransactionTemplate apart;

    ImportProgress(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    void at(UUID id, int percent) {
        apart.executeWithoutResult(
                status -> jdbc.sql("UPDATE directory.import SET progress = ?, touched = now() WHERE id = ?")
                        .params(percent, id)
                        .update());
    }

    /** Ends an apply that did not happen. */
    void over(UUID id, String state, String error) {
        apart.executeWithoutResult(status -> jdbc.sql(
                        "UPDATE directory.import SET state = ?, error = ?, progress = 0, touched = now() WHERE id = ? AND state = 'applying'")
                .params(state, error, id)
                .update());
    }

    /** Held by the applying transaction: it is gone the moment its node or its connection dies. */
    void hold(UUID id) {
        jdbc.sql("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(?, 0))) held")
                .param(id.toString())
                .query(Integer.class)
                .single();
    }

    boolean isHeld(UUID id) {
        return !Boolean.TRUE.equals(
                apart.execute(status -> jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                        .param(id.toString())
                        .query(Boolean.class)
                        .single()));
    }
}
