package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In what way a person belongs to a member. The code is what tables, descriptors and JSON carry. */
public enum AffiliationKind {
    /** Agent territorial. */
    AGENT,
    /** Élu : a mandate. */
    ELU,
    /** Outside partner: contractor, association, another administration. */
    PARTNER,
    /** Stagiaire, apprenti. */
    TRAINEE;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AffiliationKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
