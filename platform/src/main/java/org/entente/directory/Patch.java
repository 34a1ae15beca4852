package org.entente.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a PATCH: a field that is absent keeps its value, a field that is null loses it. */
record Patch(ObjectNode body) {

    /** The version the author saw; without it nobody could know what is overwritten. */
    int version() {
        JsonNode node = body.get("version");
        if (node == null || !node.isInt()) {
            throw Refusal.invalidField("version", "field.missing", "version");
        }
        return node.intValue();
    }

    boolean has(String field) {
        return body.has(field);
    }

    @Nullable
    String text(String field, @Nullable String kept) {
        JsonNode node = body.get(field);
        if (node == null) {
            return kept;
        }
        if (node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw Refusal.invalidField(field, "field.wrong", field);
        }
        return node.stringValue();
    }

    String needed(String field, @Nullable String kept) {
        return Checks.text(field, text(field, kept), 1000);
    }

    @Nullable
    Integer number(String field, @Nullable Integer kept) {
        JsonNode node = body.get(field);
        if (node == null) {
            return kept;
        }
        if (!node.isNull() && !node.isInt()) {
            throw Refusal.invalidField(field, "field.wrong", field);
        }
        return node.isNull() ? null : node.intValue();
    }

    @Nullable
    UUID id(String field, @Nullable UUID kept) {
        String text = text(field, kept == null ? null : kept.toString());
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidField(field, "field.wrong", field);
        }
    }

    @Nullable
    Instant instant(String field, @Nullable Instant kept) {
        String text = text(field, kept == null ? null : kept.toString());
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalidField(field, "field.date", field, text == null ? "" : text);
        }
    }

    @Nullable
    LocalDate date(String field, @Nullable LocalDate kept) {
        String text = text(field, kept == null ? null : kept.toString());
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalidField(field, "field.date", field, text == null ? "" : text);
        }
    }

    List<String> texts(String field, List<String> kept) {
        JsonNode node = body.get(field);
        if (node == null) {
            return kept;
        }
        List<String> found = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw Refusal.invalidField(field, "field.wrong", field);
            }
            found.add(item.stringValue());
        }
        return found;
    }
}
