package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an affiliation stands: it is moved exactly once along this line, by an act or by the clock. */
public enum Phase {
    PLANNED,
    CURRENT,
    ENDED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Phase of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
