package org.entente.directory.imports;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Rows on their way into a table by COPY, in the running transaction, a bounded buffer at a time. */
final class CopyText {

    private static final int FLUSH_AT = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder();

    private CopyText(CopyIn copy) {
        this.copy = copy;
    }

    /** What fills the table. */
    interface Filling {
        void into(CopyText rows) throws SQLException;
    }

    static void fill(DataSource dataSource, String table, Filling filling) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
            try {
                CopyText rows = new CopyText(copy);
                filling.into(rows);
                rows.flush();
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("import", "COPY", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            buffer.append(i == 0 ? "" : "\t").append(values[i] == null ? "\\N" : escape(values[i].toString()));
        }
        buffer.append('\n');
        if (buffer.length() > FLUSH_AT) {
            flush();
        }
    }

    /** A text array as PostgreSQL writes it; NUL, which no text of it can hold, stays visible as a control character. */
    static String array(List<String> cells) {
        StringBuilder made = new StringBuilder("{");
        for (String cell : cells) {
            made.append(made.length() == 1 ? "\"" : ",\"")
                    .append(cell.replace('\u0000', '\u0001')
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\""))
                    .append('"');
        }
        return made.append('}').toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private void flush() throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }
}
