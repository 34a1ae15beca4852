package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Bytes, to the browser and from it. */
@RestController
@Needs(Right.PERSON)
class FileContentController {

    private final Files files;
    private final FileViews views;
    private final Putting putting;
    private final FolderZip zip;

    FileContentController(Files files, FileViews views, Putting putting, FolderZip zip) {
        this.files = files;
        this.views = views;
        this.putting = putting;
        this.zip = zip;
    }

    /** @param shown in its place, for kinds that do no harm; else it is saved */
    @GetMapping("/api/files/nodes/{node}/content")
    void content(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam(defaultValue = "false") boolean shown,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FileNode file = files.node(Visitor.of(actor), node);
        if (file.folder()) {
            throw Refusal.conflict("file.is-folder", file.name());
        }
        Sending.send(
                new Sending.Content(file.name(), file.mediaType(), file.size(), file.etag(), file.modifiedAt()),
                shown,
                (from, length) -> files.read(file, from, length),
                request,
                response);
    }

    /** Folders and files as one archive, made on the way. */
    @GetMapping("/api/files/zip")
    void zip(Actor actor, @RequestParam List<NodeId> node, HttpServletResponse response) throws IOException {
        zip.send(Visitor.of(actor), FilesController.chosen(node), response);
    }

    /** A small file in one request; larger ones come in parts, see {@link FileUploadsController}. The body is the file. */
    @PutMapping("/api/files/nodes/{node}/files")
    @ResponseStatus(HttpStatus.CREATED)
    FileViews.View put(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Instant modified,
            @RequestParam(defaultValue = "refuse") String conflict,
            HttpServletRequest request) {
        Writing how = new Writing(request.getContentType(), modified, null, Writing.OnlyIf.ANYTHING);
        Body body = new Body(request);
        try {
            return views.of(
                    Visitor.of(actor),
                    putting.write(Visitor.of(actor), node, name, body, how, OnConflict.of(conflict)));
        } catch (IOException broken) {
            throw Refusal.invalid("file.broken"); // its line: nobody may be there to read this
        }
    }

    /** What comes with a request: once only, and whole or not at all. */
    private static final class Body implements Putting.Bytes {

        private final HttpServletRequest request;
        private boolean opened;

        Body(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public InputStream open() throws IOException {
            if (opened) {
                // Somebody took the name while the bytes came: the browser has them still.
                throw Refusal.conflict("file.broken");
            }
            opened = true;
            return request.getInputStream();
        }
    }
}
