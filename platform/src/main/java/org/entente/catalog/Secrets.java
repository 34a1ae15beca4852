package org.entente.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds what descriptors only refer to: {@code ${secret:NAME}} is the file NAME of the secrets' folder, else the variable NAME. */
@Component
class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9_.-]{1,80})}");

    private final @Nullable Path folder;

    Secrets(@Value("${entente.secrets.folder:}") String folder) {
        this.folder = folder.isBlank() ? null : Path.of(folder);
    }

    static boolean isReference(@Nullable String text) {
        return text != null && REFERENCE.matcher(text).matches();
    }

    String resolve(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.matches() ? secret(matcher.group(1)) : text;
    }

    private String secret(String name) {
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
