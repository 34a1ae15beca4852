package org.entente.files;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is counted before it is added to is done by one after the other; without holding rows that writing needs, nor waiting for them. */
final class OneByOne {

    private OneByOne() {}

    /** Until the end of the transaction. */
    static void wait(JdbcClient jdbc, UUID of) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?::text, 27))")
                .param(of)
                .query()
                .singleRow();
    }
}
