package org.entente.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one space of files. */
public record SpaceId(@JsonValue UUID value) {

    @JsonCreator
    public static SpaceId of(String text) {
        return new SpaceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
