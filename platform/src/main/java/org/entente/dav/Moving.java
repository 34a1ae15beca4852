package org.entente.dav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.springframework.stereotype.Component;

/** COPY and MOVE. */
@Component
class Moving implements Method {

    private final DavTree tree;
    private final Files files;

    Moving(DavTree tree, Files files) {
        this.tree = tree;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("COPY", "MOVE");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        boolean move = exchange.request().getMethod().equals("MOVE");
        String destination = exchange.header("Destination");
        if (destination == null) {
            throw DavError.of(400, "dav.destination");
        }
        List<String> to = Addresses.path(exchange, destination);
        Exchange.Depth depth = exchange.depth(Exchange.Depth.INFINITY);
        Resource from = tree.get(exchange.visitor(), exchange.path());
        if (depth == Exchange.Depth.ONE || move && from.folder() && depth != Exchange.Depth.INFINITY) {
            throw DavError.of(400, "dav.depth");
        }
        if (to.equals(exchange.path())) {
            throw DavError.of(403, "dav.same");
        }
        if (from.node() == null || move && from.kind() != Resource.Kind.INSIDE || to.size() < 2) {
            throw DavError.condition(403, "need-privileges", "dav.top");
        }
        Resource parent = tree.parentOf(exchange.visitor(), to);
        Optional<Resource> there = tree.find(exchange.visitor(), to);
        boolean overwrite = exchange.flag("Overwrite", true);
        if (there.isPresent() && !overwrite) {
            throw DavError.of(412, "dav.exists");
        }
        FileNode node = from.real();
        String name = to.getLast();
        FileNode done = move
                ? files.move(exchange.visitor(), node.id(), parent.real().id(), name, overwrite)
                : files.copy(
                        exchange.visitor(),
                        node.id(),
                        parent.real().id(),
                        name,
                        overwrite,
                        depth == Exchange.Depth.INFINITY);
        HttpServletResponse response = exchange.response();
        response.setStatus(there.isPresent() ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_CREATED);
        response.setHeader("OC-FileId", OwnCloud.id(done.id()));
        response.setHeader("ETag", '"' + done.etag() + '"');
        response.setHeader("OC-ETag", '"' + done.etag() + '"');
    }
}
