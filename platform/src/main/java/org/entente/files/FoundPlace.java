package org.entente.files;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Where a page of what was found ended: the place itself, so that the next page is right whatever was found or lost before it meanwhile. */
record FoundPlace(Found.By by, boolean folder, Instant modified, UUID id) {

    static FoundPlace of(Found.Hit last) {
        FileNode node = last.node();
        return new FoundPlace(
                last.by(), node.folder(), node.modifiedAt(), node.id().value());
    }

    String written() {
        String text = by + " " + folder + " " + modified + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable FoundPlace read(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
            return new FoundPlace(
                    Found.By.valueOf(parts[0]),
                    Boolean.parseBoolean(parts[1]),
                    // as the database keeps it: what lies beyond is no place in a list
                    within(Instant.parse(parts[2])),
                    UUID.fromString(parts[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            throw Refusal.invalidField("after", "file.cursor");
        }
    }

    private static Instant within(Instant said) {
        if (said.isBefore(Instant.EPOCH) || said.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
            throw new IllegalArgumentException("no such place");
        }
        return said;
    }
}
