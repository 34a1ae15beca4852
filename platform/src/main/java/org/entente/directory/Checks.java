package org.entente.directory;

import java.time.Instant;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** The checks that every text of the directory passes, whether typed in a form or read from a file. */
final class Checks {

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");
    private static final Pattern ADDRESS = Pattern.compile(
            "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().\\-/]{3,40}");
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Checks() {}

    static String text(String field, @Nullable String value, int most) {
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
        if (value.length() > most + 100) {
            throw Refusal.invalidField(field, "field.long", field, most);
        }
        String clean = value.strip().replaceAll("[ \\u00a0\\u202f]+", " ");
        if (clean.length() > most) {
            throw Refusal.invalidField(field, "field.long", field, most);
        }
        if (UNPRINTABLE.matcher(clean).find()) {
            throw Refusal.invalidField(field, "field.control", field);
        }
        return clean.isEmpty() ? null : clean;
    }

    static String address(String address) {
        int at = address.indexOf('@');
        if (at > 64 || !ADDRESS.matcher(address).matches()) {
            throw Refusal.invalidField("address", "address.invalid", address);
        }
        return address;
    }

    static @Nullable String phone(@Nullable String value) {
        String clean = optional("phone", value, 40);
        if (clean != null && !PHONE.matcher(clean).matches()) {
            throw Refusal.invalidField("phone", "phone.invalid", clean);
        }
        return clean;
    }

    static void period(Instant from, @Nullable Instant until) {
        if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
            throw Refusal.invalidField("from", "date.far");
        }
        if (until != null && (until.isBefore(EARLIEST) || until.isAfter(LATEST))) {
            throw Refusal.invalidField("until", "date.far");
        }
        if (until != null && until.isBefore(from)) {
            throw Refusal.invalidField("until", "period.reversed");
        }
    }
}
