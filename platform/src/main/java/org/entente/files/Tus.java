package org.entente.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The words of tus 1.0 (https://tus.io/protocols/resumable-upload), of which we speak creation, expiration and termination. */
final class Tus {

    static final String BODY = "application/offset+octet-stream";

    private static final String VERSION = "1.0.0";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US).withZone(ZoneOffset.UTC);

    private Tus() {}

    static boolean speaks(@Nullable String version) {
        return VERSION.equals(version);
    }

    static ResponseEntity<Void> otherVersion() {
        return answer(HttpStatus.PRECONDITION_FAILED)
                .header("Tus-Version", VERSION)
                .build();
    }

    static ResponseEntity<Void> protocol() {
        return answer(HttpStatus.NO_CONTENT)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,expiration,termination")
                .header("Tus-Max-Size", String.valueOf(FileUploads.MOST))
                .build();
    }

    static ResponseEntity.BodyBuilder answer(HttpStatus status) {
        return ResponseEntity.status(status).header("Tus-Resumable", VERSION);
    }

    static ResponseEntity<Void> begun(String location, FileUploads.Upload upload) {
        return answer(HttpStatus.CREATED)
                .header("Location", location)
                .header("Upload-Expires", DATE.format(upload.expiresAt()))
                .build();
    }

    static ResponseEntity.BodyBuilder standing(HttpStatus status, FileUploads.Upload upload) {
        return (ResponseEntity.BodyBuilder) answer(status)
                .header("Upload-Offset", String.valueOf(upload.received()))
                .header("Upload-Expires", DATE.format(upload.expiresAt()))
                .header("Cache-Control", "no-store");
    }

    static ResponseEntity<Void> state(FileUploads.Upload upload) {
        return standing(HttpStatus.OK, upload)
                .header("Upload-Length", String.valueOf(upload.size()))
                .build();
    }

    /** {@code key base64,key base64}; a key may stand alone. */
    static Map<String, String> metadata(@Nullable String header) {
        Map<String, String> said = new HashMap<>();
        if (header == null || header.isBlank()) {
            return said;
        }
        for (String pair : header.split(",")) {
            String[] parts = pair.strip().split(" +", 2);
            said.put(parts[0], parts.length == 1 ? "" : text(parts[1]));
        }
        return said;
    }

    private static String text(String base64) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64.strip())))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw Refusal.invalid("file.upload-metadata");
        }
    }

    static long number(@Nullable String header) {
        try {
            long number = Long.parseLong(header == null ? "" : header);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Refusal.invalid("file.upload-number");
    }
}
