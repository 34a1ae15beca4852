package org.entente.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names bytes that a member keeps. The same bytes kept again by the same member have the same id; those of two members never. */
public record ContentId(@JsonValue UUID value) {

    @JsonCreator
    public static ContentId of(String text) {
        return new ContentId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
