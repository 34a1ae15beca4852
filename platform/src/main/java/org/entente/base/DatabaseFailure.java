package org.entente.base;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What a failure of the database means to who asked; each door says it in its own way. */
public enum DatabaseFailure {
    /** A value that no column can hold (a NUL in a text, a number or a date out of range): wrong input. */
    WRONG_VALUE,
    /** No connection, one that broke, or a server that is going down or coming up: the next try may be the good one. */
    AWAY,
    /** Two that met (a deadlock): the next try will do. */
    MET,
    /** A fault of the platform. */
    OURS;

    /** By the SQLSTATE, anywhere beneath {@code failure}. */
    public static DatabaseFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return AWAY;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return OURS;
    }

    private static DatabaseFailure ofState(String state) {
        if (state.startsWith("08") || state.startsWith("57P")) {
            return AWAY;
        }
        return state.startsWith("22") ? WRONG_VALUE : state.startsWith("40") ? MET : OURS;
    }
}
