package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one affiliation; as the one in which a person acts now, it is a capacity. */
public record AffiliationId(@JsonValue UUID value) {

    @JsonCreator
    public static AffiliationId of(String text) {
        return new AffiliationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
