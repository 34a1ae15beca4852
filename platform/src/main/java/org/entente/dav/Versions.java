package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.entente.files.FileHistory;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Component;

/**
 * Former contents of a file, where Nextcloud's clients look for them: {@code versions/FILE/TIME} with the file's number and the seconds since 1970. What is moved to
 * {@code restore} is the content again.
 */
@Component
class Versions {

    private static final String VERSIONS = "versions";

    private final Files files;
    private final FileHistory history;

    Versions(Files files, FileHistory history) {
        this.files = files;
        this.history = history;
    }

    void answer(Exchange exchange) throws IOException {
        List<String> path = exchange.path();
        if (path.size() < 2
                || path.size() > 3
                || !path.getFirst().equals(VERSIONS)
                || !path.get(1).matches("[0-9]{1,16}")) {
            throw DavError.of(404, "dav.unknown");
        }
        FileNode file = files.numbered(exchange.visitor(), Long.parseLong(path.get(1))).stream()
                .filter(node -> !node.folder())
                .findFirst()
                .orElseThrow(() -> DavError.of(404, "dav.unknown"));
        switch (exchange.request().getMethod() + (path.size() == 2 ? " all" : " one")) {
            case "PROPFIND all" -> list(exchange, file);
            case "GET one" -> send(exchange, file, version(exchange, file));
            case "MOVE one" -> {
                Addresses.demandHere(exchange, "/restore/");
                history.restore(
                        exchange.visitor(), file.id(), version(exchange, file).id());
                exchange.response().setStatus(HttpServletResponse.SC_CREATED);
            }
            default -> throw DavError.of(405, "dav.method");
        }
    }

    private FileHistory.Version version(Exchange exchange, FileNode file) {
        String time = exchange.path().getLast();
        return history.versions(exchange.visitor(), file.id()).stream()
                .filter(version -> name(version).equals(time))
                .findFirst()
                .orElseThrow(() -> DavError.of(404, "dav.unknown"));
    }

    private static String name(FileHistory.Version version) {
        return String.valueOf(version.madeAt().getEpochSecond());
    }

    private void list(Exchange exchange, FileNode file) throws IOException {
        boolean itself = exchange.depth(Exchange.Depth.ONE) == Exchange.Depth.ZERO;
        List<String> folder = exchange.path();
        List<FileHistory.Version> all = itself ? List.of() : history.versions(exchange.visitor(), file.id());
        try (XmlOut out = exchange.multistatus()) {
            new Told().folder(true).write(out, DavPath.href(exchange.mount(), folder, true));
            for (FileHistory.Version version : all) {
                new Told()
                        .folder(false)
                        .dav("getcontentlength", String.valueOf(version.size()))
                        .dav("getcontenttype", version.mediaType())
                        .dav("getetag", '"' + version.id().toString() + '"')
                        .modified(version.madeAt())
                        .oc("size", String.valueOf(version.size()))
                        .nc("version-author", version.by())
                        .write(out, DavPath.href(exchange.mount(), DavTree.joined(folder, name(version)), false));
            }
            out.close("multistatus");
        }
    }

    private void send(Exchange exchange, FileNode file, FileHistory.Version version) throws IOException {
        try (InputStream bytes = history.read(exchange.visitor(), file.id(), version.id())) {
            HttpServletResponse response = exchange.response();
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(version.size());
            response.setHeader(
                    "Content-Disposition",
                    ContentDisposition.attachment()
                            .filename(file.name(), UTF_8)
                            .build()
                            .toString());
            bytes.transferTo(response.getOutputStream());
        }
    }
}
