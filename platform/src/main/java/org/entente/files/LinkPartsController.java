package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Large files in parts by {@link Tus}, from whoever has a link to put some; its page does so where the browser runs scripts. The metadata that is read:
 * {@code filename}, {@code filetype}. Every call says the version of the protocol in a header, which no form of another site can.
 */
@RestController
@RequestMapping("/l/{secret}/uploads")
@Needs(Right.PUBLIC)
class LinkPartsController {

    private static final String HEADER = "Tus-Resumable";

    private final LinkVisitors visits;
    private final LinkParts parts;

    LinkPartsController(LinkVisitors visits, LinkParts parts) {
        this.visits = visits;
        this.parts = parts;
    }

    @PostMapping
    ResponseEntity<Void> begin(
            @PathVariable String secret,
            @RequestHeader(name = HEADER, required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Length", required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata,
            HttpServletRequest request) {
        LinkVisits.Opened opened = opened(secret, request);
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        Map<String, String> said = Tus.metadata(metadata);
        String name = said.get("filename");
        String type = said.get("filetype");
        if (name == null || (type != null && type.length() > 255)) {
            throw Refusal.invalid("file.upload-metadata");
        }
        FileUploads.Upload upload = parts.begin(opened, name, type, Tus.number(length));
        return Tus.begun("/l/" + secret + "/uploads/" + upload.id(), upload);
    }

    @RequestMapping(path = "/{upload}", method = RequestMethod.HEAD)
    ResponseEntity<Void> state(
            @PathVariable String secret,
            @PathVariable UUID upload,
            @RequestHeader(name = HEADER, required = false) @Nullable String version,
            HttpServletRequest request) {
        LinkVisits.Opened opened = opened(secret, request);
        return Tus.speaks(version) ? Tus.state(parts.find(opened, upload)) : Tus.otherVersion();
    }

    @RequestMapping(path = "/{upload}", method = RequestMethod.PATCH)
    ResponseEntity<Void> append(
            @PathVariable String secret,
            @PathVariable UUID upload,
            @RequestHeader(name = HEADER, required = false) @Nullable String version,
            @RequestHeader(name = "Upload-Offset", required = false) @Nullable String offset,
            HttpServletRequest request)
            throws IOException {
        LinkVisits.Opened opened = opened(secret, request);
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        if (!Tus.BODY.equals(request.getContentType())) {
            return Tus.answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE).build();
        }
        return Tus.standing(
                        HttpStatus.NO_CONTENT,
                        parts.append(
                                opened, upload, Tus.number(offset), request.getInputStream(), request.getRemoteAddr()))
                .build();
    }

    @DeleteMapping("/{upload}")
    ResponseEntity<Void> end(
            @PathVariable String secret,
            @PathVariable UUID upload,
            @RequestHeader(name = HEADER, required = false) @Nullable String version,
            HttpServletRequest request) {
        LinkVisits.Opened opened = opened(secret, request);
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        parts.end(opened, upload);
        return Tus.answer(HttpStatus.NO_CONTENT).build();
    }

    @PostMapping("/{upload}/finish")
    ResponseEntity<Void> finish(
            @PathVariable String secret,
            @PathVariable UUID upload,
            @RequestHeader(name = HEADER, required = false) @Nullable String version,
            HttpServletRequest request)
            throws IOException {
        LinkVisits.Opened opened = opened(secret, request);
        if (!Tus.speaks(version)) {
            return Tus.otherVersion();
        }
        parts.finish(opened, upload, request.getRemoteAddr());
        return Tus.answer(HttpStatus.NO_CONTENT).build();
    }

    /** Before anything of the body is read. A link that ended meanwhile is one that never was. */
    private LinkVisits.Opened opened(String secret, HttpServletRequest request) {
        return visits.find(secret, request)
                .filter(found -> visits.proved(found, request) && found.link().upload())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
    }
}
