package org.entente.files;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is done with files and folders, as {@code files.act} keeps it. */
enum Act {
    PUT,
    MADE,
    COPIED,
    CHANGED,
    RENAMED,
    /** To where it is told. */
    MOVED,
    /** From where it is told: the other half of {@link #MOVED}. */
    LEFT,
    RESTORED,
    BINNED,
    TAKEN_BACK,
    SHARED,
    UNSHARED,
    LINKED,
    UNLINKED,
    /** An outside partner to a space. */
    INVITED,
    UNINVITED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Act of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
