package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a person may do beyond being a person. A role is granted to an <em>affiliation</em>, is used only when its holder acts in
 * that capacity, and so dies with it.
 */
public enum Role {
    /** Runs the territory; only granted to affiliations at the operator. */
    OPERATOR_ADMIN,
    /** Delegated admin of the affiliation's own member. */
    MEMBER_ADMIN,
    /** Keeps the people of the affiliation's own member. */
    MEMBER_HR,
    /** Reads everything of the affiliation's own member; of the whole territory when granted at the operator. */
    AUDITOR;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
