package org.entente.directory;

import java.util.Locale;
import java.util.function.Function;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Codes as they come from outside, where anything may be written. */
final class Kinds {

    private Kinds() {}

    static @Nullable AffiliationKind asked(@Nullable String code) {
        return code == null || code.isBlank() ? null : read("kind", code, AffiliationKind::of);
    }

    static <T> T read(String field, String code, Function<String, T> reader) {
        try {
            return reader.apply(code.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidField(field, "field.wrong", field);
        }
    }
}
