package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
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
 * Large files in parts, by {@link Tus}. The metadata that is read: {@code folder} (id), {@code filename}, {@code filetype}, {@code modified} (milliseconds since 1970). One step is ours: once all has come,
 * {@code finish} makes the file, because that may be answered by a question.
 */
@RestController
@Needs(Right.PERSON)
class FileUploadsController {

    record Finish(@Nullable OnConflict conflict) {}

    private final FileUploads uploads;
    private final FileViews views;

    FileUploadsController(FileUploads uploads, FileViews views) {
        this.uploads = uploads;
        this.views = views;
    }

    @RequestMapping(path = "/api/files/uploads", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> protocol() {
        return Tus.protocol();
    }

    @PostMapping("/api/files/uploads")
    ResponseEntity<Void> begin(
            Actor actor,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Length", required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata) {
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        FileUploads.Upload upload = uploads.begin(Visitor.of(actor), asked(Tus.number(length), Tus.metadata(metadata)));
        return Tus.begun("/api/files/uploads/" + upload.id(), upload);
    }

    @RequestMapping(path = "/api/files/uploads/{upload}", method = RequestMethod.HEAD)
    ResponseEntity<Void> state(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version) {
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        return Tus.state(uploads.find(Visitor.of(actor), upload));
    }

    @RequestMapping(path = "/api/files/uploads/{upload}", method = RequestMethod.PATCH)
    ResponseEntity<Void> append(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Offset", required = false) @Nullable String offset,
            HttpServletRequest request)
            throws IOException {
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        if (!Tus.BODY.equals(request.getContentType())) {
            return Tus.answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE).build();
        }
        return Tus.standing(
                        HttpStatus.NO_CONTENT,
                        uploads.append(Visitor.of(actor), upload, Tus.number(offset), request.getInputStream()))
                .build();
    }

    @DeleteMapping("/api/files/uploads/{upload}")
    ResponseEntity<Void> end(
            Actor actor,
            @PathVariable UUID upload,
            @RequestHeader(name = "Tus-Resumable", required = false) @Nullable String version) {
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        uploads.end(Visitor.of(actor), upload);
        return Tus.answer(HttpStatus.NO_CONTENT).build();
    }

    @PostMapping("/api/files/uploads/{upload}/finish")
    FileViews.View finish(Actor actor, @PathVariable UUID upload, @RequestBody(required = false) @Nullable Finish asked)
            throws IOException {
        OnConflict conflict = asked == null || asked.conflict() == null ? OnConflict.REFUSE : asked.conflict();
        return views.of(Visitor.of(actor), uploads.finish(Visitor.of(actor), upload, conflict));
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
}
