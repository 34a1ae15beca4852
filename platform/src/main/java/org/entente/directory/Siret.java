package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.entente.base.Refusal;

/** The fourteen digits of an establishment: the SIREN, then five more; Luhn holds over the whole. */
public record Siret(@JsonValue String value) {

    public Siret {
        if (!value.matches("\\d{14}") || !Luhn.holds(value)) {
            throw Refusal.invalidField("siret", "siret.invalid", value);
        }
    }

    @JsonCreator
    public static Siret of(String text) {
        return new Siret(text.replaceAll("[\\s\\u00a0\\u202f.]", ""));
    }

    public Siren siren() {
        return new Siren(value.substring(0, 9));
    }

    @Override
    public String toString() {
        return value;
    }
}
