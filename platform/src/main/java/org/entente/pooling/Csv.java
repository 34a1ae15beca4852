package org.entente.pooling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table for a spreadsheet: semicolons and a byte order mark, as French Excel expects, every text quoted. What people typed must not
 * run as a formula there, so a text that starts like one gets an apostrophe in front.
 */
final class Csv {

    private final StringBuilder text = new StringBuilder("\ufeff");

    Csv row(@Nullable Object... fields) {
        text.append(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(";")))
                .append("\r\n");
        return this;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Numbers stay numbers, with a decimal comma. */
    private static String field(@Nullable Object value) {
        if (value instanceof Money amount) {
            return amount.inEuros().toPlainString().replace('.', ',');
        }
        if (value instanceof Number number) {
            return number.toString().replace('.', ',');
        }
        String field = value == null ? "" : value.toString();
        String harmless = !field.isEmpty() && "=+-@\t\r\n".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
