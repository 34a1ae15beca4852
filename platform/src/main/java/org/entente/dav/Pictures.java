package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.entente.files.FileNode;
import org.entente.files.FileThumbnails;
import org.entente.files.Files;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Small pictures of files at the addresses at which Nextcloud's clients look for them: {@code core/preview} by a file's number ({@code fileId}) or its path
 * ({@code file}), and {@code apps/files/api/v1/thumbnail/x/y/path}. Where there is none they show a sign for the kind of file.
 */
@Component
class Pictures {

    private static final List<String> PREVIEW = List.of("index.php", "core", "preview");
    private static final List<String> PREVIEW_PNG = List.of("index.php", "core", "preview.png");
    private static final List<String> THUMBNAIL = List.of("index.php", "apps", "files", "api", "v1", "thumbnail");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    /** When nothing is said, as it is there. */
    private static final String USUAL = "32";

    /** Digits of the largest that anybody asks for; what is larger is no size. */
    private static final String SIZE = "[0-9]{1,5}";

    private final Files files;
    private final FileThumbnails thumbnails;
    private final DavTree tree;

    Pictures(Files files, FileThumbnails thumbnails, DavTree tree) {
        this.files = files;
        this.thumbnails = thumbnails;
        this.tree = tree;
    }

    static boolean areAt(List<String> names) {
        return names.equals(PREVIEW)
                || names.equals(PREVIEW_PNG)
                || names.size() > THUMBNAIL.size() + 2
                        && names.subList(0, THUMBNAIL.size()).equals(THUMBNAIL);
    }

    void answer(Visitor visitor, List<String> names, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!METHODS.contains(request.getMethod())) {
            throw DavError.of(405, "dav.method");
        }
        boolean named = names.size() > THUMBNAIL.size();
        String width = named ? names.get(THUMBNAIL.size()) : request.getParameter("x");
        String height = named ? names.get(THUMBNAIL.size() + 1) : request.getParameter("y");
        int side = Math.max(size(width), size(height));
        FileNode file = (named
                        ? at(visitor, names.subList(THUMBNAIL.size() + 2, names.size()))
                        : asked(visitor, request))
                .orElseThrow(Pictures::none);
        byte[] picture = thumbnails.of(visitor, file.id(), side).orElseThrow(Pictures::none);
        String etag = '"' + file.etag() + '-' + side + '"';
        response.setHeader("ETag", etag);
        // Kept by whoever may see it, and asked about each time: it may be another file's now, or nobody's.
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Authorization");
        String known = request.getHeader("If-None-Match");
        if (known != null && List.of(known.split("\\s*,\\s*")).contains(etag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("image/jpeg");
        response.setContentLength(picture.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(picture);
        }
    }

    private Optional<FileNode> asked(Visitor visitor, HttpServletRequest request) {
        String number = request.getParameter("fileId");
        if (number != null) {
            return number.matches("[0-9]{1,18}")
                    ? files.numbered(visitor, Long.parseLong(number)).stream().findFirst()
                    : Optional.empty();
        }
        String path = request.getParameter("file");
        return path == null
                ? Optional.empty()
                : at(
                        visitor,
                        List.of(path.split("/")).stream()
                                .filter(name -> !name.isEmpty())
                                .toList());
    }

    private Optional<FileNode> at(Visitor visitor, List<String> path) {
        return tree.find(visitor, path).flatMap(found -> Optional.ofNullable(found.node()));
    }

    private static int size(@Nullable String said) {
        String text = Objects.requireNonNullElse(said, USUAL);
        int size = text.matches(SIZE) ? Integer.parseInt(text) : 0;
        if (size < 1) {
            throw DavError.of(400, "dav.size");
        }
        return size;
    }

    private static DavError none() {
        return DavError.of(404, "dav.unknown");
    }
}
