package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.entente.base.Refusal;

/**
 * The fourteen digits of an establishment: the SIREN, then five more; Luhn holds over the whole. La Poste had more establishments than that leaves numbers
 * for: of its others than the seat, the digits add up to a multiple of five (INSEE, Sirene).
 */
public record Siret(@JsonValue String value) {

    private static final String LA_POSTE = "356000000";

    public Siret {
        if (!value.matches("\\d{14}") || !(Luhn.holds(value) || ofLaPoste(value))) {
            throw Refusal.invalidField("siret", "siret.invalid", value);
        }
    }

    @JsonCreator
    public static Siret of(String text) {
        return new Siret(text.replaceAll("[\\s\\u00a0\\u202f.]", ""));
    }

    private static boolean ofLaPoste(String value) {
        return value.startsWith(LA_POSTE)
                && value.chars().map(digit -> digit - '0').sum() % 5 == 0;
    }

    public Siren siren() {
        return new Siren(value.substring(0, 9));
    }

    @Override
    public String toString() {
        return value;
    }
}
