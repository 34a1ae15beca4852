package org.entente.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger as a table for a spreadsheet: semicolons and a byte order mark, as French Excel expects, every field quoted. What was
 * typed by people must not run as a formula there, so a field that starts like one gets an apostrophe in front.
 */
class LedgerCsv implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Writer out;
    private final DateTimeFormatter time;

    LedgerCsv(OutputStream out, ZoneId zone) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
        this.out.write('\ufeff');
    }

    void write(LedgerEntry entry) {
        write(List.of(
                text(entry.position()),
                time.format(entry.at()),
                entry.author(),
                text(entry.capacity()),
                text(entry.address()),
                entry.actText(),
                entry.act(),
                entry.member() == null ? "" : entry.member().name(),
                entry.subject(),
                values(entry.before()),
                values(entry.after())));
    }

    void write(List<String> fields) {
        try {
            for (int i = 0; i < fields.size(); i++) {
                out.write(i == 0 ? "\"" : ";\"");
                out.write(harmless(fields.get(i)).replace("\"", "\"\""));
                out.write('"');
            }
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    static String harmless(String field) {
        return !field.isEmpty() && "=+-@\t\r\n".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
    }

    private static String values(Map<String, Object> values) {
        return values.isEmpty() ? "" : JSON.writeValueAsString(values);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
