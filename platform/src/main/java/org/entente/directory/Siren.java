package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.entente.base.Refusal;

/** The nine digits by which INSEE identifies a legal unit; the last one is a Luhn key. */
public record Siren(@JsonValue String value) {

    public Siren {
        if (!value.matches("\\d{9}") || !Luhn.holds(value)) {
            throw Refusal.invalidField("siren", "siren.invalid", value);
        }
    }

    /** Accepts the usual writing with spaces ({@code 216 902 593}). */
    @JsonCreator
    public static Siren of(String text) {
        return new Siren(text.replaceAll("[\\s\\u00a0\\u202f.]", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
