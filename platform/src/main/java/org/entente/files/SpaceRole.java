package org.entente.files;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What one may do with a file or folder and all beneath it; each does what the one before it does. */
public enum SpaceRole {
    /** List and fetch. */
    READ,
    /** Write, move, throw away. */
    EDIT,
    /** Say who else may. */
    MANAGE;

    static SpaceRole of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As rows and JSON say it. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean allows(SpaceRole wanted) {
        return compareTo(wanted) >= 0;
    }
}
