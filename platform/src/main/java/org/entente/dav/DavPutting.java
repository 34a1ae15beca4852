package org.entente.dav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.files.Writing;
import org.entente.storage.Small;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** PUT: a whole file, which is there when this is answered, or not at all. */
@Component
class DavPutting implements Method {

    private final DavTree tree;
    private final Files files;

    DavPutting(DavTree tree, Files files) {
        this.tree = tree;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("PUT");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        if (exchange.header("Content-Range") != null) {
            throw DavError.of(400, "dav.content-range");
        }
        if (exchange.request().getRequestURI().endsWith("/")) {
            throw DavError.of(405, "dav.put-folder");
        }
        Optional<DavTree.Way> way = tree.way(exchange.visitor(), exchange.path());
        if (way.isPresent()) {
            Files.Put put = put(exchange, way.get());
            wrote(exchange, put.file(), put.made());
            return;
        }
        Optional<Resource> there = tree.find(exchange.visitor(), exchange.path());
        Place place = place(tree, exchange.visitor(), exchange.path(), there);
        FileNode written = files.write(
                exchange.visitor(),
                place.parent(),
                place.name(),
                exchange.request().getInputStream(),
                how(exchange));
        wrote(exchange, written, there.isEmpty());
    }

    private Files.Put put(Exchange exchange, DavTree.Way way) throws IOException {
        try {
            InputStream in = exchange.request().getInputStream();
            long length = exchange.request().getContentLengthLong();
            Writing how = how(exchange);
            return length < 0 || length > Small.MOST
                    ? files.put(exchange.visitor(), way.from(), way.names(), in, how)
                    : files.put(
                            exchange.visitor(),
                            way.from(),
                            way.names(),
                            Small.read(in, (int) length, how.checksum()),
                            how);
        } catch (Refusal refusal) {
            throw switch (refusal.code()) {
                case "file.unknown" -> DavError.of(409, "dav.parent");
                case "file.is-folder" -> DavError.of(405, "dav.put-folder");
                default -> refusal;
            };
        }
    }

    record Place(NodeId parent, String name) {}

    /** Where a file is written. One that somebody shared by itself is in a folder that this visitor may not see, and may have another name here. */
    static Place place(DavTree tree, Visitor visitor, List<String> path, Optional<Resource> there) {
        if (there.isPresent()) {
            NodeId parent =
                    there.get().node() == null ? null : there.get().real().parent();
            if (there.get().folder() || parent == null) {
                throw DavError.of(405, "dav.put-folder");
            }
            return new Place(parent, there.get().real().name());
        }
        return new Place(tree.parentOf(visitor, path).real().id(), path.getLast());
    }

    static Writing how(Exchange exchange) {
        return new Writing(
                mediaType(exchange.request().getContentType()),
                modifiedAt(exchange),
                Digests.said(exchange),
                Conditions.onlyIf(exchange));
    }

    static void wrote(Exchange exchange, FileNode written, boolean isNew) {
        HttpServletResponse response = exchange.response();
        response.setStatus(isNew ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_NO_CONTENT);
        String etag = '"' + written.etag() + '"';
        response.setHeader("ETag", etag);
        response.setHeader("OC-ETag", etag);
        response.setHeader("OC-FileId", OwnCloud.id(written.id()));
        if (exchange.header("X-OC-Mtime") != null) {
            response.setHeader("X-OC-MTime", "accepted");
        }
    }

    /** Programs that do not know say one that means nothing; the name tells more. */
    private static @Nullable String mediaType(@Nullable String said) {
        return said == null
                        || said.isBlank()
                        || said.length() > 200
                        || said.startsWith("application/octet-stream")
                        || said.startsWith("application/x-www-form-urlencoded")
                ? null
                : said;
    }

    static @Nullable Instant modifiedAt(Exchange exchange) {
        String said = exchange.header("X-OC-Mtime");
        return said == null ? null : time(said);
    }

    /** Seconds since 1970, perhaps with a fraction. */
    static Instant time(String seconds) {
        if (!seconds.strip().matches("-?[0-9]{1,11}(\\.[0-9]{1,9})?")) {
            throw DavError.of(400, "dav.time");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds.strip().split("\\.", 2)[0]));
    }
}
