package org.entente.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one file or folder, whatever its name and wherever it is. */
public record NodeId(@JsonValue UUID value) {

    @JsonCreator
    public static NodeId of(String text) {
        return new NodeId(UUID.fromString(text));
    }

    private static final long NUMBER = (1L << 52) - 1;

    /** For programs that know files by numbers: as {@code files.number} has it. Two files may share one, though hardly two of the same person. */
    public long number() {
        return value.getLeastSignificantBits() & NUMBER;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
