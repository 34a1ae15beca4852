package org.entente.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one set of affiliation changes made together, whose rows are in {@code directory.v_change}. */
public record ChangeSetId(@JsonValue UUID value) {

    @JsonCreator
    public static ChangeSetId of(String text) {
        return new ChangeSetId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
