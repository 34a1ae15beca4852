package org.entente.files;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As what a file of somebody's may reach a browser. What a browser would run (HTML, SVG, XML, scripts) is never called by its name: with
 * {@code nosniff} and a sandbox beside it, that is what keeps a file from acting as a page of ours.
 */
final class SafeType {

    private static final String BYTES = "application/octet-stream";

    private static final Set<String> SHOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/avif",
            "image/bmp",
            "application/pdf",
            "audio/mpeg",
            "audio/mp4",
            "audio/aac",
            "audio/ogg",
            "audio/opus",
            "audio/wav",
            "audio/x-wav",
            "audio/flac",
            "audio/webm",
            "video/mp4",
            "video/webm",
            "video/ogg",
            "video/quicktime");

    /** Kinds of text that are of use to read and that no browser runs when they are called plain. */
    private static final Set<String> TEXT = Set.of("application/json", "application/yaml", "application/x-yaml");

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}");

    private SafeType() {}

    /** Whether it may be shown in its place rather than kept as a file. */
    static boolean isShown(@Nullable String mediaType) {
        String type = bare(mediaType);
        return SHOWN.contains(type) || isText(type);
    }

    /** The value of {@code Content-Type}. */
    static String of(@Nullable String mediaType) {
        String type = bare(mediaType);
        return isText(type) ? "text/plain; charset=utf-8" : SHOWN.contains(type) ? type : saved(type);
    }

    /** Office documents and archives keep their names, so that the machine they are saved on knows them. */
    private static String saved(String type) {
        return type.startsWith("application/vnd.") && !type.endsWith("+xml") || type.equals("application/zip")
                ? type
                : BYTES;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || TEXT.contains(type);
    }

    private static String bare(@Nullable String mediaType) {
        if (mediaType == null) {
            return BYTES;
        }
        String type = mediaType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        return PLAIN.matcher(type).matches() ? type : BYTES;
    }
}
