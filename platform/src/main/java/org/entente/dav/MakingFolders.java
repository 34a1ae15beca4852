package org.entente.dav;

import java.io.IOException;
import java.util.List;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.springframework.stereotype.Component;

/** MKCOL. */
@Component
class MakingFolders implements Method {

    private final DavTree tree;
    private final Files files;

    MakingFolders(DavTree tree, Files files) {
        this.tree = tree;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("MKCOL");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        if (exchange.request().getInputStream().read() >= 0) {
            throw DavError.of(415, "dav.mkcol-body");
        }
        if (tree.find(exchange.visitor(), exchange.path()).isPresent()) {
            throw DavError.of(405, "dav.exists");
        }
        Resource parent = tree.parentOf(exchange.visitor(), exchange.path());
        FileNode made = files.makeFolder(
                exchange.visitor(), parent.real().id(), exchange.path().getLast());
        exchange.response().setStatus(201);
        exchange.response().setHeader("OC-FileId", OwnCloud.id(made.id()));
        exchange.response().setHeader("ETag", '"' + made.etag() + '"');
    }
}
