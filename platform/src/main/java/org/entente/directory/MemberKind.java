package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of authority a member is. */
public enum MemberKind {
    COMMUNE,
    EPCI,
    METROPOLE,
    SYNDICAT,
    DEPARTEMENT,
    REGION,
    CCAS,
    OTHER;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static MemberKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
