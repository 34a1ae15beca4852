package org.entente.dav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.files.FileHistory;
import org.entente.files.FileNode;
import org.entente.files.FileSpace;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.springframework.stereotype.Component;

/**
 * What was thrown away, where Nextcloud's clients look for it: the bins of all spaces in one list {@code trash}. What is moved to {@code restore} goes back to where it
 * was, whatever the client calls it there; what is deleted is gone for good.
 */
@Component
class TrashBin {

    private static final String TRASH = "trash";
    private static final int PAGE = 200;
    private static final int MOST = 2_000;

    /** Between the name of something thrown away and its identifier: two of one name are two. */
    private static final String MARK = ".d";

    private final FileHistory history;
    private final DavTree tree;

    TrashBin(FileHistory history, DavTree tree) {
        this.history = history;
        this.tree = tree;
    }

    void answer(Exchange exchange) throws IOException {
        List<String> path = exchange.path();
        if (path.isEmpty() || path.size() > 2 || !path.getFirst().equals(TRASH)) {
            throw DavError.of(404, "dav.unknown");
        }
        Visitor visitor = exchange.visitor();
        switch (exchange.request().getMethod() + (path.size() == 1 ? " all" : " one")) {
            case "PROPFIND all" -> list(exchange);
            case "DELETE all" -> {
                tree.spacesByName(visitor).values().stream()
                        .filter(space -> space.role().allows(SpaceRole.EDIT))
                        .forEach(space -> history.emptyBin(visitor, space.id()));
                exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            case "DELETE one" -> {
                history.erase(visitor, List.of(id(path.getLast())));
                exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            case "MOVE one" -> {
                Addresses.demandHere(exchange, "/restore/");
                history.takeBack(visitor, id(path.getLast()));
                exchange.response().setStatus(HttpServletResponse.SC_CREATED);
            }
            default -> throw DavError.of(405, "dav.method");
        }
    }

    private static NodeId id(String item) {
        int mark = item.lastIndexOf(MARK);
        String id = mark < 0 ? "" : item.substring(mark + MARK.length());
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw DavError.of(404, "dav.unknown");
        }
        return new NodeId(UUID.fromString(id));
    }

    private void list(Exchange exchange) throws IOException {
        boolean itself = exchange.depth(Exchange.Depth.ONE) == Exchange.Depth.ZERO;
        String folder = DavPath.href(exchange.mount(), List.of(TRASH), true);
        try (XmlOut out = exchange.multistatus()) {
            new Told().folder(true).write(out, folder);
            int left = itself ? 0 : MOST;
            for (Map.Entry<String, FileSpace> space :
                    tree.spacesByName(exchange.visitor()).entrySet()) {
                left -= list(exchange, space, left, out);
            }
            out.close("multistatus");
        }
    }

    private int list(Exchange exchange, Map.Entry<String, FileSpace> space, int most, XmlOut out) throws IOException {
        FileHistory.Thrown last = null;
        int told = 0;
        while (told < most) {
            List<FileHistory.Thrown> page =
                    history.bin(exchange.visitor(), space.getValue().id(), last, Math.min(PAGE, most - told));
            for (FileHistory.Thrown one : page) {
                write(exchange, space.getKey(), one, out);
            }
            told += page.size();
            if (page.size() < PAGE) {
                break;
            }
            last = page.getLast();
        }
        return told;
    }

    private static void write(Exchange exchange, String space, FileHistory.Thrown one, XmlOut out) throws IOException {
        FileNode node = one.node();
        List<String> from = new ArrayList<>();
        from.add(space);
        from.addAll(one.from());
        from.add(node.name());
        Told told = new Told()
                .folder(node.folder())
                .dav("displayname", node.name())
                .dav("getetag", '"' + node.etag() + '"')
                .modified(node.modifiedAt())
                .oc("id", OwnCloud.id(node.id()))
                .oc("fileid", String.valueOf(node.id().number()))
                .oc("size", String.valueOf(node.size()))
                .oc("permissions", "GD")
                .nc("has-preview", "false")
                .nc("trashbin-filename", node.name())
                .nc("trashbin-original-location", String.join("/", from))
                .nc("trashbin-deletion-time", String.valueOf(one.at().getEpochSecond()))
                .nc("trashbin-deleted-by-display-name", one.by());
        if (!node.folder()) {
            told.dav("getcontentlength", String.valueOf(node.size())).dav("getcontenttype", Getting.type(node));
        }
        told.write(out, DavPath.href(exchange.mount(), List.of(TRASH, node.name() + MARK + node.id()), node.folder()));
    }
}
