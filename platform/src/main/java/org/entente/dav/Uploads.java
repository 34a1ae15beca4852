package org.entente.dav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.files.FileNode;
import org.entente.files.FileSpace;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.springframework.stereotype.Component;

/**
 * Large files in parts, as Nextcloud's clients send them: a folder is made, parts with numbers for names are put in it, and the file {@code .file}, which is all of
 * them one after the other, is moved to where it belongs.
 */
@Component
class Uploads {

    private static final String WHOLE = ".file";
    private static final int MOST_PARTS = 10_000;

    private final UploadStore store;
    private final Contents contents;
    private final Files files;
    private final DavTree tree;
    private final Conditions conditions;

    Uploads(UploadStore store, Contents contents, Files files, DavTree tree, Conditions conditions) {
        this.conditions = conditions;
        this.store = store;
        this.contents = contents;
        this.files = files;
        this.tree = tree;
    }

    /**
     * @param exchange its path is the name of the upload, and that of a part or of the whole
     * @param target where the tree is for this client
     */
    void answer(Exchange exchange, String target) throws IOException {
        List<String> path = exchange.path();
        String method = exchange.request().getMethod();
        if (path.isEmpty() || path.size() > 2 || path.getFirst().length() > 200) {
            throw DavError.of(404, "dav.unknown");
        }
        String what = method + (path.size() == 1 ? " upload" : path.getLast().equals(WHOLE) ? " whole" : " part");
        switch (what) {
            case "MKCOL upload" -> begin(exchange);
            case "PUT part" -> put(exchange);
            case "MOVE whole" -> whole(exchange, target);
            case "DELETE upload" -> {
                store.end(upload(exchange));
                exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            case "PROPFIND upload" -> list(exchange);
            default -> throw DavError.of(405, "dav.method");
        }
    }

    private UUID upload(Exchange exchange) {
        return store.find(exchange.visitor().capacity(), exchange.path().getFirst())
                .orElseThrow(() -> DavError.of(404, "dav.unknown"));
    }

    private void begin(Exchange exchange) {
        if (!store.begin(exchange.visitor(), exchange.path().getFirst())) {
            throw DavError.of(405, "dav.exists");
        }
        exchange.response().setStatus(HttpServletResponse.SC_CREATED);
    }

    private void put(Exchange exchange) throws IOException {
        UUID upload = upload(exchange);
        long number = number(exchange.path().getLast());
        if (store.count(upload) >= MOST_PARTS) {
            throw DavError.of(413, "dav.parts-many", MOST_PARTS);
        }
        Visitor visitor = exchange.visitor();
        long room = room(visitor) - store.waiting(visitor.capacity());
        if (room <= 0 || exchange.request().getContentLengthLong() > room) {
            throw DavError.condition(507, "quota-not-exceeded", "file.quota");
        }
        Kept kept = contents.keep(visitor.member(), exchange.request().getInputStream(), room, Digests.said(exchange));
        store.put(upload, number, kept);
        exchange.response().setStatus(HttpServletResponse.SC_CREATED);
    }

    /** Parts are put in the order of their numbers. */
    private static long number(String name) {
        if (!name.matches("[0-9]{1,18}")) {
            throw DavError.of(400, "dav.part");
        }
        return Long.parseLong(name);
    }

    /** Where it will go is said at the end only: no more than fits anywhere. */
    private long room(Visitor visitor) {
        long room = 0;
        for (FileSpace space : files.spaces(visitor)) {
            if (!space.role().allows(SpaceRole.EDIT)) {
                continue;
            }
            room = Math.max(room, files.room(visitor, space.root()).bytes());
        }
        return room;
    }

    private void whole(Exchange exchange, String target) throws IOException {
        UUID upload = upload(exchange);
        String destination = Optional.ofNullable(exchange.header("Destination"))
                .orElseThrow(() -> DavError.of(400, "dav.destination"));
        Exchange there = exchange.under(target);
        List<String> to = Addresses.path(there, destination);
        conditions.check(there.at(to), IfHeader.parse(exchange.header("If")));
        Optional<Resource> former = tree.find(exchange.visitor(), to);
        DavPutting.Place place = DavPutting.place(tree, exchange.visitor(), to, former);
        if (former.isPresent() && !exchange.flag("Overwrite", true)) {
            throw DavError.of(412, "dav.exists");
        }
        List<UploadStore.Part> parts = store.parts(upload);
        String length = exchange.header("OC-Total-Length");
        long size = parts.stream().mapToLong(UploadStore.Part::size).sum();
        if (length != null && !length.strip().equals(String.valueOf(size))) {
            throw DavError.of(400, "dav.parts-missing");
        }
        List<ContentId> own = parts.stream().map(UploadStore.Part::content).toList();
        FileNode written =
                former.filter(file -> file.kind() == Resource.Kind.ENTRY).isPresent()
                        ? alone(exchange, place, own)
                        : joined(exchange, former, place, own);
        store.end(upload);
        DavPutting.wrote(exchange, written, former.isEmpty());
    }

    /** No byte is sent to the object store again, unless the file belongs to another member than the visitor. */
    private FileNode joined(
            Exchange exchange, Optional<Resource> former, DavPutting.Place place, List<ContentId> parts) {
        NodeId where = former.map(file -> file.real().id()).orElse(place.parent());
        Files.Room room = files.room(exchange.visitor(), where);
        List<ContentId> own = new ArrayList<>();
        for (ContentId part : parts) {
            own.add(contents.copy(part, room.member()).id());
        }
        Kept kept = contents.join(room.member(), own, Digests.said(exchange));
        return files.write(exchange.visitor(), place.parent(), place.name(), kept, DavPutting.how(exchange));
    }

    /** A file that somebody shared by itself: of the folder it is in the visitor may know nothing. */
    private FileNode alone(Exchange exchange, DavPutting.Place place, List<ContentId> parts) throws IOException {
        Kept kept = contents.join(exchange.visitor().member(), parts, null);
        try (InputStream bytes = contents.openUnjudged(kept.id())) {
            return files.write(exchange.visitor(), place.parent(), place.name(), bytes, DavPutting.how(exchange));
        }
    }

    /** For a client that was cut off and asks which parts are there. */
    private void list(Exchange exchange) throws IOException {
        List<UploadStore.Part> parts = store.parts(upload(exchange));
        String folder = DavPath.href(exchange.mount(), exchange.path(), true);
        try (XmlOut out = exchange.multistatus()) {
            out.open("response").element("href", folder).open("propstat").open("prop");
            out.property(Live.dav("resourcetype"), "<d:collection/>").close("prop");
            out.element("status", "HTTP/1.1 200 OK").close("propstat").close("response");
            for (UploadStore.Part part : parts) {
                out.open("response")
                        .element("href", folder + part.number())
                        .open("propstat")
                        .open("prop");
                out.empty("resourcetype")
                        .element("getcontentlength", String.valueOf(part.size()))
                        .close("prop");
                out.element("status", "HTTP/1.1 200 OK").close("propstat").close("response");
            }
            out.close("multistatus");
        }
    }
}
