package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Large files in parts, by tus 1.0 (https://tus.io/protocols/resumable-upload) with the extensions creation, expiration and termination. The metadata that is
 * read: {@code folder} (id), {@code filename}, {@code filetype}, {@code modified} (milliseconds since 1970). One step is ours: once all has come,
 * {@code finish} makes the file, because that may be answered by a question.
 */
@RestController
@Needs(Right.PERSON)
class FileUploadsController {

    private static final String VERSION = "1.0.0";
    private static final String BODY = "application/offset+octet-stream";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US).withZone(ZoneOffset.UTC);

    record Finish(@Nullable OnConflict conflict) {}

    private final FileUploads uploads;
    private final FileViews views;

    FileUploadsController(FileUploads uploads, FileViews views) {
        this.uploads = uploads;
        this.views = views;
    }

    @RequestMapping(path = "/api/files/uploads", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> protocol() {
        return tus(HttpStatus.NO_CONTENT)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,expiration,termination")
                .header("Tus-Max-Size", String.valueOf(FileUploads.MOST))
                .build();
    }

    @PostMapping("/api/files/uploads")
    ResponseEntity<Void> begin(
            Actor actor,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Length", required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata) {
        if (!VERSION.equals(version)) {
            return otherVersion();
        }
        FileUploads.Upload upload = uploads.begin(Visitor.of(actor), asked(number(length), metadata(metadata)));
        return tus(HttpStatus.CREATED)
                .header("Location", "/api/files/uploads/" + upload.id())
                .header("Upload-Expires", DATE.format(upload.expiresAt()))
                .build();
    }

    @RequestMapping(path = "/api/files/uploads/{upload}", method = RequestMethod.HEAD)
    ResponseEntity<Void> state(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version) {
        if (!VERSION.equals(version)) {
            return otherVersion();
        }
        FileUploads.Upload found = uploads.find(Visitor.of(actor), upload);
        return standing(HttpStatus.OK, found)
                .header("Upload-Length", String.valueOf(found.size()))
                .build();
    }

    @RequestMapping(path = "/api/files/uploads/{upload}", method = RequestMethod.PATCH)
    ResponseEntity<Void> append(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Offset", required = false) @Nullable String offset,
            HttpServletRequest request)
            throws IOException {
        if (!VERSION.equals(version)) {
            return otherVersion();
        }
        if (!BODY.equals(request.getContentType())) {
            return tus(HttpStatus.UNSUPPORTED_MEDIA_TYPE).build();
        }
        return standing(
                        HttpStatus.NO_CONTENT,
                        uploads.append(Visitor.of(actor), upload, number(offset), request.getInputStream()))
                .build();
    }

    @DeleteMapping("/api/files/uploads/{upload}")
    ResponseEntity<Void> end(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version) {
        if (!VERSION.equals(version)) {
            return otherVersion();
        }
        uploads.end(Visitor.of(actor), upload);
        return tus(HttpStatus.NO_CONTENT).build();
    }

    @PostMapping("/api/files/uploads/{upload}/finish")
    FileViews.View finish(Actor actor, @PathVariable UUID upload, @RequestBody(required = false) @Nullable Finish asked)
            throws IOException {
        OnConflict conflict = asked == null || asked.conflict() == null ? OnConflict.REFUSE : asked.conflict();
        return views.of(Visitor.of(actor), uploads.finish(Visitor.of(actor), upload, conflict));
    }

    private static ResponseEntity.BodyBuilder standing(HttpStatus status, FileUploads.Upload upload) {
        return (ResponseEntity.BodyBuilder) tus(status)
                .header("Upload-Offset", String.valueOf(upload.received()))
                .header("Upload-Expires", DATE.format(upload.expiresAt()))
                .header("Cache-Control", "no-store");
    }

    private static ResponseEntity.BodyBuilder tus(HttpStatus status) {
        return ResponseEntity.status(status).header("Tus-Resumable", VERSION);
    }

    private static ResponseEntity<Void> otherVersion() {
        return tus(HttpStatus.PRECONDITION_FAILED)
                .header("Tus-Version", VERSION)
                .build();
    }

    private static FileUploads.Asked asked(long length, Map<String, String> said) {
        String name = said.get("filename");
        String folder = said.get("folder");
        if (name == null || folder == null) {
            throw Refusal.invalid("file.upload-metadata");
        }
        try {
            String modified = said.get("modified");
            return new FileUploads.Asked(
                    NodeId.of(folder),
                    name,
                    said.get("filetype"),
                    modified == null ? null : Instant.ofEpochMilli(Long.parseLong(modified)),
                    length);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Refusal.invalid("file.upload-metadata");
        }
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

    private static long number(@Nullable String header) {
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
