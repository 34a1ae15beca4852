package org.entente.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Finds what descriptors only refer to. {@code ${secret:kept.NAME}} was typed or made on the screen and lies sealed in the database;
 * {@code ${secret:NAME}} is the file NAME of the secrets' folder, else the variable NAME: whoever runs the machine put it there, and only
 * descriptors that come from there may refer to it.
 */
@Component
class Secrets {

    /** For which they are sealed. */
    static final String PURPOSE = "catalog secret";

    /** Begins the names of secrets that are kept in the database. */
    static final String KEPT = "kept.";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9_.-]{1,80})}");

    private final @Nullable Path folder;
    private final WrittenStore store;
    private final Sealed sealed;

    Secrets(@Value("${entente.secrets.folder:}") String folder, WrittenStore store, Sealed sealed) {
        this.folder = folder.isBlank() ? null : Path.of(folder);
        this.store = store;
        this.sealed = sealed;
    }

    static boolean isReference(@Nullable String text) {
        return text != null && REFERENCE.matcher(text).matches();
    }

    /** The name that a reference refers to; empty when the text is none. */
    static Optional<String> referredTo(@Nullable String text) {
        Matcher matcher = REFERENCE.matcher(text == null ? "" : text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    String resolve(String text) {
        return referredTo(text).map(this::secret).orElse(text);
    }

    private String secret(String name) {
        if (name.startsWith(KEPT)) {
            return store.secret(name)
                    .map(closed -> sealed.open(PURPOSE, closed))
                    .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAVAILABLE, "catalog.secret", name));
        }
        try {
            Path file = folder == null ? null : folder.resolve(name);
            if (file != null && !name.startsWith(".") && Files.isRegularFile(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException e) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "catalog.secret", name);
        }
        String value = System.getenv(name);
        if (value == null) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "catalog.secret", name);
        }
        return value;
    }
}
