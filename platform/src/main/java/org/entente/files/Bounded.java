package org.entente.files;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads that may be asked to look through very much: PostgreSQL ends each after three seconds, with a {@link org.springframework.dao.QueryTimeoutException}. */
@Component
class Bounded {

    private static final int MOST_MILLIS = 3000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Bounded(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        this.transaction.setReadOnly(true);
    }

    <T> T read(Supplier<T> asked) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("SELECT set_config('statement_timeout', ?, true)")
                    .param(Integer.toString(MOST_MILLIS))
                    .query(String.class)
                    .single();
            return asked.get();
        }));
    }
}
