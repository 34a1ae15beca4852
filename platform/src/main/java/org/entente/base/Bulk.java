package org.entente.base;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs a statement that works on tens of thousands of rows at once. The database's planner knows nothing yet of rows the running
 * transaction has just written and would look each of them up in turn, which takes minutes; here it is told to read and hash.
 */
public final class Bulk {

    private Bulk() {}

    /** @param many whether the statement really works on many rows; for a few, looking up is right */
    public static <T> T run(JdbcClient jdbc, boolean many, Supplier<T> statement) {
        if (!many) {
            return statement.get();
        }
        set(jdbc, "off");
        T result = statement.get();
        set(jdbc, "on");
        return result;
    }

    /** For the running transaction only, so that a failure leaves nothing behind. */
    private static void set(JdbcClient jdbc, String value) {
        jdbc.sql("SELECT set_config('enable_nestloop', :v, true), set_config('jit', :v, true)")
                .param("v", value)
                .query()
                .singleRow();
    }
}
