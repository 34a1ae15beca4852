package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the software says that somebody works (RFC 7643, 4.3), from the whole to the part; the last that is said is the unit. */
record ScimUnit(
        @Nullable String organization,
        @Nullable String division,
        @Nullable String department) {

    static final ScimUnit NOTHING = new ScimUnit(null, null, null);
    private static final int LONGEST = 200;

    static ScimUnit of(JsonNode enterprise) throws ScimException {
        return new ScimUnit(
                text(enterprise, "organization"), text(enterprise, "division"), text(enterprise, "department"));
    }

    boolean isSaid() {
        return !names().isEmpty();
    }

    /** From the whole to the part. */
    List<String> names() {
        return Stream.of(organization, division, department)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** By which it is found again: the same words in another case are the same place. */
    String key() {
        return Stream.of(organization, division, department)
                .map(one -> one == null ? "" : one.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\u001f"));
    }

    /** For people to read. */
    String label() {
        return String.join(" / ", names());
    }

    private static @Nullable String text(JsonNode of, String attribute) throws ScimException {
        JsonNode value = of.path(attribute);
        String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
        if (text.length() > LONGEST) {
            throw BadRequestException.invalidValue(attribute + " is longer than " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw BadRequestException.invalidValue(attribute + " has a control character");
        }
        return text.isEmpty() ? null : text;
    }
}
