package org.entente.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.entente.base.Refusal;

/** What is to happen when something of that name is there already. */
enum OnConflict {
    /** Nothing: the person is asked. */
    REFUSE,
    /** A file becomes a new version of the one that is there; of what is moved, the one that is there goes to the bin. */
    REPLACE,
    /** The newcomer gets a number behind its name. */
    BOTH;

    @JsonCreator
    static OnConflict of(String code) {
        for (OnConflict one : values()) {
            if (one.code().equals(code.toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        throw Refusal.invalidField("conflict", "file.conflict");
    }

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
