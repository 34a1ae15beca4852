package org.entente.pooling;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** The checks that every text and date typed in this room passes. */
final class Texts {

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cs}\\p{Co}\\p{Cn}\\u202a-\\u202e\\u2066-\\u2069]|[\\p{Cc}&&[^\\n\\r\\t]]");
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 12, 31);

    private Texts() {}

    static String required(String field, @Nullable String value, int most) {
        String clean = optional(field, value, most);
        if (clean == null) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
        return clean;
    }

    static @Nullable String optional(String field, @Nullable String value, int most) {
        if (value == null) {
            return null;
        }
        String clean = value.strip();
        if (clean.length() > most) {
            throw Refusal.invalidField(field, "field.long", field, most);
        }
        if (UNPRINTABLE.matcher(clean).find()) {
            throw Refusal.invalidField(field, "field.control", field);
        }
        return clean.isEmpty() ? null : clean;
    }

    /** Jackson gives null for what is missing. */
    static void given(String field, @Nullable Object value) {
        if (value == null) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
    }

    static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    static @Nullable LocalDate day(String field, @Nullable LocalDate day) {
        if (day != null && (day.isBefore(EARLIEST) || day.isAfter(LATEST))) {
            throw Refusal.invalidField(field, "pooling.day.far", day);
        }
        return day;
    }

    static LocalDate requiredDay(String field, @Nullable LocalDate day) {
        if (day == null) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
        day(field, day);
        return day;
    }
}
