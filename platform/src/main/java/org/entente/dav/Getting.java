package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Component;

/** GET and HEAD: a file or parts of it, as its bytes come; of a folder, a page that can be read. */
@Component
class Getting implements Method {

    /** What a browser shows by itself without running anything that is in it. */
    private static final Set<String> HARMLESS = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "text/plain",
            "application/pdf",
            "audio/mpeg",
            "video/mp4");

    private final DavTree tree;
    private final Files files;
    private final FolderPage page;

    Getting(DavTree tree, Files files, FolderPage page) {
        this.tree = tree;
        this.files = files;
        this.page = page;
    }

    @Override
    public List<String> names() {
        return List.of("GET", "HEAD");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        Resource resource = tree.get(exchange.visitor(), exchange.path());
        if (resource.folder()) {
            page.answer(exchange, resource);
            return;
        }
        FileNode file = resource.real();
        HttpServletResponse response = exchange.response();
        headers(response, resource, file);
        Optional<Ranges> asked =
                ifRange(exchange, resource) ? Ranges.of(exchange.header("Range"), file.size()) : Optional.empty();
        boolean head = exchange.request().getMethod().equals("HEAD");
        if (head || asked.isEmpty()) {
            response.setContentType(type(file));
            response.setContentLengthLong(file.size());
            if (!head) {
                send(file, new Ranges.Part(0, file.size()), response.getOutputStream());
            }
            return;
        }
        List<Ranges.Part> parts = asked.get().parts();
        if (parts.isEmpty()) {
            response.setHeader("Content-Range", "bytes */" + file.size());
            throw DavError.of(416, "dav.range");
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        if (parts.size() == 1) {
            response.setContentType(type(file));
            response.setHeader("Content-Range", parts.getFirst().of(file.size()));
            response.setContentLengthLong(parts.getFirst().length());
            send(file, parts.getFirst(), response.getOutputStream());
        } else {
            several(exchange, file, parts);
        }
    }

    private void several(Exchange exchange, FileNode file, List<Ranges.Part> parts) throws IOException {
        String boundary = UUID.randomUUID().toString();
        exchange.response().setContentType("multipart/byteranges; boundary=" + boundary);
        OutputStream out = exchange.response().getOutputStream();
        for (Ranges.Part part : parts) {
            out.write(("\r\n--" + boundary + "\r\nContent-Type: " + type(file) + "\r\nContent-Range: "
                            + part.of(file.size()) + "\r\n\r\n")
                    .getBytes(UTF_8));
            send(file, part, out);
        }
        out.write(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    }

    private void send(FileNode file, Ranges.Part part, OutputStream out) throws IOException {
        if (part.length() == 0) {
            return;
        }
        try (InputStream bytes = files.read(file, part.from(), part.length())) {
            bytes.transferTo(out);
        }
    }

    /** A part is only of use to who has the rest of the same content. */
    private static boolean ifRange(Exchange exchange, Resource resource) {
        String said = exchange.header("If-Range");
        if (said == null) {
            return true;
        }
        if (said.strip().startsWith("\"")) {
            return said.strip().equals(resource.quotedEtag());
        }
        Instant at = Conditions.date(said);
        return at != null && at.equals(Conditions.seconds(resource.real().modifiedAt()));
    }

    static void headers(HttpServletResponse response, Resource resource, FileNode file) {
        response.setHeader("ETag", resource.quotedEtag());
        response.setHeader("OC-ETag", resource.quotedEtag());
        response.setHeader("OC-FileId", OwnCloud.id(file.id()));
        response.setHeader("Last-Modified", Live.HTTP.format(file.modifiedAt()));
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-cache");
        if (file.sha256() != null) {
            response.setHeader("OC-Checksum", "SHA256:" + file.sha256());
        }
        String type = type(file).toLowerCase(Locale.ROOT);
        ContentDisposition.Builder how = HARMLESS.contains(type.split(";", 2)[0].strip())
                ? ContentDisposition.inline()
                : ContentDisposition.attachment();
        response.setHeader(
                "Content-Disposition", how.filename(file.name(), UTF_8).build().toString());
    }

    /** What is kept was checked when it was written; what is not a type at all would be a header of somebody else's making. */
    static String type(FileNode file) {
        String type = Objects.requireNonNullElse(file.mediaType(), "application/octet-stream");
        return type.matches(
                        "[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}(\\s*;\\s*[A-Za-z0-9!#$&^_.+\"=-]{1,100})*")
                ? type
                : "application/octet-stream";
    }
}
